import type { ApiRequest, ApiResponse } from '../../../src/clusters/port.js';
import type { Ask } from '../../../src/clusters/real/resources.js';

interface SmallObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

const ALL = ['create', 'delete', 'get', 'list', 'update'];
const CORE = [
  { name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs: ALL },
  { name: 'namespaces', kind: 'Namespace', namespaced: false, verbs: ALL },
  { name: 'persistentvolumes', kind: 'PersistentVolume', namespaced: false, verbs: ALL },
  { name: 'pods', kind: 'Pod', namespaced: true, verbs: ALL },
];
const RBAC = [{ name: 'clusterroles', kind: 'ClusterRole', namespaced: false, verbs: ALL }];

/** As much of an API server as it takes to see what is made and deleted there, and when; objects by their paths. */
export class SmallApi {
  readonly objects = new Map<string, SmallObject>();
  /** What discovery of a group ends in, other than 200. */
  readonly failing = new Map<string, number>();
  /** Told of each request before it is answered. */
  before: (request: ApiRequest) => void = () => {};

  readonly request: Ask = async (request) => {
    this.before(request);
    return this.discovery(request.path) ?? this.answer(request);
  };

  put(path: string, metadata: Readonly<Record<string, unknown>> = {}): void {
    const name = path.split('/').at(-1) ?? '';
    const [, namespace] = /\/namespaces\/([^/]+)\//.exec(path) ?? [];
    this.objects.set(path, { metadata: { name, ...(namespace ? { namespace } : {}), ...metadata } });
  }

  private discovery(path: string): ApiResponse | undefined {
    const groups = ['apps', 'metrics.k8s.io', 'rbac.authorization.k8s.io'];
    if (path === '/apis')
      return {
        status: 200,
        body: { groups: groups.map((name) => ({ name, preferredVersion: { version: 'v1' } })) },
      };
    const [, group] = /^\/apis\/([^/]+)\/v1$/.exec(path) ?? [];
    if (path !== '/api/v1' && group === undefined) return undefined;
    const status = this.failing.get(group ?? '') ?? 200;
    if (status !== 200) return { status, body: { message: 'not now' } };
    return { status, body: { resources: group === undefined ? CORE : group.startsWith('rbac') ? RBAC : [] } };
  }

  private answer({ method, path, body }: ApiRequest): ApiResponse {
    const present = this.objects.get(path);
    if (method === 'POST') {
      const made = body as SmallObject;
      const at = `${path}/${made.metadata.name}`;
      if (this.objects.has(at)) return { status: 409, body: { reason: 'AlreadyExists', message: 'it already exists' } };
      this.objects.set(at, made);
      return { status: 201, body: made };
    }
    if (/\/[a-z]+$/.test(path) && method === 'GET' && !present && isList(path))
      return { status: 200, body: { items: [...this.objects].filter(([at]) => isIn(path, at)).map(([, one]) => one) } };
    if (!present) return { status: 404, body: { reason: 'NotFound' } };
    if (method === 'PUT') this.objects.set(path, body as SmallObject);
    if (method === 'DELETE')
      for (const at of [...this.objects.keys()]) if (at === path || at.startsWith(`${path}/`)) this.objects.delete(at);
    return { status: 200, body: present };
  }
}

function isList(path: string): boolean {
  return [...CORE, ...RBAC].some(({ name }) => path.endsWith(`/${name}`));
}

/** Of one namespace, or of all. */
function isIn(list: string, at: string): boolean {
  const kind = list.split('/').at(-1);
  const [above, found] = [at.split('/').slice(0, -1).join('/'), at.split('/').at(-2)];
  return above === list || (found === kind && !list.includes('/namespaces/') && at.includes('/namespaces/'));
}
