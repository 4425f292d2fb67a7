import type { ResourceType } from './client.js';

const core = (resource: string, kind: string, namespaced = true): ResourceType => ({
  group: '',
  version: 'v1',
  resource,
  kind,
  namespaced,
});

/** Resources that several components watch. */
export const RESOURCES = {
  configMaps: core('configmaps', 'ConfigMap'),
  endpointSlices: {
    group: 'discovery.k8s.io',
    version: 'v1',
    resource: 'endpointslices',
    kind: 'EndpointSlice',
    namespaced: true,
  },
  namespaces: core('namespaces', 'Namespace', false),
  networkPolicies: {
    group: 'networking.k8s.io',
    version: 'v1',
    resource: 'networkpolicies',
    kind: 'NetworkPolicy',
    namespaced: true,
  },
  nodes: core('nodes', 'Node', false),
  persistentVolumeClaims: core('persistentvolumeclaims', 'PersistentVolumeClaim'),
  persistentVolumes: core('persistentvolumes', 'PersistentVolume', false),
  pods: core('pods', 'Pod'),
  secrets: core('secrets', 'Secret'),
  services: core('services', 'Service'),
} as const satisfies Record<string, ResourceType>;
