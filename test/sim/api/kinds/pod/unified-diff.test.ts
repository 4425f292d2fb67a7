import { expect, test } from 'vitest';
import { unifiedDiff } from '../../../../../src/sim/api/kinds/pod/unified-diff.js';

/** Expected output of difflib.unified_diff of Python 3.11, from its first hunk on. */
test.each([
  ['equal texts', 'a\nb', 'a\nb', ''],
  ['a line changed', 'a\nb\nc', 'a\nx\nc', '@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n'],
  [
    'the longest block first, where a shorter edit is to be had',
    'x\nm\nn\no\ny\nz',
    'y\nx\nz\nm\nn\no',
    '@@ -1,6 +1,6 @@\n+y\n x\n+z\n m\n n\n o\n-y\n-z\n',
  ],
  [
    'two hunks, when more than six lines lie between',
    'a\n1\n2\n3\n4\n5\n6\n7\nb',
    'A\n1\n2\n3\n4\n5\n6\n7\nB',
    '@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n',
  ],
])('%s', (_, before, after, expected) => {
  expect(unifiedDiff(before, after)).toBe(expected);
});

test('lines that are too common in a long text begin no block', () => {
  const before = ['{', ...Array.from({ length: 210 }, () => 'null'), 'only', 'null', '}'];
  const after = ['{', 'only', ...Array.from({ length: 211 }, () => 'null'), '}'];
  const lines = unifiedDiff(before.join('\n'), after.join('\n')).split('\n');
  expect(lines.slice(0, 3)).toEqual(['@@ -1,214 +1,214 @@', ' {', '-null']);
  expect(lines.length).toBe(426);
});
