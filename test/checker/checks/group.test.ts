import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import { judged } from '../graded.js';
import { CONTENT, node } from './some-objects.js';

const RIGHT = { gone: node('n9') };
const WRONG = { gone: node('n1') };
const UNDECIDED = { gone: { apiVersion: 'v1', kind: 'Pod', name: 'a' } };
const WHICH = 'in which namespace is pod/a? The check names none';

test.each<[Subject, string]>([
  [{ all: [{ resource: node('n1') }, { gone: node('n9') }] }, '✓ no node/n9 / no node/n9'],
  [{ all: [{ resource: node('n9') }, { gone: node('n1') }] }, '✗ exists / no node/n9'],
  [{ any: [{ resource: node('n9') }, { resource: node('n1') }] }, '✓ exists / exists'],
  [{ any: [{ resource: node('n9') }, { gone: node('n1') }] }, '✗ exists or no node/n1 / no node/n9; n1'],
  [{ all: [{ resource: node('n1') }] }, '✓ exists / exists'],
  [{ all: [RIGHT, RIGHT, WRONG] }, '✗ no node/n1 / n1'],
  [{ any: [WRONG, WRONG, RIGHT] }, '✓ no node/n9 / no node/n9'],
  // A part that is decided decides where it can.
  [{ all: [UNDECIDED, RIGHT] }, `? to be found out / ${WHICH}`],
  [{ all: [RIGHT, UNDECIDED] }, `? to be found out / ${WHICH}`],
  [{ all: [UNDECIDED, WRONG] }, '✗ no node/n1 / n1'],
  [{ any: [UNDECIDED, WRONG] }, `? to be found out or no node/n1 / ${WHICH}; n1`],
  [{ any: [WRONG, UNDECIDED] }, `? no node/n1 or to be found out / n1; ${WHICH}`],
  [{ any: [UNDECIDED, RIGHT] }, '✓ no node/n9 / no node/n9'],
  [{ any: [UNDECIDED] }, `? to be found out / ${WHICH}`],
  // Groups in groups.
  [{ all: [{ any: [WRONG, RIGHT] }, { all: [RIGHT, RIGHT] }] }, '✓ no node/n9 / no node/n9'],
  [{ all: [{ any: [WRONG, UNDECIDED] }, RIGHT] }, `? no node/n1 or to be found out / n1; ${WHICH}`],
  [{ any: [{ all: [WRONG, UNDECIDED] }, WRONG] }, '✗ no node/n1 or no node/n1 / n1; n1'],
  [{ any: [{ all: [RIGHT, WRONG] }, { all: [RIGHT] }] }, '✓ no node/n9 / no node/n9'],
])('%j: %s', async (subject, says) => {
  const { passed, undecided, expected, found } = (await judged(subject, CONTENT)).result;
  expect(`${undecided ? '?' : passed ? '✓' : '✗'} ${expected} / ${found}`).toBe(says);
});

test('what is wrong in a group is told by its path, and so is a field that its kind does not read', () => {
  const problems: string[] = [];
  const wrong = { resource: node('n1'), exists: true, absent: true };
  const unread = { gone: node('n1'), jsonpath: '$.a' };
  lintSubject({ all: [wrong, { any: [wrong, unread] }] } as Subject, 'at', (path) => problems.push(path));
  expect(problems).toEqual(['at/all/0/absent', 'at/all/1/any/0/absent', 'at/all/1/any/1/jsonpath']);
});
