import { expect, test } from 'vitest';
import { humanBytes, rightAlignedTable } from '../../../../src/sim/kernel/libc/go-text.js';

/** What etcdctl 3.6.8 shows for these sizes (go-humanize 1.0.1). */
test.each([
  [0, '0 B'],
  [9, '9 B'],
  [12288, '12 kB'],
  [20480, '20 kB'],
  [20512, '20 kB'],
  [21600, '22 kB'],
  [2147483648, '2.1 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(humanBytes(bytes)).toBe(text);
});

/** Recorded from etcdutl 3.6.8. */
test('headers are centred, cells stand to the right', () => {
  const row = ['1bdcd4e3', '8', '1', '20 kB', '3.6.0'];
  expect(rightAlignedTable(['hash', 'revision', 'total keys', 'total size', 'version'], [row])).toBe(
    `+----------+----------+------------+------------+---------+
|   HASH   | REVISION | TOTAL KEYS | TOTAL SIZE | VERSION |
+----------+----------+------------+------------+---------+
| 1bdcd4e3 |        8 |          1 |      20 kB |   3.6.0 |
+----------+----------+------------+------------+---------+
`,
  );
});
