import { type ObjectReader, UndecidedError, UnreachableError } from './objects.js';

/** A kind of object that the cluster knows, with all the words that mean it. */
export interface ApiResource {
  readonly group: string;
  readonly version: string;
  /** Plural, as in paths. */
  readonly name: string;
  readonly singular: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
}

interface ResourceList {
  readonly resources?: readonly {
    readonly name: string;
    readonly singularName?: string;
    readonly kind: string;
    readonly shortNames?: readonly string[];
    readonly namespaced: boolean;
  }[];
}

interface GroupList {
  readonly groups?: readonly { readonly name: string; readonly preferredVersion: { readonly version: string } }[];
}

/** What each grading was told, so that it asks once. */
const told = new WeakMap<ObjectReader, Promise<readonly ApiResource[]>>();

/** Every kind the cluster knows, each in its group's preferred version. Throws `UndecidedError` as `ObjectReader.get`. */
export function apiResources(objects: ObjectReader): Promise<readonly ApiResource[]> {
  let known = told.get(objects);
  if (!known) {
    known = discover(objects);
    told.set(objects, known);
  }
  return known;
}

async function discover(objects: ObjectReader): Promise<readonly ApiResource[]> {
  const { groups = [] } = ((await objects.get('/apis')) ?? {}) as GroupList;
  const lists = await Promise.all([
    inVersion(objects, '', 'v1', '/api/v1'),
    ...groups.map(({ name, preferredVersion: { version } }) =>
      inVersion(objects, name, version, `/apis/${name}/${version}`),
    ),
  ]);
  return lists.flat();
}

async function inVersion(objects: ObjectReader, group: string, version: string, path: string): Promise<ApiResource[]> {
  const { resources = [] } = ((await objects.get(path).catch(ofNobody)) ?? {}) as ResourceList;
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, singularName, kind, shortNames = [], namespaced }) => ({
      group,
      version,
      name,
      singular: singularName || kind.toLowerCase(),
      kind,
      shortNames,
      namespaced,
    }));
}

/** A group whose own server does not answer (that of metrics, say) has no kinds for now; the others have theirs. */
function ofNobody(error: unknown): undefined {
  if (error instanceof UndecidedError && !(error instanceof UnreachableError)) return undefined;
  throw error;
}

/** The kind that a word means, as kubectl reads it: `deploy`, `Deployment`, `deployments.apps`, `deployments.v1.apps`. */
export function resourceCalled(word: string, resources: readonly ApiResource[]): ApiResource | undefined {
  const [first = '', ...rest] = word.toLowerCase().split('.');
  const suffix = rest.join('.');
  const named = resources.filter(
    ({ name, singular, kind, shortNames }) =>
      name === first || singular === first || kind.toLowerCase() === first || shortNames.includes(first),
  );
  if (suffix === '') return named[0];
  return named.find(({ group, version }) => suffix === group || suffix === `${version}.${group}` || suffix === version);
}
