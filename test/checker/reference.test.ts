import { expect, test } from 'vitest';
import { canonicalName, refName } from '../../src/checker/reference.js';

test.each([
  ['deployment/coredns', 'deployment/coredns'],
  ['deploy/coredns', 'deployment/coredns'],
  ['deployments.apps/coredns', 'deployment/coredns'],
  ['Deployment.apps/coredns', 'deployment/coredns'],
  ['deployment.v1.apps/coredns', 'deployment/coredns'],
  ['Deployment coredns', 'deployment/coredns'],
  ['  cm/coredns\n', 'configmap/coredns'],
  ['configmaps/coredns', 'configmap/coredns'],
  ['netpol/deny', 'networkpolicy/deny'],
  ['networkpolicies/deny', 'networkpolicy/deny'],
  ['ingresses/web', 'ingress/web'],
  ['ingress/web', 'ingress/web'],
  ['storageclasses/fast', 'storageclass/fast'],
  ['endpoints/web', 'endpoints/web'],
  ['ep/web', 'endpoints/web'],
  ['svc/kube-dns', 'service/kube-dns'],
  ['po/web-0.x', 'pod/web-0.x'],
  ['coredns', undefined],
  ['deployment/', undefined],
  ['deployment/a b', undefined],
  ['deployment/A', undefined],
  ['', undefined],
])('%j is %s', (text, name) => {
  expect(canonicalName(text)).toBe(name);
});

test.each([
  [{ apiVersion: 'v1', kind: 'Pod', name: 'web', namespace: 'shop' }, 'pod/web in shop'],
  [{ apiVersion: 'v1', kind: 'Node', name: 'n' }, 'node/n'],
  [{ apiVersion: 'v1', kind: 'Pod', selector: 'app=web', namespace: 'shop' }, 'Pod with app=web in shop'],
  [{ apiVersion: 'v1', kind: 'Pod', selector: '' }, 'Pod'],
])('%j in words', (ref, words) => {
  expect(refName(ref)).toBe(words);
});
