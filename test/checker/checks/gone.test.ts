import { expect, test } from 'vitest';
import type { Subject } from '../../../src/checker/rubric.js';
import { saying } from '../graded.js';
import { CONTENT, node, pods } from './some-objects.js';

test.each<[Subject, string]>([
  [
    { gone: { apiVersion: 'v1', kind: 'Pods', namespace: 'shop', name: 'a' } },
    '✗ to be found out / v1 has no kind Pods, so nothing of it was ever there',
  ],
  [{ gone: { apiVersion: 'shop.example/v1', kind: 'Order', name: 'a' } }, '✓ no order/a / no order/a'],
  [
    { gone: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'going' } },
    '✗ no configmap/going in shop / going, which is being deleted',
  ],
  [{ gone: node('n9') }, '✓ no node/n9 / no node/n9'],
  [{ gone: node('n1') }, '✗ no node/n1 / n1'],
  [{ gone: pods('app=web') }, '✗ no Pod with app=web in shop / a, b'],
  [{ gone: pods('app=no') }, '✓ no Pod with app=no in shop / no Pod with app=no in shop'],
  [{ gone: { ...pods(''), selector: undefined, name: 'a' } }, '✗ no pod/a in shop / a'],
  [{ gone: { ...pods(''), selector: undefined, name: 'z' } }, '✓ no pod/z in shop / no pod/z in shop'],
  [
    { gone: { apiVersion: 'v1', kind: 'Pod', name: 'a' } },
    '✗ to be found out / in which namespace is pod/a? The check names none',
  ],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, CONTENT)).toBe(says);
});

test('when no API server answers, a check of it fails with that reason', async () => {
  const down = 'dial tcp 172.30.1.2:6443: connect: connection refused';
  expect(await saying({ gone: node('n9') }, { down }, () => {}).catch((error: Error) => error.message)).toContain(down);
});
