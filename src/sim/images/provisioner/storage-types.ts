import type { ResourceType } from '../../client/client.js';
import { RESOURCES } from '../../client/resource-types.js';

const storage = (resource: string, kind: string): ResourceType => ({
  group: 'storage.k8s.io',
  version: 'v1',
  resource,
  kind,
  namespaced: false,
});

/** What those who make volumes read and write. */
export const STORAGE = {
  claims: RESOURCES.persistentVolumeClaims,
  volumes: RESOURCES.persistentVolumes,
  nodes: RESOURCES.nodes,
  pods: RESOURCES.pods,
  attributesClasses: storage('volumeattributesclasses', 'VolumeAttributesClass'),
  capacities: { ...storage('csistoragecapacities', 'CSIStorageCapacity'), namespaced: true },
  attachments: storage('volumeattachments', 'VolumeAttachment'),
  csiNodes: storage('csinodes', 'CSINode'),
  classes: storage('storageclasses', 'StorageClass'),
} as const satisfies Record<string, ResourceType>;
