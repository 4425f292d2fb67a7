import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import { saying } from '../graded.js';

const pod = (name: string, phase: string, cpu: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels: { app: 'web' } },
  spec: { cpu },
  status: { phase },
});
const objects = [
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec: { wide: ' x\n' } },
  pod('a', 'Running', 2),
  pod('b', 'Pending', 5),
  pod('c', 'Failed', 5),
];
const pods = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', selector: '' };
const NOT_RUNNING = 'pods.filter(p, p.status.phase != "Running").map(p, p.metadata.name)';
const by = (expression: string) => ({ expression, objects: { pods } });
const answer = (more: object): Subject => ({ answer: { host: 'node01', path: '/a', ...more } });

test.each<[string, object, string]>([
  ['deploy/cart\n', { names: 'deployment/cart' }, '✓ deployment/cart / deploy/cart'],
  ['Deployment.apps/cart', { names: 'deployment/cart' }, '✓ deployment/cart / Deployment.apps/cart'],
  ['deployments.v1.apps cart', { names: 'deployment/cart' }, '✓ deployment/cart / deployments.v1.apps cart'],
  ['deployment.batch/cart', { names: 'deployment/cart' }, '✗ deployment/cart / deployment.batch/cart'],
  ['pod/cart', { names: 'deployment/cart' }, '✗ deployment/cart / pod/cart'],
  ['deploy/carts', { names: 'deployment/cart' }, '✗ deployment/cart / deploy/carts'],
  ['sts/db', { names: 'statefulset/db' }, '✓ statefulset/db / sts/db'],
  ['cart', { names: 'deployment/cart' }, '✗ deployment/cart / cart'],
  ['4', { equals: 4 }, '✓ 4 / 4'],
  ['4.0', { equals: 4 }, '✓ 4 / 4.0'],
  ['40', { equals: 4 }, '✗ 4 / 40'],
  ['1.20', { equals: '1.2.0' }, '✗ 1.2.0 / 1.20'],
  ['b\n\n a \n', { equals: ['a', 'b'] }, '✓ a, b / b⏎⏎ a'],
  ['b\na', { equals: ['a', 'b'], ordered: true }, '✗ a, b / b⏎a'],
  ['a\nb', { equals: ['a', 'b'], ordered: true }, '✓ a, b / a⏎b'],
  ['a\na\nb', { equals: ['a', 'b'] }, '✗ a, b / a⏎a⏎b'],
  ['a', { equals: ['a', 'b'] }, '✗ a, b / a'],
  ['c\nb', { equals: ['a', 'b'] }, '✗ a, b / c⏎b'],
  ['a\nb', { equals: 'a\nb' }, '✓ a⏎b / a⏎b'],
  ['b\na', { equals: 'a\nb' }, '✗ a⏎b / b⏎a'],
  ['x', { resource: { apiVersion: 'v1', kind: 'Node', name: 'n' }, jsonpath: '$.spec.wide' }, '✓ x / x'],
  ['a\nc', { equals: ['a', 'b'] }, '✗ a, b / a⏎c'],
  ['4', { equals: ' 4 ' }, '✓ 4 / 4'],
  ['4', { equals: 'four' }, '✗ four / 4'],
  ['0', { equals: '' }, '✗ "" / 0'],
  ['x', by('[" x "]'), '✓ x / x'],
  ['2', { expression: '1 + 1' }, '✓ 2 / 2'],
  ['pod/cart', { names: 'cart' }, '✗ cart / pod/cart'],
  ['c\nb', by(NOT_RUNNING), '✓ b, c / c⏎b'],
  ['c', by(NOT_RUNNING), '✗ b, c / c'],
  ['12', by('pods.map(p, p.spec.cpu).sum()'), '✓ 12 / 12'],
  ['11', by('pods.map(p, p.spec.cpu).sum()'), '✗ 12 / 11'],
  ['x', by('pods.map(p, p.spec.cpu'), '✗ to be found out / the right answer cannot be worked out: Syntax error'],
  ['x', by('podz.size()'), "✗ to be found out / the right answer cannot be worked out: undeclared reference to 'podz'"],
  [
    '5',
    { resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'b' }, jsonpath: '$.spec.cpu' },
    '✓ 5 / 5',
  ],
  [
    '5',
    { resource: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'a' }, jsonpath: '$.spec.cpu' },
    '✗ 2 / 5',
  ],
  ['c\nb\na', { resource: pods, jsonpath: '$.metadata.name' }, '✓ a, b, c / c⏎b⏎a'],
  [
    'x',
    { resource: { ...pods, selector: 'app=no' }, jsonpath: '$.spec' },
    '✗ to be found out / there is no Pod with app=no in shop to compare with',
  ],
  [
    'x',
    { resource: pods, jsonpath: '$.spec.gpu' },
    '✗ to be found out / there is nothing at $.spec.gpu to compare with',
  ],
])('%j as %j: %s', async (text, more, says) => {
  const said = await saying(answer(more), { objects, files: { 'cka1-node1:/a': text } });
  expect(said.startsWith(says) ? says : said).toBe(says);
});

test('no file is no answer', async () => {
  expect(await saying(answer({ equals: 'x' }), {})).toBe('✗ x / no file /a');
  expect(await saying(answer({ names: 'pod/x' }), {})).toBe('✗ pod/x / no file /a');
});

test('what is wrong with the program itself is no reason to go by what is usual', async () => {
  const responds = (): never => {
    throw new TypeError('a defect');
  };
  const content = { responds, files: { 'cka1-node1:/a': 'deploy/cart' } };
  expect(await saying(answer({ names: 'deployment/cart' }), content).catch(({ message }: Error) => message)).toBe(
    'a defect',
  );
});

test('when no API server answers, a group is not known to be wrong', async () => {
  const content = { down: 'refused', files: { 'cka1-node1:/a': 'deployments.apps/cart' } };
  expect(await saying(answer({ names: 'deployments.apps/cart' }), content)).toMatch(/^✓/);
});

test('when no API server answers, the usual spellings are known', async () => {
  const content = { down: 'refused', files: { 'cka1-node1:/a': 'deploy/cart' } };
  expect(await saying(answer({ names: 'deployment/cart' }), content)).toBe('✓ deployment/cart / deploy/cart');
});

const resource = { apiVersion: 'v1', kind: 'Pod', name: 'x' };
test.each<[object, string]>([
  [{ equals: 'x', ...by('1') }, '/answer/expression: stands beside equals; there is one right answer'],
  [{ resource }, '/answer: jsonpath is missing: which field is the answer'],
  [{ resource, jsonpath: '$.a' }, ''],
  [{ equals: 'x' }, ''],
  [{}, '/answer: says no right answer: names, equals, resource with jsonpath, or expression with objects'],
])('lint %j: %s', (more, says) => {
  const said: string[] = [];
  lintSubject(answer(more), '', (path, message) => said.push(`${path}: ${message}`));
  expect(said.join('\n')).toBe(says);
});
