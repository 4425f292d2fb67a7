import type { ResourceType } from '../../../src/sim/client/client.js';

const of = (group: string, resource: string, kind: string, namespaced = true, version = 'v1'): ResourceType => ({
  group,
  version,
  resource,
  kind,
  namespaced,
});

/** What scenarios are told by, in the order that a story lists it. */
export const WATCHED: readonly ResourceType[] = [
  of('apps', 'deployments', 'Deployment'),
  of('apps', 'replicasets', 'ReplicaSet'),
  of('', 'replicationcontrollers', 'ReplicationController'),
  of('apps', 'statefulsets', 'StatefulSet'),
  of('apps', 'daemonsets', 'DaemonSet'),
  of('apps', 'controllerrevisions', 'ControllerRevision'),
  of('batch', 'cronjobs', 'CronJob'),
  of('batch', 'jobs', 'Job'),
  of('', 'pods', 'Pod'),
  of('', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
  of('policy', 'poddisruptionbudgets', 'PodDisruptionBudget'),
  of('', 'resourcequotas', 'ResourceQuota'),
  of('', 'persistentvolumes', 'PersistentVolume', false),
];

export const EVENTS = of('', 'events', 'Event');
export const NODES = of('', 'nodes', 'Node', false);

/** What scenarios are told by that ask for it, after the others. */
const ASKED_FOR: readonly ResourceType[] = [
  of('autoscaling', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler', true, 'v2'),
  of('', 'services', 'Service'),
  of('discovery.k8s.io', 'endpointslices', 'EndpointSlice'),
  of('', 'endpoints', 'Endpoints'),
  of('networking.k8s.io', 'servicecidrs', 'ServiceCIDR', false),
  of('storage.k8s.io', 'volumeattachments', 'VolumeAttachment', false),
  NODES,
];

const OTHERS = [
  EVENTS,
  of('', 'configmaps', 'ConfigMap'),
  of('', 'secrets', 'Secret'),
  of('scheduling.k8s.io', 'priorityclasses', 'PriorityClass', false),
  of('', 'namespaces', 'Namespace', false),
  of('storage.k8s.io', 'storageclasses', 'StorageClass', false),
  of('storage.k8s.io', 'csidrivers', 'CSIDriver', false),
  of('storage.k8s.io', 'csinodes', 'CSINode', false),
];
const ALL = [...WATCHED, ...ASKED_FOR, ...OTHERS];

/** What a scenario is told by, which asks for those plurals besides, in the order that a story lists it. */
export function watchedBy(also: readonly string[] = []): readonly ResourceType[] {
  return [...WATCHED, ...also.map((plural) => resourceNamed(plural))];
}

/** In which place of a story's list objects of a kind stand. */
export function rankOf(kind: string): number {
  return ALL.findIndex((one) => one.kind === kind);
}

/** The resource of that plural. */
export function resourceNamed(plural: string): ResourceType {
  const found = ALL.find(({ resource }) => resource === plural);
  if (!found) throw new Error(`${plural}: no such resource in test/reference/workloads/resources.ts`);
  return found;
}

/** The resource that objects of that kind are of. */
export function resourceOf(kind: string): ResourceType {
  const found = ALL.find((one) => one.kind === kind);
  if (!found) throw new Error(`${kind}: no such kind in test/reference/workloads/resources.ts`);
  return found;
}

/** `/api/v1/namespaces/x/pods/y`. */
export function pathOf(type: ResourceType, namespace: string, name = ''): string {
  const root = type.group === '' ? '/api/v1' : `/apis/${type.group}/${type.version}`;
  const place = type.namespaced ? `/namespaces/${namespace}` : '';
  return `${root}${place}/${type.resource}${name ? `/${name}` : ''}`;
}
