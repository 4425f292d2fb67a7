import type { KubeObject } from '../../../src/sim/api/object.js';

/** The kinds that are watched, by their plural, and where all of them are. */
export const WATCHED: Readonly<Record<string, string>> = {
  namespaces: '/api/v1/namespaces',
  nodes: '/api/v1/nodes',
  pods: '/api/v1/pods',
  services: '/api/v1/services',
  endpoints: '/api/v1/endpoints',
  endpointslices: '/apis/discovery.k8s.io/v1/endpointslices',
  resourcequotas: '/api/v1/resourcequotas',
  serviceaccounts: '/api/v1/serviceaccounts',
  configmaps: '/api/v1/configmaps',
  deployments: '/apis/apps/v1/deployments',
  replicasets: '/apis/apps/v1/replicasets',
  statefulsets: '/apis/apps/v1/statefulsets',
  daemonsets: '/apis/apps/v1/daemonsets',
  controllerrevisions: '/apis/apps/v1/controllerrevisions',
  jobs: '/apis/batch/v1/jobs',
  cronjobs: '/apis/batch/v1/cronjobs',
  poddisruptionbudgets: '/apis/policy/v1/poddisruptionbudgets',
};

/** What there is in a cluster: objects by kind, and by `namespace/name`. */
export type ClusterView = Readonly<Record<string, ReadonlyMap<string, KubeObject>>>;

/** The objects of a kind, as the type that the caller knows them to be. */
export function objectsOf<T = KubeObject>(view: ClusterView, plural: string): T[] {
  return [...(view[plural]?.values() ?? [])] as unknown as T[];
}

/** Where an object stands in a view. */
export function placeOf({ metadata }: KubeObject): string {
  return metadata.namespace === undefined ? `${metadata.name}` : `${metadata.namespace}/${metadata.name}`;
}

/** A view of objects, each under the plural of its kind. For tests of what looks at views. */
export function viewOf(objects: readonly KubeObject[]): ClusterView {
  const view: Record<string, Map<string, KubeObject>> = {};
  for (const plural of Object.keys(WATCHED)) view[plural] = new Map();
  for (const object of objects) {
    const kind = object.kind.toLowerCase();
    view[kind.endsWith('s') ? kind : `${kind}s`]?.set(placeOf(object), object);
  }
  return view;
}
