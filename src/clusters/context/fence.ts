import { groupResource } from '../real/resources.js';
import { OF_EVERY_NAMESPACE } from './namespace-contents.js';
import { reachesNodes } from './reaches-nodes.js';

/** What of a person's cluster is a lab's. */
export interface Territory {
  /** Its namespaces. */
  readonly namespaces: ReadonlySet<string>;
  /** Those of them that were there before: they stay, as they are. */
  readonly lent: ReadonlySet<string>;
  /** What stands in no namespace and may be made and changed: `clusterroles.rbac.authorization.k8s.io/reader`, or `…/*`. */
  readonly objects: ReadonlySet<string>;
  /** What stood there before, and is never changed. */
  readonly foreign: ReadonlySet<string>;
  /** The person agreed that its pods get at what is the nodes'. */
  readonly nodes?: boolean;
}

export interface AskedOf {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
}

interface Place {
  readonly namespace?: string | undefined;
  readonly group: string;
  readonly resource: string;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

/** Questions in the form of writing: they change nothing. */
const REVIEWS = /^\/apis\/(?:authentication|authorization)\.k8s\.io\//;
/** What an API server tells of itself. Its logs, profiles and flags are nobody's business. */
const ABOUT = /^\/(?:$|(?:apis?|healthz|livez|openapi|openid|readyz|\.well-known)(?:\/|$)|(?:metrics|version)$)/;
/** Ways into what runs. */
const WAYS_IN = new Set(['attach', 'exec', 'log', 'portforward', 'proxy']);
/** Kinds of which every namespace has some that are not the lab's. */
const KEPT_KINDS = new Set([...OF_EVERY_NAMESPACE].map((place) => place.split('/')[0]));

/**
 * Why what a lab says may not be asked of a person's cluster; undefined where it may. Everything may be read but Secrets and
 * settings of others, and written only what is the lab's: its namespaces, and what it names besides where nobody had it before.
 */
export function refusalOfFence(asked: AskedOf, territory: Territory): string | undefined {
  const [path = '', query = ''] = asked.path.split('?');
  if (!isPlain(path)) return `this path is not asked on somebody's own cluster: ${path}`;
  const reads = asked.method === 'GET' || asked.method === 'HEAD';
  if (REVIEWS.test(path)) return undefined;
  const place = placeOf(path);
  if (place === undefined)
    return reads && ABOUT.test(path) ? undefined : `only objects are asked for on somebody's own cluster`;
  if (isTrial(asked.method, query, place)) return undefined;
  if (!reads && !territory.nodes && reachesNodes(asked.body)) return `what gets at the nodes' own was not agreed to`;
  const isInside = place.namespace !== undefined && territory.namespaces.has(place.namespace);
  if (reads) return isInside ? undefined : refusedReading(place);
  return isInside ? refusedInside(asked, place, territory) : refusedWriting(asked, place, territory);
}

/** Servers may take other writings for the same path, and old ones for another verb. */
function isPlain(path: string): boolean {
  if (/^\/(?:api\/[^/]+|apis\/[^/]+\/[^/]+)\/(?:watch|proxy)\//.test(path)) return false;
  if (!/^\/[A-Za-z0-9._~:@%/-]*$/.test(path) || /%(?![0-9a-f]{2})|%2f|%2e|\/\.{1,2}(?:\/|$)|\/\//i.test(path))
    return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function refusedReading({ namespace, group, resource, subresource }: Place): string | undefined {
  const where = namespace === undefined ? 'of the whole cluster' : `in ${namespace}`;
  if (group === '' && resource === 'secrets') return `Secrets ${where} are not the lab's`;
  // What the cluster's own parts are told is no secret, and tasks send people there.
  if (group === '' && resource === 'configmaps' && !namespace?.startsWith('kube-'))
    return `ConfigMaps ${where} are not the lab's`;
  if (subresource !== undefined && WAYS_IN.has(subresource))
    return `${resource}/${subresource} ${where} is not the lab's`;
  return undefined;
}

/** Whether it is only asked if an object would be admitted: nothing is made, and nobody's things are answered. */
function isTrial(method: string, query: string, { namespace, name }: Place): boolean {
  const given = query.split('&').filter((one) => one.startsWith('dryRun'));
  return method === 'POST' && namespace !== undefined && name === undefined && given.join() === 'dryRun=All';
}

/** In a namespace that was there before its own account and the like stay as they are: nobody could put them back. */
function refusedInside(
  { method }: AskedOf,
  { namespace = '', resource, name, subresource }: Place,
  { lent }: Territory,
): string | undefined {
  if (!lent.has(namespace) || subresource === 'token') return undefined;
  if (name !== undefined && OF_EVERY_NAMESPACE.has(`${resource}/${name}`))
    return `${resource} ${name} was in namespace ${namespace} before and is not the lab's`;
  if (name === undefined && method === 'DELETE' && KEPT_KINDS.has(resource))
    return `${resource} of namespace ${namespace} are not deleted all at once: some were there before`;
  return undefined;
}

function refusedWriting({ method, body }: AskedOf, place: Place, territory: Territory): string | undefined {
  const { namespaces, lent, objects, foreign } = territory;
  const { namespace, resource } = place;
  if (namespace !== undefined) return `nothing is changed in namespace ${namespace}: it is not the lab's`;
  const name = place.name ?? (method === 'POST' ? nameIn(body) : undefined);
  if (name === undefined) return `${resource} are not changed all at once on somebody's own cluster`;
  if (resource === 'namespaces') {
    if (lent.has(name)) return `namespace ${name} was there before and stays as it is`;
    return namespaces.has(name) ? undefined : `namespace ${name} is not the lab's`;
  }
  const kind = groupResource({ name: resource, group: place.group });
  const isNamed = objects.has(`${kind}/${name}`) || objects.has(`${kind}/*`);
  if (isNamed && !foreign.has(`${kind}/${name}`)) return undefined;
  return `${resource} ${name} is not the lab's`;
}

/** Where a path leads; undefined for one that names no kind. */
function placeOf(path: string): Place | undefined {
  const words = path
    .split('/')
    .slice(1)
    .map((word) => decodeURIComponent(word));
  const group = words[0] === 'apis' ? (words[1] ?? '') : '';
  const rest = words[0] === 'api' ? words.slice(2) : words[0] === 'apis' ? words.slice(3) : [];
  if (rest[0] === 'namespaces' && rest.length >= 3 && !['finalize', 'status'].includes(rest[2] as string)) {
    const [, namespace, resource = '', name, subresource] = rest;
    return { namespace, group, resource, name, subresource };
  }
  const [resource, name, subresource] = rest;
  return resource === undefined || resource === '' ? undefined : { group, resource, name, subresource };
}

function nameIn(body: unknown): string | undefined {
  const name = (body as { metadata?: { name?: unknown } } | null | undefined)?.metadata?.name;
  return typeof name === 'string' ? name : undefined;
}
