import type { ResourceType } from '../../../src/sim/client/client.js';

const of = (group: string, resource: string, kind: string, namespaced = true): ResourceType => ({
  group,
  version: 'v1',
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
];

export const EVENTS = of('', 'events', 'Event');
export const NODES = of('', 'nodes', 'Node', false);

const OTHERS = [
  EVENTS,
  NODES,
  of('', 'configmaps', 'ConfigMap'),
  of('', 'secrets', 'Secret'),
  of('', 'services', 'Service'),
  of('scheduling.k8s.io', 'priorityclasses', 'PriorityClass', false),
  of('', 'namespaces', 'Namespace', false),
];
const ALL = [...WATCHED, ...OTHERS];

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
