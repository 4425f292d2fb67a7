import { type ReferenceRequest, storedObjects } from './requests.js';

const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };

/** Every stored object as the row of a table, wide columns and all. */
export function tableRequests(): ReferenceRequest[] {
  return storedObjects().map(({ id, collection, object }) => ({
    id: `table ${id}`,
    kind: `${object.apiVersion} ${object.kind}`,
    method: 'GET',
    target: `${collection}/${object.metadata.name}?includeObject=None`,
    headers: TABLE,
  }));
}

/** What clients ask before anything else: groups, their resources, the version. */
export const DISCOVERY: readonly ReferenceRequest[] = [
  '/api',
  '/apis',
  '/api/v1',
  ...[
    'admissionregistration.k8s.io/v1',
    'apiextensions.k8s.io/v1',
    'apiregistration.k8s.io/v1',
    'apps/v1',
    'authentication.k8s.io/v1',
    'authorization.k8s.io/v1',
    'autoscaling/v1',
    'autoscaling/v2',
    'batch/v1',
    'certificates.k8s.io/v1',
    'coordination.k8s.io/v1',
    'discovery.k8s.io/v1',
    'events.k8s.io/v1',
    'flowcontrol.apiserver.k8s.io/v1',
    'networking.k8s.io/v1',
    'node.k8s.io/v1',
    'policy/v1',
    'rbac.authorization.k8s.io/v1',
    'resource.k8s.io/v1',
    'scheduling.k8s.io/v1',
    'storage.k8s.io/v1',
  ].map((group) => `/apis/${group}`),
  '/openapi/v3',
  '/livez?verbose',
  '/readyz?verbose',
  '/healthz?verbose',
].map((target) => ({ id: `discovery ${target}`, kind: 'discovery', method: 'GET', target }));
