import type { ApiRequest, ApiResponse } from '../port.js';

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

/** Every kind that a cluster serves, in its preferred version, without subresources. Groups nobody answers for are left out. */
export async function servedResources(ask: Ask): Promise<readonly ServedResource[]> {
  const { body } = await ask({ method: 'GET', path: '/apis' });
  const groups = (body as GroupList | undefined)?.groups ?? [];
  const versions = groups.flatMap(({ name, preferredVersion }) =>
    preferredVersion ? [{ group: name, version: preferredVersion.version }] : [],
  );
  const found = await Promise.all([{ group: '', version: 'v1' }, ...versions].map((one) => resourcesIn(ask, one)));
  return found.flat();
}

/** The kinds of one version of a group; none when nobody answers for it. */
export async function resourcesIn(
  ask: Ask,
  { group, version }: { readonly group: string; readonly version: string },
): Promise<ServedResource[]> {
  const { status, body } = await ask({ method: 'GET', path: rootOf(group, version) });
  if (status !== 200) return [];
  const { resources = [] } = body as ResourceList;
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

/** The group and version of an `apiVersion`. */
export function groupVersion(apiVersion: string): { group: string; version: string } {
  const [first = '', second] = apiVersion.split('/');
  return second === undefined ? { group: '', version: first } : { group: first, version: second };
}

function rootOf(group: string, version: string): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}
