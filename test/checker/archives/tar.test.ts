import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { filesInTar } from '../../../src/checker/archives/tar.js';
import { entry, tar } from './archives.js';

/** The files as `name=text`; undefined where it is no archive. */
function filesIn(blocks: readonly Buffer[]): string | undefined {
  const files = filesInTar(Buffer.concat(blocks));
  return files && [...files].map(([name, content]) => `${name}=${content}`).join(' ');
}

const END = Buffer.alloc(1024);
const LONG = `${'folder/'.repeat(20)}long`;
const [MAGIC, PREFIX] = [257, 345];
const POSIX = [MAGIC, 'ustar\u000000'] as const;
const full = 'a'.repeat(100);

test.each<[string, readonly Buffer[], string | undefined]>([
  ['two files', [...entry('a', 'x'), ...entry('./b', 'y'), END], 'a=x b=y'],
  ['what follows the end', [...entry('a', 'x'), END, ...entry('b', 'y')], 'a=x'],
  ['no end', entry('a', ''), 'a='],
  ['no end, and less than a block more', [...entry('a', 'x'), Buffer.from('more')], 'a=x'],
  ['less than a block', [Buffer.alloc(511)], undefined],
  ['a block of nothing', [Buffer.alloc(512)], ''],
  ['a file as old programs mark it', [...entry('a', 'x', '\0'), END], 'a=x'],
  ['a folder and a link', [...entry('d/', '', '5'), ...entry('l', '', '2'), ...entry('a', 'x'), END], 'a=x'],
  ['a size of blanks', [...entry('d', '', '5', [[124, '           \0']]), ...entry('a', 'x'), END], 'a=x'],
  ['a size after blanks', [...entry('a', 'x', '0', [[124, '          1\0']]), END], 'a=x'],
  ['a long name, and then a short one', [tar({ [LONG]: 'x', b: 'y' })], `${LONG}=x b=y`],
  ['a name that fills its field', [...entry(full, 'x'), END], `${full}=x`],
  ['the folder of POSIX', [...entry('a', 'x', '0', [POSIX, [PREFIX, 'far/away']]), END], 'far/away/a=x'],
  ['POSIX without a folder', [...entry('a', 'x', '0', [POSIX]), END], 'a=x'],
  ['what GNU tar keeps in its place', [...entry('a', 'x', '0', [[PREFIX, '15112345670']]), END], 'a=x'],
  ['a byte that is another', [...entry('a', 'x'), ...entry('b', 'y'), END].map(damaged(3)), undefined],
  ['packed', [gzipSync(tar({ a: 'x' }))], 'a=x'],
  ['packed, and cut', [gzipSync(tar({ a: 'x' })).subarray(0, 30)], undefined],
  ['a name that begins as what is packed', [...entry('\u001fa', 'x'), END], '\u001fa=x'],
])('%s', (_, blocks, files) => {
  expect(filesIn(blocks)).toBe(files);
});

/** Changes one letter of the block of this number. */
function damaged(number: number) {
  return (block: Buffer, index: number): Buffer =>
    index === number ? Buffer.concat([Buffer.from('z'), block.subarray(1)]) : block;
}
