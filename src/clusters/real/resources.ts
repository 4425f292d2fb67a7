import { type ApiRequest, type ApiResponse, ClusterError } from '../port.js';

/** What can be asked about the API. */
export type Ask = (request: ApiRequest) => Promise<ApiResponse>;

/** A kind as a cluster serves it. */
export interface ServedResource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Its plural: `deployments`. */
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: ReadonlySet<string>;
}

interface ResourceList {
  readonly resources?: readonly { name: string; kind: string; namespaced: boolean; verbs?: readonly string[] }[];
}

interface GroupList {
  readonly groups?: readonly { readonly name: string; readonly preferredVersion?: { readonly version: string } }[];
}

/**
 * Every kind that a cluster serves, in its preferred version, without subresources. Groups nobody answers for (an aggregated
 * API server that is down: 503) are left out; throws `ClusterError` when the API server itself does not answer, which is not the
 * same as serving nothing: what is not seen would be taken for not there.
 */
export async function servedResources(ask: Ask): Promise<readonly ServedResource[]> {
  const { groups = [] } = (await mustGet(ask, '/apis')) as GroupList;
  const own = kindsOf({ group: '', version: 'v1' }, (await mustGet(ask, rootOf('', 'v1'))) as ResourceList);
  const versions = groups.flatMap(({ name, preferredVersion }) =>
    preferredVersion ? [{ group: name, version: preferredVersion.version }] : [],
  );
  const others = await Promise.all(
    versions.map((one) => resourcesIn(ask, one, ({ status }) => mayBeDown(one, status))),
  );
  return [...own, ...others.flat()];
}

/** The kinds of one version of a group; none when nobody answers for it. Throws `ClusterError` where that may not be. */
export async function resourcesIn(
  ask: Ask,
  { group, version }: { readonly group: string; readonly version: string },
  mayBe: (answer: ApiResponse) => boolean = () => true,
): Promise<ServedResource[]> {
  const path = rootOf(group, version);
  const answer = await ask({ method: 'GET', path });
  if (answer.status === 200) return kindsOf({ group, version }, answer.body as ResourceList);
  if (!mayBe(answer)) throw untold(path, answer);
  return [];
}

/** Whether a group may be left out. Those without a dot (`apps`, `batch`) are the API server's own, and never down alone. */
function mayBeDown({ group }: { readonly group: string }, status: number): boolean {
  return status === 404 || (status === 503 && group.includes('.'));
}

function kindsOf(
  { group, version }: { readonly group: string; readonly version: string },
  { resources = [] }: ResourceList,
): ServedResource[] {
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, kind, namespaced, verbs = [] }) => ({
      group,
      version,
      name,
      kind,
      namespaced,
      verbs: new Set(verbs),
    }));
}

/** The path of a kind's objects: those of one namespace, all of them without one. */
export function listPath({ group, version, name, namespaced }: ServedResource, namespace?: string): string {
  const inside = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${rootOf(group, version)}${inside}/${name}`;
}

/** The path of one object. */
export function objectPath(resource: ServedResource, name: string, namespace?: string): string {
  return `${listPath(resource, namespace)}/${encodeURIComponent(name)}`;
}

async function mustGet(ask: Ask, path: string): Promise<unknown> {
  const answer = await ask({ method: 'GET', path });
  if (answer.status === 200) return answer.body;
  throw untold(path, answer);
}

function untold(path: string, { status, body, error }: ApiResponse): ClusterError {
  const words = error ?? (body as { message?: string } | undefined)?.message ?? `status ${status}`;
  return new ClusterError(`The API server does not tell what is at ${path}: ${words}`);
}

/** The objects that a list's path names; none where nobody serves the kind any more. Throws `ClusterError` when it is not told. */
export async function mustList<T>(ask: Ask, path: string): Promise<readonly T[]> {
  const answer = await ask({ method: 'GET', path });
  if (answer.status === 404) return [];
  if (answer.status !== 200) throw untold(path, answer);
  return (answer.body as { items?: readonly T[] }).items ?? [];
}

/** A kind's plural with its group, as kubectl writes it: `clusterroles.rbac.authorization.k8s.io`, `pods`. */
export function groupResource({ name, group }: Pick<ServedResource, 'name' | 'group'>): string {
  return group === '' ? name : `${name}.${group}`;
}

/** The group and version of an `apiVersion`. */
export function groupVersion(apiVersion: string): { group: string; version: string } {
  const [first = '', second] = apiVersion.split('/');
  return second === undefined ? { group: '', version: first } : { group: first, version: second };
}

function rootOf(group: string, version: string): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}
