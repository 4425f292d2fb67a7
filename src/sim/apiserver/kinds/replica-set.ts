import { buildKind, fields } from './build.js';

/** apps/v1 ReplicaSet. */
export const REPLICA_SET = buildKind({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  namespaced: true,
  shortNames: ['rs'],
  categories: ['all'],
  hasStatus: true,
  counted: true,
  subresources: ['scale'],
  ...fields({ 'status.replicas': ['status', 'replicas'] }),
});
