/** What of a person's cluster is a lab's. */
export interface Territory {
  /** Its namespaces. */
  readonly namespaces: ReadonlySet<string>;
  /** What stands in no namespace and may be made and changed: `clusterroles/reader`, or `clusterroles/*`. */
  readonly objects: ReadonlySet<string>;
  /** What stood there before, and is never changed: `clusterroles/admin`. */
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

const OF_NODES = new Set(['hostIPC', 'hostNetwork', 'hostPID', 'privileged']);

interface Place {
  readonly namespace?: string | undefined;
  readonly resource: string;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

/** Questions in the form of writing: they change nothing. */
const REVIEWS = /^\/apis\/(?:authentication|authorization)\.k8s\.io\//;
/** Ways into what runs. */
const WAYS_IN = new Set(['attach', 'exec', 'log', 'portforward', 'proxy']);

/**
 * Why what a lab says may not be asked of a person's cluster; undefined where it may. Everything may be read but Secrets of
 * others, and written only what is the lab's: its namespaces, and what it names besides where nobody had it before.
 */
export function refusalOfFence(asked: AskedOf, territory: Territory): string | undefined {
  const [path = ''] = asked.path.split('?');
  if (!isPlain(path)) return `this path is not asked on somebody's own cluster: ${path}`;
  const reads = asked.method === 'GET' || asked.method === 'HEAD';
  if (REVIEWS.test(path)) return undefined;
  const place = placeOf(path);
  if (place === undefined) return reads ? undefined : `only objects are written on somebody's own cluster`;
  if (!reads && !territory.nodes && reachesNodes(asked.body)) return `what gets at the nodes' own was not agreed to`;
  const isOurs = place.namespace !== undefined && territory.namespaces.has(place.namespace);
  if (isOurs && place.resource !== 'namespaces') return undefined;
  if (reads) return refusedReading(place);
  return refusedWriting(asked, place, territory);
}

/** Servers may take other writings for the same path, and old ones for another verb. */
function isPlain(path: string): boolean {
  if (/^\/(?:api\/[^/]+|apis\/[^/]+\/[^/]+)\/(?:watch|proxy)\//.test(path)) return false;
  return /^\/[A-Za-z0-9._~:@%/-]*$/.test(path) && !/%2f|%2e|\/\.{1,2}(?:\/|$)|\/\//i.test(path);
}

function refusedReading({ namespace, resource, subresource }: Place): string | undefined {
  const where = namespace === undefined ? 'of the whole cluster' : `in ${namespace}`;
  if (resource === 'secrets') return `Secrets ${where} are not the lab's`;
  if (subresource !== undefined && WAYS_IN.has(subresource))
    return `${resource}/${subresource} ${where} is not the lab's`;
  return undefined;
}

function refusedWriting(
  { method, body }: AskedOf,
  place: Place,
  { namespaces, objects, foreign }: Territory,
): string | undefined {
  const { namespace, resource } = place;
  if (namespace !== undefined && resource !== 'namespaces')
    return `nothing is changed in namespace ${namespace}: it is not the lab's`;
  const name = place.name ?? (method === 'POST' ? nameIn(body) : undefined);
  if (name === undefined) return `${resource} are not changed all at once on somebody's own cluster`;
  if (resource === 'namespaces') return namespaces.has(name) ? undefined : `namespace ${name} is not the lab's`;
  const isNamed = objects.has(`${resource}/${name}`) || objects.has(`${resource}/*`);
  if (isNamed && !foreign.has(`${resource}/${name}`)) return undefined;
  return `${resource} ${name} is not the lab's`;
}

/** Where a path leads; undefined for one that names no kind. */
function placeOf(path: string): Place | undefined {
  const words = path
    .split('/')
    .slice(1)
    .map((word) => decodeURIComponent(word));
  const rest = words[0] === 'api' ? words.slice(2) : words[0] === 'apis' ? words.slice(3) : [];
  if (rest[0] === 'namespaces' && rest.length >= 3 && !['finalize', 'status'].includes(rest[2] as string)) {
    const [, namespace, resource = '', name, subresource] = rest;
    return { namespace, resource, name, subresource };
  }
  const [resource, name, subresource] = rest;
  return resource === undefined || resource === '' ? undefined : { resource, name, subresource };
}

/** Whether what is written gives containers something of their node's: its files, its networks, its processes, its rights. */
export function reachesNodes(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(reachesNodes);
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([field, inner]) => {
    if (field === 'hostPath') return inner !== null;
    if (OF_NODES.has(field) && inner === true) return true;
    // A step of a JSON patch names its field in a path.
    if (
      field === 'path' &&
      typeof inner === 'string' &&
      /\/(?:hostPath|hostNetwork|hostPID|hostIPC|privileged)(?:\/|$)/.test(inner)
    )
      return true;
    return reachesNodes(inner);
  });
}

function nameIn(body: unknown): string | undefined {
  const name = (body as { metadata?: { name?: unknown } } | null | undefined)?.metadata?.name;
  return typeof name === 'string' ? name : undefined;
}
