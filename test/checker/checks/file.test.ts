import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import { saying } from '../graded.js';

const file = (path: string, more: object = {}, condition: object = {}): Subject => ({
  file: { host: 'node01', path, ...more },
  ...condition,
});
const FILES = Object.fromEntries(
  Object.entries({
    '/a': { type: 'file', content: Buffer.from('one\ntwo\n') },
    '/same': { content: Buffer.from('one\ntwo\n') },
    '/other': { content: Buffer.from('one\n') },
    '/d': { type: 'directory', mode: 0o755 },
    '/l': { type: 'symlink' },
    '/m': { mode: 0o640, owner: 'jane', group: 'ops' },
    '/many.yaml': { content: Buffer.from('kind: A\nname: x\n---\nkind: B\n---\n') },
    '/list.yaml': { content: Buffer.from('kind: B\n') },
    '/json': { content: Buffer.from('{"kubelet": {"port": 10250}}') },
    '/bad': { content: Buffer.from('a: [') },
    '/blank.yaml': { content: Buffer.from('---\n---\n') },
    '/nothing': { content: Buffer.from('# a comment\n') },
  } as const).map(([path, facts]) => [`cka1-node1:${path}`, facts]),
);

test.each<[Subject, string]>([
  [file('/a', { type: 'file' }), '✓ /a exists / it exists'],
  [file('/d', { type: 'file' }), '✗ a file / a directory'],
  [file('/l', { type: 'symlink' }), '✓ /l exists / it exists'],
  [file('/a', { type: 'symlink' }), '✗ a symlink / a file'],
  [file('/m', { mode_max: '0640' }), '✓ /m exists / it exists'],
  [file('/m', { mode_max: '0660' }), '✓ /m exists / it exists'],
  [file('/m', { mode_max: '0600' }), '✗ mode 0600 or less / mode 0640'],
  // Fewer than 0700 as a number, and yet it lets others in.
  [file('/m', { mode_max: '0700' }), '✗ mode 0700 or less / mode 0640'],
  [file('/m', { owner: 'jane:ops', mode: '640' }), '✓ /m exists / it exists'],
  [file('/a', { same_as: '/same' }), '✓ /a exists / it exists'],
  [file('/a', { same_as: '/other' }), '✗ the same as /other / it differs'],
  [file('/a', { same_as: '/none' }), '✗ the same as /none / no file /none'],
  [file('/a', { content: [{ contains: 'one' }, { contains: 'two' }] }), '✓ contains two / one⏎two'],
  [file('/a', { content: [{ contains: 'three' }, { contains: 'two' }] }), '✗ contains three / one⏎two'],
  [file('/a', { content: [{ contains: 'one' }, { contains: 'three' }] }), '✗ contains three / one⏎two'],
  [file('/a', { content: [{ contains: 'three', not: true }] }), '✓ not contains three / one⏎two'],
  [file('/a', { content: [{ matches: '^two$', not: true }] }), '✗ not matches ^two$ / one⏎two'],
  [file('/a', { content: [{ contains: 'two' }] }, { equals: 'one' }), '✗ one / one⏎two'],
  [
    file('/json', { content: [{ jsonpath: '$.kubelet.port', atLeast: 10000 }, { contains: 'kubelet' }] }),
    '✓ contains kubelet / {"kubelet": {"port": 10250}}',
  ],
  [file('/json', { content: [{ jsonpath: '$.kubelet.port', equals: 10250, not: true }] }), '✗ not 10250 / 10250'],
  [
    file('/nothing', { jsonpath: '$.a' }, { absent: true }),
    '✗ YAML or JSON / expected a document, but the input is empty',
  ],
  [
    file('/blank.yaml', { jsonpath: '$.a' }, { absent: true }),
    '✗ YAML or JSON / expected a document, but the input is empty',
  ],
  // Of several documents those count that have the field.
  [file('/many.yaml', { jsonpath: '$.name' }, { equals: 'x' }), '✓ x / x'],
  [file('/many.yaml', { jsonpath: '$.kind' }, { contains: 'B' }), '✓ contains B / ["A","B"]'],
  [file('/many.yaml', { jsonpath: '$.kind' }, { equals: 'B' }), '✗ B / ["A","B"]'],
  [file('/many.yaml', { jsonpath: '$.none' }, { absent: true }), '✓ is not set / nothing'],
  [
    file('/bad', { content: [{ jsonpath: '$.a', exists: true, not: true }] }),
    '✗ YAML or JSON / unexpected end of the stream within a flow collection (1:5)',
  ],
  [
    file('/nothing', { jsonpath: '$.a' }, { absent: true }),
    '✗ YAML or JSON / expected a document, but the input is empty',
  ],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, { files: FILES })).toBe(says);
});

test.each<[Subject, string]>([
  [file('/a', { mode: '0600', mode_max: '0600' }), '/file/mode_max: stands beside mode, which already says all bits'],
  [
    file('/a', { jsonpath: '$.a' }),
    '/file/jsonpath: is looked at by no condition: equals, contains, matches, exists …',
  ],
  [file('/a', { content: [{ equals: 1 }, { matches: '[' }] }), '/file/content/1/matches: missing closing ]: `[`'],
  [file('/a', {}, { equals: 1, exists: true }), '/exists: stands beside equals; a check has one condition'],
  [file('/a', { jsonpath: '$.a', mode_max: '0600' }, { exists: true }), ''],
])('lint %j: %s', (subject, says) => {
  const problems: string[] = [];
  lintSubject(subject, '', (path, message) => problems.push(`${path}: ${message}`));
  expect(problems.join('\n')).toBe(says);
});
