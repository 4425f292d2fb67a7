import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import { saying } from '../graded.js';
import { CONTENT, node, pod, pods } from './some-objects.js';

const NODE_NAME = '$.spec.nodeName';

const LISTS = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', selector: 'app=list' };
const LIST = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'l1' };

test.each<[Subject, string]>([
  [{ resource: node('n1'), jsonpath: '$.spec.unschedulable', equals: true }, '✓ true / true'],
  [{ resource: node('n2'), jsonpath: '$.spec.unschedulable', equals: true }, '✗ true / nothing'],
  [{ resource: node('n2'), jsonpath: '$.spec.unschedulable', missing: false, equals: true }, '✗ true / false'],
  [{ resource: node('n2'), jsonpath: '$.spec.unschedulable', absent: true }, '✓ is not set / nothing'],
  [{ resource: node('n9'), jsonpath: '$.spec.unschedulable', absent: true }, '✗ is not set / no node/n9'],
  [{ resource: node('n1') }, '✓ exists / exists'],
  [
    { resource: node('n2'), contains: { kind: 'Pod' } },
    '✗ contains {"kind":"Pod"} / {"apiVersion":"v1","kind":"Node","metadata":{"name":"n2"},"spec":{}}',
  ],
  [{ resource: node('n9') }, '✗ exists / no node/n9'],
  [{ resource: { apiVersion: 'v1', kind: 'Nothing', name: 'x' } }, '✗ exists / no nothing/x'],
  [{ resource: pods('app=web'), jsonpath: NODE_NAME, equals: 'n2' }, '✗ n2 / a: n1'],
  [{ resource: pods('app=db'), jsonpath: NODE_NAME, equals: 'n2' }, '✓ n2 / c: n2'],
  [{ resource: pods('app=no'), jsonpath: NODE_NAME, equals: 'n2' }, '✗ n2 / no Pod with app=no in shop'],
  [{ resource: pods(''), jsonpath: NODE_NAME, over: 'any', equals: 'n1' }, '✓ one of 3 with n1 / a: n1'],
  [{ resource: pods('app=db'), jsonpath: NODE_NAME, over: 'any', equals: 'n1' }, '✗ one of 1 with n1 / c: n2'],
  [{ resource: pods(''), jsonpath: NODE_NAME, over: 'none', equals: 'n1' }, '✗ none with n1 / a: n1'],
  [{ resource: pods('app=db'), jsonpath: NODE_NAME, over: 'none', equals: 'n1' }, '✓ none with n1 / c: n2'],
  [{ resource: pods('app=no'), jsonpath: NODE_NAME, over: 'none', equals: 'n1' }, '✓ n1 / no Pod with app=no in shop'],
  [{ resource: pods('app=web'), over: 'count', equals: 2 }, '✓ 2 / 2'],
  [{ resource: pods('app=no'), over: 'count', atLeast: 1 }, '✗ at least 1 / 0'],
  [{ resource: pods(''), jsonpath: '$.spec.n', over: 'sum', equals: 6 }, '✓ 6 / 6'],
  [
    { resource: pods(''), jsonpath: NODE_NAME, over: 'sum', equals: 6 },
    '✗ to be found out / n1 is no number that could be added up',
  ],
  [
    { resource: LIST, jsonpath: '$.data.*', equals: 'x' },
    '✗ to be found out / $.data.* has 3 matches where one value is asked for: say each: all, any, none, count or sum',
  ],
  [{ resource: LIST, jsonpath: '$.data.*', over: 'any', equals: 'y' }, '✓ one of 3 with y / y'],
  [{ resource: LIST, jsonpath: '$.data.*', over: 'any', equals: 'z' }, '✗ one of 3 with z / x, x, y'],
  [{ resource: LIST, jsonpath: '$.data.*', over: 'all', equals: 'x' }, '✗ x / y'],
  [{ resource: LIST, jsonpath: '$.data.*', each: 'none', equals: 'z' }, '✓ none with z / x, x, y'],
  [{ resource: LIST, jsonpath: '$.data.*', each: 'none', equals: 'y' }, '✗ none with y / y'],
  [{ resource: LIST, jsonpath: '$.data.*', each: 'count', equals: 3 }, '✓ 3 / 3'],
  [{ resource: LIST, jsonpath: '$.data[?(@ === "x")]', over: 'count', atMost: 1 }, '✗ at most 1 / 2'],
  [{ resource: LISTS, jsonpath: '$.data.*', each: 'any', equals: 'y' }, '✗ one of 1 with y / l2: x'],
  [
    { resource: LISTS, jsonpath: '$.data.*', each: 'any', over: 'any', equals: 'y' },
    '✓ one of 2 with one of 3 with y / l1: y',
  ],
  [{ resource: LISTS, jsonpath: '$.data.*', each: 'count', over: 'sum', equals: 4 }, '✓ 4 / 4'],
  [
    { resource: LISTS, jsonpath: '$.data.*', over: 'count', equals: 4 },
    '✗ to be found out / $.data.* has 3 matches where one value is asked for: say each: all, any, none, count or sum',
  ],
  [
    { resource: { apiVersion: 'v1', kind: 'Pod', name: 'a' } },
    '✗ to be found out / in which namespace is pod/a? The check names none',
  ],
  [{ resource: node('n9'), jsonpath: '$.spec', exists: true }, '✗ exists / no node/n9'],
  [{ resource: LIST, jsonpath: '$.data.*', each: 'all', atLeast: 1 }, '✗ at least 1 / x, x, y'],
  [{ resource: LIST, jsonpath: '$.none.*', over: 'any', equals: 'y' }, '✗ y / nothing'],
  [{ resource: LISTS, jsonpath: '$.none', over: 'count', equals: 0 }, '✓ 0 / 0'],
  [{ resource: LIST, jsonpath: '$.data.*', each: 'all', matches: '.' }, '✓ matches . / x, x, y'],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, CONTENT)).toBe(says);
});

const TEXT = "a condition's status is a text";
test.each<[object, string]>([
  [{ exists: true, absent: true }, 'at/absent: stands beside exists; a check has one condition'],
  [{ jsonpath: '$.status.conditions[?(@.type=="Ready")].status', equals: true }, `at/equals: ${TEXT}: write "True"`],
  [{ jsonpath: '$.status.conditions[?(@.type=="Ready")].status', equals: false }, `at/equals: ${TEXT}: write "False"`],
  [{ jsonpath: '$.status.conditions[?(@.type=="Ready")].status', equals: 'True' }, ''],
  [{ jsonpath: '$.spec.unschedulable', equals: true }, ''],
  [{ equals: true }, ''],
  [{ group: 'x', names: ['x'], jsonpath: '$.a', equals: 1 }, ''],
])('lint %j: %s', (more, says) => {
  const problems: string[] = [];
  lintSubject({ resource: node('n1'), ...more } as Subject, 'at', (path, message) =>
    problems.push(`${path}: ${message}`),
  );
  expect(problems.join('\n')).toBe(says);
});

test('three objects are not cut short', async () => {
  const objects = ['a', 'b', 'c'].map((name) => pod(name, { spec: { n: 1 } }));
  expect(await saying({ resource: pods(''), jsonpath: '$.spec.n', equals: 1 }, { objects })).toBe(
    '✓ 1 / a: 1, b: 1, c: 1',
  );
});

test('more than three objects are cut short', async () => {
  const objects = ['a', 'b', 'c', 'd', 'e'].map((name) => pod(name, { spec: { n: 1 } }));
  expect(await saying({ resource: pods(''), jsonpath: '$.spec.n', equals: 1 }, { objects })).toBe(
    '✓ 1 / a: 1, b: 1, c: 1 and 2 more',
  );
});
