import type { ResourceType } from '../client/client.js';

const core = (resource: string, kind: string, namespaced = true): ResourceType => ({
  group: '',
  version: 'v1',
  resource,
  kind,
  namespaced,
});

/** The resources the scheduler reads and writes. */
export const NAMESPACES = core('namespaces', 'Namespace', false);
export const NODES = core('nodes', 'Node', false);
export const PODS = core('pods', 'Pod');
export const POD_DISRUPTION_BUDGETS: ResourceType = {
  ...core('poddisruptionbudgets', 'PodDisruptionBudget'),
  group: 'policy',
};
export const REPLICA_SETS: ResourceType = { ...core('replicasets', 'ReplicaSet'), group: 'apps' };
export const SERVICES = core('services', 'Service');
