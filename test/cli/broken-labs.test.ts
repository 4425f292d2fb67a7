import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../labs/home-folder.js';
import { SMALL_LAB } from '../labs/lab-text.js';
import { run } from './run.js';

const UNIX = process.platform !== 'win32';

/** Writes a lab where labs lie; gives its path. */
function labAt(content: string | Uint8Array, name = 'cka/labs/small.yaml', folder = temporaryFolder()): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const changed = (from: string | RegExp, to: string): string => {
  const text = SMALL_LAB.replace(from, to);
  expect(text).not.toBe(SMALL_LAB);
  return text;
};
/** Nine lists of nine of the list before: hundreds of millions of values in ten lines. */
const BOMB = Array.from(
  { length: 10 },
  (_, level) =>
    `  x${level}: &x${level} {oneOf: [${
      level === 0
        ? '1'
        : Array(9)
            .fill(`*x${level - 1}`)
            .join(', ')
    }]}\n`,
).join('');

/** A file with something wrong, and the line that says so. */
const BROKEN: readonly (readonly [what: string, content: string | Uint8Array | (() => string), says: string])[] = [
  ['empty', '', 'the input is empty'],
  ['only a comment', '# a lab, some day\n', 'the input is empty'],
  ['a text', 'just words\n', ': must be object, is string "just words"'],
  ['a list', '- a\n- b\n', ': must be object, is a list'],
  ['two documents', `${SMALL_LAB}---\n${SMALL_LAB}`, 'expected a single document'],
  ['binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), 'it is no text: it holds bytes of zero'],
  ['not in UTF-8', Buffer.from('# caf\xe9\n', 'latin1'), 'it is no text in UTF-8'],
  ['huge', `# ${'x'.repeat(1_048_576)}\n${SMALL_LAB}`, 'it is larger than 1048576 bytes'],
  ['indented by a tab', changed('  minutes', '\tminutes'), ':8: tab'],
  ['not closed', changed('title: A small lab}', 'title: A small lab'), ':4: '],
  ['a key twice', changed('  minutes: 5', '  minutes: 5\n  minutes: 6'), ':9: duplicated mapping key'],
  ['deep', `a: ${'['.repeat(5000)}`, ':1: nesting exceeded maxDepth'],
  [
    'an unknown field',
    changed('  minutes: 5', '  minuets: 5'),
    ':8: spec.minuets: unknown field; did you mean minutes?',
  ],
  ['a wrong type', changed('minutes: 5', 'minutes: soon'), ':8: spec.minutes: must be integer, is string "soon"'],
  ['a missing field', changed('  difficulty: 1\n', ''), 'spec: difficulty is missing'],
  ['no checks', changed(/checks:\n[\s\S]*?(?=\n {2}\w)/, 'checks: []'), 'spec.checks: must have at least 1 in it'],
  ['an id twice', changed('- id: kept', '- id: done'), 'another check has the id done'],
  [
    'an unknown world',
    changed('base: three-node', 'base: four-node'),
    'there is no world four-node; there are empty, single-node, test-cmd, three-node',
  ],
  [
    'a domain of no exam',
    changed('domain: Troubleshooting', 'domain: Bogus'),
    ':6: spec.domain: cka has no domain "Bogus"; it has "Troubleshooting", "Cluster architecture, installation and configuration", "Services and networking", "Workloads and scheduling", "Storage"',
  ],
  ['another name', changed('name: small,', 'name: tiny,'), ":3: metadata.name: must be the file's name, small"],
  [
    'a foreign version',
    changed('/v1', '/v9'),
    ':1: apiVersion: must be "kubedrill.dev/v1", is string "kubedrill.dev/v9"',
  ],
  ['a variant nobody knows', changed('task: Do it.', 'task: Do {{it}}.'), '{{it}} is no variant of this lab'],
  [
    'a bomb of aliases',
    changed('  world:', `  variants:\n${BOMB.replace(/^/gm, '  ').trimEnd()}\n  world:`),
    ': holds more than 100000 values',
  ],
  [
    'a value that holds itself',
    changed('base: three-node', 'base: three-node\n    steps: &s [*s]'),
    ': holds more than 100000 values',
  ],
  ['a folder called so', () => join(labFolder(), 'small.yaml'), ': it is a folder, not a file'],
  ['no YAML by name', () => labAt(SMALL_LAB, 'small.txt'), ": it is no lab: a lab's name ends in .yaml"],
  ...(UNIX ? [['a link to itself', () => linkToItself(), ': its symbolic links lead in a circle'] as const] : []),
];

function labFolder(): string {
  const folder = join(temporaryFolder(), 'labs');
  mkdirSync(join(folder, 'small.yaml'), { recursive: true });
  return folder;
}

/** Found in its folder, for by its own name such a link is not there. */
function linkToItself(): string {
  const folder = temporaryFolder();
  symlinkSync('small.yaml', join(folder, 'small.yaml'));
  return folder;
}

test.each(BROKEN)('check tells of a lab that is %s', async (_, content, says) => {
  const path = typeof content === 'function' ? content() : labAt(content);
  const { code, stdout, stderr } = await run(['check', path]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.every((line) => line.startsWith(`✗ ${path}`))).toBe(true);
  expect(stdout).toContain(says);
  expect(stdout).not.toMatch(/ at .*:\d+:\d+/);
  expect(lines.length).toBeLessThan(5);
});

test('below an empty folder there is no lab, which is misuse', async () => {
  const folder = temporaryFolder();
  expect(await run(['check', folder])).toEqual({
    code: 2,
    stdout: '',
    stderr: `There is no lab, no lesson and no card below ${folder}.\n`,
  });
});
