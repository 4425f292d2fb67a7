import { ClusterError } from '../port.js';
import { type Ask, groupResource, listPath, type ServedResource, servedResources } from './resources.js';

/** An object as it is kept: without what the server adds of itself. */
export interface KeptObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly [field: string]: unknown;
}

/** A kind's objects, by namespace and name. */
export interface KeptKind {
  readonly resource: Omit<ServedResource, 'verbs'>;
  readonly objects: readonly KeptObject[];
}

/** What there was before an attempt. Plain data; there are Secrets in it. */
export interface Snapshot {
  readonly kinds: readonly KeptKind[];
}

/** What of a cluster is looked at, where not all of it is the lab's. */
export interface SnapshotScope {
  readonly namespaces: readonly string[];
  /**
   * Whether an object of no namespace is meant: by its kind (`clusterroles.rbac.authorization.k8s.io`) and its name. Of
   * namespaces only those above are asked about.
   */
  holds(kind: string, name: string): boolean;
}

interface ListedObject extends KeptObject {
  readonly metadata: KeptObject['metadata'] & {
    readonly ownerReferences?: readonly { readonly controller?: boolean }[];
    readonly deletionTimestamp?: string;
  };
}

/** They come and go by themselves, or only say what is elsewhere. */
const NOT_KEPT = new Set([
  'certificatesigningrequests',
  'componentstatuses',
  'controllerrevisions',
  'csinodes',
  'endpoints',
  'endpointslices',
  'events',
  'ipaddresses',
  'leasecandidates',
  'leases',
  'volumeattachments',
]);
/** Annotations in which controllers keep their own books. */
const BOOKS =
  /^(?:deployment\.kubernetes\.io\/|control-plane\.alpha\.kubernetes\.io\/|node\.alpha\.kubernetes\.io\/|volumes?\.(?:beta\.)?kubernetes\.io\/|pv\.kubernetes\.io\/|projectcalico\.org\/|flannel\.alpha\.coreos\.com\/)/;
/** APIServices of built-in groups and of custom kinds. */
const MANAGED = 'kube-aggregator.kubernetes.io/automanaged';
/** `kubectl create job --from` says so. */
const BY_HAND = 'cronjob.kubernetes.io/instantiate';
/** Controllers make these in every namespace. */
const OF_EVERY_NAMESPACE = new Set(['ConfigMap kube-root-ca.crt', 'ServiceAccount default']);

/** Notes all that can be listed and put back, of all or of a scope. Throws `ClusterError` when the API server does not tell. */
export async function takeSnapshot(api: { request: Ask }, scope?: SnapshotScope): Promise<Snapshot> {
  const ask = api.request.bind(api);
  const resources = (await servedResources(ask)).filter(isKept);
  if (resources.length === 0) throw new ClusterError('The API server does not tell what there is');
  const kinds = await Promise.all(resources.map((resource) => keptKind(ask, resource, scope)));
  return { kinds: kinds.filter((kind) => kind !== undefined) };
}

/**
 * Objects of a kind, as they are kept. Were a refused list taken for empty, all of it would be new some day, and deleted: so the
 * kind is none of a scope's, and of a whole cluster everything has to be told.
 */
async function keptKind(ask: Ask, resource: ServedResource, scope?: SnapshotScope): Promise<KeptKind | undefined> {
  const apiVersion = [resource.group, resource.version].filter(Boolean).join('/');
  const lists = await Promise.all(pathsOf(resource, scope).map((path) => listed(ask, path)));
  if (scope && lists.some(({ status }) => status !== 200)) return undefined;
  const failed = lists.find(({ status }) => status !== 200);
  if (failed) throw new ClusterError(`the ${resource.name} of the cluster cannot be listed: status ${failed.status}`);
  const items = lists
    .flatMap((list) => list.items)
    .filter(({ metadata }) => isOwn(metadata))
    .filter(({ metadata }) => resource.namespaced || !scope || isMeant(scope, resource, metadata.name));
  const { verbs: _verbs, ...kept } = resource;
  return { resource: kept, objects: items.map((item) => strip({ ...item, apiVersion, kind: resource.kind })) };
}

async function listed(ask: Ask, path: string): Promise<{ status: number; items: readonly ListedObject[] }> {
  const { status, body } = await ask({ method: 'GET', path });
  return { status, items: (body as { items?: readonly ListedObject[] } | undefined)?.items ?? [] };
}

function pathsOf(resource: ServedResource, scope: SnapshotScope | undefined): string[] {
  if (!scope || !resource.namespaced) return [listPath(resource)];
  return scope.namespaces.map((namespace) => listPath(resource, namespace));
}

function isMeant({ namespaces, holds }: SnapshotScope, resource: ServedResource, name: string): boolean {
  const kind = groupResource(resource);
  return (kind !== 'namespaces' || namespaces.includes(name)) && holds(kind, name);
}

function isKept({ name, verbs }: ServedResource): boolean {
  return !NOT_KEPT.has(name) && ['list', 'get', 'create', 'delete', 'update'].every((verb) => verbs.has(verb));
}

/** What a controller made comes and goes again by itself, and what is going is gone. */
function isOwn(metadata: ListedObject['metadata']): boolean {
  const { ownerReferences = [], deletionTimestamp, labels = {}, annotations = {} } = metadata;
  if (labels[MANAGED] !== undefined) return false;
  if (deletionTimestamp !== undefined) return false;
  // A Job that somebody made from a CronJob is not made again by that.
  return annotations[BY_HAND] === 'manual' || !ownerReferences.some(({ controller }) => controller);
}

function strip({ metadata, status: _status, ...rest }: ListedObject): KeptObject {
  const { name, namespace, labels, annotations, finalizers } = metadata;
  const kept = { name, namespace, labels, annotations: withoutBooks(annotations), finalizers };
  return { ...rest, metadata: JSON.parse(JSON.stringify(kept)) as KeptObject['metadata'] };
}

function withoutBooks(annotations: Readonly<Record<string, string>> | undefined): Record<string, string> | undefined {
  const kept = Object.entries(annotations ?? {}).filter(([name]) => !BOOKS.test(name));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** What differs when somebody changed an object; what its namespace always has is never changed by anybody. */
export function fingerprint(object: KeptObject): string {
  const { kind, metadata } = object;
  if (OF_EVERY_NAMESPACE.has(`${kind} ${metadata.name}`)) return '';
  if (kind === 'Secret' && object['type'] === 'kubernetes.io/service-account-token') return '';
  return JSON.stringify(sorted(object));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
