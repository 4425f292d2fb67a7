import { buildKind, fields, keepStatus } from './build.js';

/** core/v1 Node. */
export const NODE = buildKind({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  namespaced: false,
  shortNames: ['no'],
  storagePrefix: 'minions',
  subresources: ['status', 'proxy'],
  ...fields({ 'spec.unschedulable': ['spec', 'unschedulable'] }),
  // A kubelet registers with its status; later the status changes by its subresource only.
  prepareUpdate: keepStatus,
});
