import { expect, test } from 'vitest';
import type { OurEditor } from '../vi/ours.js';
import { editorMachine, play } from '../vi/ours.js';

const NANO: OurEditor = { path: '/usr/bin/nano', args: ['nano'], settingsFile: '.nanorc', save: ['\x03', '\x18', 'n'] };
const CONTENT = 'one\ntwo\nthree\n';

/** Keys, the file in the end, the bottom line: written from a look at GNU nano 7.2. */
const ROWS: readonly (readonly [keys: string, result: string, status: string])[] = [
  ['', CONTENT, '[ Read 3 lines ]'],
  ['x<C-o>', CONTENT, 'File Name to Write: f.txt'],
  ['x<C-o><CR>', 'xone\ntwo\nthree\n', '[ Wrote 3 lines ]'],
  ['x<C-x>', CONTENT, 'Save modified buffer?'],
  ['<C-k><Down><C-u><C-o><CR>', 'two\none\nthree\n', '[ Wrote 3 lines ]'],
  ['<C-\\>o<CR>0<CR>a<C-o><CR>', '0ne\ntw0\nthree\n', '[ Wrote 3 lines ]'],
  ['<C-w>nope<CR>', CONTENT, '[ "nope" not found ]'],
  ['<C-_>2<CR>x<C-o><CR>', 'one\nxtwo\nthree\n', '[ Wrote 3 lines ]'],
];

test.each(ROWS)('nano: %j', async (keys, result, status) => {
  const played = await play(editorMachine(), NANO, { file: 'f.txt', content: CONTENT, keys });
  expect(played.result).toBe(result);
  expect(played.rows[21]?.trim()).toBe(status);
  expect(played.rows[0]).toContain('GNU nano 7.2');
});
