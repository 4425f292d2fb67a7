import { expect, test } from 'vitest';
import type { KubeObject } from '../../../../src/sim/api/object.js';
import type { Binding, ClusterRole, PolicyRule } from '../../../../src/sim/api/types/rbac.js';
import { prepareCluster } from '../../../../src/sim/apiserver/start/prepare-cluster.js';
import { type TestServer, testServer } from '../harness.js';

const ROLES = '/registry/clusterroles/';
const BINDINGS = '/registry/clusterrolebindings/';
const MINE: PolicyRule = { apiGroups: [''], resources: ['mine'], verbs: ['get'] };
const ME = { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'me' };
const PROTECTED = { 'rbac.authorization.kubernetes.io/autoupdate': 'false' };

function started(): TestServer {
  const server = testServer();
  server.run(prepareCluster(server.parts));
  return server;
}

const read = <T extends KubeObject>(server: TestServer, key: string) => server.store.get(key)?.value as T | undefined;

/** Changes an object as somebody did while the server was there, and starts the server again. */
function restarted<T extends KubeObject>(key: string, change: (object: T) => T | undefined) {
  const server = started();
  const before = read<T>(server, key) as T;
  const changed = change(structuredClone(before));
  if (changed) server.store.put(key, changed);
  else server.store.delete(key);
  server.run(prepareCluster(server.parts));
  return { server, before, changed, after: read<T>(server, key) as T };
}

const annotated = <T extends KubeObject>(object: T): T => ({
  ...object,
  metadata: { ...object.metadata, annotations: PROTECTED },
});

test('nothing is written when nothing was changed', () => {
  const server = started();
  const { revision } = server.store;
  server.run(prepareCluster(server.parts));
  expect(server.store.revision).toBe(revision);
});

test('a role that was deleted is there again', () => {
  const { after, before } = restarted<ClusterRole>(`${ROLES}system:basic-user`, () => undefined);
  expect(after.rules).toEqual(before.rules);
  expect(after.metadata.uid).not.toBe(before.metadata.uid);
});

test('rules that were taken away come back, those that were added stay', () => {
  const { after } = restarted<ClusterRole>(`${ROLES}system:basic-user`, (role) => ({ ...role, rules: [MINE] }));
  const create = (group: string, ...resources: string[]) =>
    resources.map((resource) => ({ apiGroups: [group], resources: [resource], verbs: ['create'] }));
  expect(after.rules).toEqual([
    MINE,
    ...create('authorization.k8s.io', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'),
    ...create('authentication.k8s.io', 'selfsubjectreviews'),
  ]);
});

test('labels that were taken away come back, those that were changed stay', () => {
  const { after } = restarted<ClusterRole>(`${ROLES}system:aggregate-to-view`, (role) => ({
    ...role,
    metadata: { ...role.metadata, labels: { 'kubernetes.io/bootstrapping': 'mine' } },
  }));
  expect(after.metadata.labels).toEqual({
    'kubernetes.io/bootstrapping': 'mine',
    'rbac.authorization.k8s.io/aggregate-to-view': 'true',
  });
});

test('what a role gathers comes back', () => {
  const { after, before } = restarted<ClusterRole>(`${ROLES}view`, ({ aggregationRule: _, ...role }) => role);
  expect(after.aggregationRule).toEqual(before.aggregationRule);
});

test('a role that says so is left as it is', () => {
  const { after } = restarted<ClusterRole>(`${ROLES}system:basic-user`, (role) =>
    annotated({ ...role, rules: [MINE] }),
  );
  expect(after.rules).toEqual([MINE]);
});

test('whom a binding was taken from has it again, who was added stays', () => {
  const { after, before } = restarted<Binding>(`${BINDINGS}cluster-admin`, (binding) => ({
    ...binding,
    subjects: [ME],
  }));
  expect(after.subjects).toEqual([ME, ...(before.subjects ?? [])]);
});

test('a binding that says so is left as it is', () => {
  const { after } = restarted<Binding>(`${BINDINGS}cluster-admin`, (binding) =>
    annotated({ ...binding, subjects: [] }),
  );
  expect(after.subjects ?? []).toEqual([]);
});

test('a binding to another role is made anew', () => {
  const { after, before } = restarted<Binding>(`${BINDINGS}system:basic-user`, (binding) => ({
    ...binding,
    roleRef: { ...binding.roleRef, name: 'view' },
    subjects: [ME],
  }));
  expect([after.roleRef, after.subjects]).toEqual([before.roleRef, before.subjects]);
  expect(after.metadata.uid).not.toBe(before.metadata.uid);
});

test('not even that happens to one that says so', () => {
  const { after, changed } = restarted<Binding>(`${BINDINGS}system:basic-user`, (binding) =>
    annotated({ ...binding, roleRef: { ...binding.roleRef, name: 'view' } }),
  );
  expect(after.roleRef).toEqual(changed?.roleRef);
});
