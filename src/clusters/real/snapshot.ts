import { ClusterError } from '../port.js';
import { type Ask, listPath, type ServedResource, servedResources } from './resources.js';

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
/** Controllers make these in every namespace. */
const OF_EVERY_NAMESPACE = new Set(['ConfigMap kube-root-ca.crt', 'ServiceAccount default']);

/** Notes all that can be listed and put back. Throws `ClusterError` when the API server does not tell. */
export async function takeSnapshot(api: { request: Ask }): Promise<Snapshot> {
  const ask = api.request.bind(api);
  const resources = (await servedResources(ask)).filter(isKept);
  if (resources.length === 0) throw new ClusterError('the API server does not tell what there is');
  return { kinds: await Promise.all(resources.map((resource) => keptKind(ask, resource))) };
}

/** Objects of a kind, as they are kept. Were a refused list taken for empty, all of it would be new some day, and deleted. */
async function keptKind(ask: Ask, resource: ServedResource): Promise<KeptKind> {
  const { status, body } = await ask({ method: 'GET', path: listPath(resource) });
  if (status !== 200) throw new ClusterError(`the ${resource.name} of the cluster cannot be listed: status ${status}`);
  const apiVersion = [resource.group, resource.version].filter(Boolean).join('/');
  const items = ((body as { items?: ListedObject[] }).items ?? []).filter(({ metadata }) => isOwn(metadata));
  const { verbs: _verbs, ...kept } = resource;
  return { resource: kept, objects: items.map((item) => strip({ ...item, apiVersion, kind: resource.kind })) };
}

function isKept({ name, verbs }: ServedResource): boolean {
  return !NOT_KEPT.has(name) && ['list', 'get', 'create', 'delete', 'update'].every((verb) => verbs.has(verb));
}

/** What a controller made comes and goes again by itself, and what is going is gone. */
function isOwn({ ownerReferences = [], deletionTimestamp, labels = {} }: ListedObject['metadata']): boolean {
  if (labels[MANAGED] !== undefined) return false;
  return deletionTimestamp === undefined && !ownerReferences.some(({ controller }) => controller);
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
