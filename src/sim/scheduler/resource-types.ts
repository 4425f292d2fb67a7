import type { ResourceType } from '../client/client.js';

const core = (resource: string, kind: string, namespaced = true): ResourceType => ({
  group: '',
  version: 'v1',
  resource,
  kind,
  namespaced,
});

const storage = (resource: string, kind: string, namespaced = false): ResourceType => ({
  ...core(resource, kind, namespaced),
  group: 'storage.k8s.io',
});

/** The resources the scheduler reads and writes. */
export const CSI_DRIVERS = storage('csidrivers', 'CSIDriver');
export const CSI_NODES = storage('csinodes', 'CSINode');
export const CSI_STORAGE_CAPACITIES = storage('csistoragecapacities', 'CSIStorageCapacity', true);
export const NAMESPACES = core('namespaces', 'Namespace', false);
export const NODES = core('nodes', 'Node', false);
export const PERSISTENT_VOLUME_CLAIMS = core('persistentvolumeclaims', 'PersistentVolumeClaim');
export const PERSISTENT_VOLUMES = core('persistentvolumes', 'PersistentVolume', false);
export const PODS = core('pods', 'Pod');
export const POD_DISRUPTION_BUDGETS: ResourceType = {
  ...core('poddisruptionbudgets', 'PodDisruptionBudget'),
  group: 'policy',
};
export const REPLICA_SETS: ResourceType = { ...core('replicasets', 'ReplicaSet'), group: 'apps' };
export const SERVICES = core('services', 'Service');
export const STORAGE_CLASSES = storage('storageclasses', 'StorageClass');
export const VOLUME_ATTACHMENTS = storage('volumeattachments', 'VolumeAttachment');
