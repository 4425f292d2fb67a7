import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allowedAddress, readExams } from '../../../src/labs/content/exam.js';
import { contentFolder } from '../../../src/labs/content/find.js';
import { formatProblem } from '../../../src/labs/format/problem.js';

const GOOD = readFileSync(join(contentFolder(), 'exam.yaml'), 'utf8');

test.each([
  ['kubernetes.io/docs', 'https://kubernetes.io/docs', true],
  ['kubernetes.io/docs', 'https://kubernetes.io/docs/concepts/#here', true],
  ['kubernetes.io/docs', 'https://kubernetes.io/docs?query=1', true],
  ['kubernetes.io/docs', 'https://kubernetes.io/documents/', false],
  ['kubernetes.io/docs', 'https://kubernetes.io/blog/', false],
  ['kubernetes.io/docs', 'https://kubernetes.io/docs/../blog/', false],
  ['kubernetes.io/docs', 'http://kubernetes.io/docs/', false],
  ['kubernetes.io/docs', 'https://www.kubernetes.io/docs/', false],
  ['kubernetes.io/docs', 'https://kubernetes.io.example.com/docs/', false],
  ['kubernetes.io/docs', 'https://kubernetes.io@example.com/docs/', false],
  ['kubernetes.io/docs', 'https://me:secret@kubernetes.io/docs/', false],
  ['kubernetes.io/docs', 'https://kubernetes.io:8443/docs/', false],
  ['kubernetes.io/docs', 'javascript:alert(1)', false],
  ['kubernetes.io/docs', 'kubernetes.io/docs/', false],
  ['gateway-api.sigs.k8s.io', 'https://gateway-api.sigs.k8s.io/guides/', true],
  ['gateway-api.sigs.k8s.io', 'https://gateway-api.sigs.k8s.io', true],
] as const)('below %s, %s: %s', (site, address, allowed) => {
  expect(allowedAddress(address, { sites: [site] })).toBe(allowed);
});

test('what ships is read', () => {
  expect(readExams('exam.yaml', GOOD).problems).toEqual([]);
});

test.each([
  ['minutes: 120', 'minutes: two', 'e.yaml:12: exams.cka.minutes: must be integer, is string "two"'],
  ['usual: 17', 'usual: 25', 'e.yaml:13: exams.cka.tasks.usual: must lie between min and max, 15 and 20'],
  ['version: "1.35"', 'version: 1.35', 'e.yaml:10: exams.cka.version: must be string, is number 1.35'],
  ['pass_percent: 66', 'pass: 66', 'e.yaml:14: exams.cka.pass: unknown field'],
  ['- helm.sh/docs', '- https://helm.sh/docs', 'e.yaml:18: exams.cka.sites[2]: '],
  [
    '- helm.sh/docs',
    '- helm.sh/blog',
    "e.yaml:22: exams.cka.quick_reference[1]: https://helm.sh/docs/intro/cheatsheet/ lies below none of the exam's sites",
  ],
  ['  cks:', '  ckx:', 'e.yaml:7: exams: cks is missing'],
] as const)('%s made %s is told with its line', (from, to, problem) => {
  const { value, problems } = readExams('e.yaml', GOOD.replace(from, to));
  expect(value).toBeUndefined();
  expect(problems.map(formatProblem).filter((line) => line.startsWith(problem))).toHaveLength(1);
});
