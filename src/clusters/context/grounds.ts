import { ClusterError } from '../port.js';
import { ATTEMPT_LABEL, type ManifestObject } from '../real/manifests.js';
import type { NamedObject } from '../real/named-objects.js';
import type { Target } from '../real/remove-objects.js';
import { type Ask, listPath, type ServedResource, servedResources } from '../real/resources.js';

/** Where a lab may be on somebody's cluster. */
export interface Grounds {
  /** Namespaces that are to be made for it. */
  readonly made: readonly string[];
  /** Namespaces that are there and empty. */
  readonly used: readonly string[];
  /** What of no namespace it names: `clusterroles/reader`, `clusterroles/*`. */
  readonly objects: readonly string[];
  /** What of these kinds was there before: `clusterroles/admin`. */
  readonly foreign: readonly string[];
}

interface Listed {
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly controller?: boolean }[];
  };
}

/** Namespaces of the cluster itself: they are read, never written. */
const SYSTEM = /^kube-/;
/** What every namespace has, and what only tells of others. */
const OF_EVERY_NAMESPACE = new Set([
  'configmaps/kube-root-ca.crt',
  'serviceaccounts/default',
  'services/kubernetes',
  'endpoints/kubernetes',
  'endpointslices/kubernetes',
]);
const PASSING = new Set(['events', 'leases', 'endpointslices', 'endpoints', 'pods.metrics']);
/** Others' things in a namespace that are told by name. */
const TOLD_MAX = 3;

/**
 * Chooses where a lab may be. Throws `ClusterError` when that would be where somebody else's things are.
 */
export async function chooseGrounds(
  ask: Ask,
  attempt: string,
  manifests: readonly ManifestObject[],
  named: readonly NamedObject[],
): Promise<Grounds> {
  const served = await servedResources(ask);
  const [made, used]: [string[], string[]] = [[], []];
  for (const name of namespacesOf(manifests, named, served)) {
    const found = await ask({ method: 'GET', path: `/api/v1/namespaces/${encodeURIComponent(name)}` });
    if (found.status === 404) made.push(name);
    else if ((found.body as Listed).metadata?.labels?.[ATTEMPT_LABEL] === attempt) made.push(name);
    else {
      await checkFree(ask, name, served);
      used.push(name);
    }
  }
  const wide = served.filter(({ namespaced, name }) => !namespaced && name !== 'namespaces' && name !== 'nodes');
  const objects = wideObjects(wide, [...manifests.map(asNamed), ...named]);
  const foreign = await standing(ask, wide, objects);
  for (const { kind, metadata } of manifests) {
    const resource = wide.find((one) => one.kind === kind);
    if (resource && foreign.includes(`${resource.name}/${metadata.name}`))
      throw new ClusterError(`${kind} ${metadata.name} is there already, and it is not the lab's: it would be changed`);
  }
  return { made, used, objects, foreign };
}

/** What is in a namespace, but for what every one has. */
export async function contentsOf(ask: Ask, namespace: string, served: readonly ServedResource[]): Promise<Target[]> {
  const kinds = served.filter(
    ({ namespaced, name, verbs }) => namespaced && !PASSING.has(name) && verbs.has('list') && verbs.has('delete'),
  );
  const found = await Promise.all(
    kinds.map(async (resource) => {
      const { status, body } = await ask({ method: 'GET', path: listPath(resource, namespace) });
      const items = status === 200 ? ((body as { items?: Listed[] }).items ?? []) : [];
      return items
        .filter(({ metadata }) => !metadata.ownerReferences?.some(({ controller }) => controller))
        .filter(({ metadata }) => !OF_EVERY_NAMESPACE.has(`${resource.name}/${metadata.name}`))
        .map(({ metadata }) => ({ resource, namespace, name: metadata.name }));
    }),
  );
  return found.flat();
}

/** What of no namespace is new since the grounds were chosen. */
export async function newWideObjects(
  ask: Ask,
  { objects, foreign }: Pick<Grounds, 'objects' | 'foreign'>,
): Promise<{ readonly ours: readonly Target[]; readonly unknown: readonly Target[] }> {
  const wide = (await servedResources(ask)).filter(({ namespaced }) => !namespaced);
  const places = (await standing(ask, wide, objects)).filter((place) => !foreign.includes(place));
  const targets = places.flatMap((place) => {
    const [kind = '', name = ''] = place.split(/\/(.*)/s);
    const resource = wide.find((one) => one.name === kind);
    return resource ? [{ place, target: { resource, name } }] : [];
  });
  // Of a kind that is only named somebody else may have made others meanwhile.
  const [ours, unknown] = [true, false].map((named) =>
    targets.filter(({ place }) => objects.includes(place) === named).map(({ target }) => target),
  ) as [Target[], Target[]];
  return { ours, unknown };
}

async function checkFree(ask: Ask, name: string, served: readonly ServedResource[]): Promise<void> {
  const contents = await contentsOf(ask, name, served);
  if (contents.length === 0) return;
  const told = contents.slice(0, TOLD_MAX).map(({ resource, name: one }) => `${resource.kind} ${one}`);
  const more = contents.length > TOLD_MAX ? ` and ${contents.length - TOLD_MAX} more` : '';
  const holds = `namespace ${name} holds what is not the lab's: ${told.join(', ')}${more}`;
  throw new ClusterError(`${holds}. ${adviceFor(name)}`);
}

function adviceFor(name: string): string {
  return name === 'default'
    ? 'The lab works in it. Move these elsewhere, or use another cluster.'
    : 'The lab needs a namespace of this name. Draw other names by another seed, or use another cluster.';
}

function namespacesOf(
  manifests: readonly ManifestObject[],
  named: readonly NamedObject[],
  served: readonly ServedResource[],
): string[] {
  const names = new Set<string>();
  for (const { kind, apiVersion, metadata } of manifests) {
    const isNamespaced =
      served.find((one) => one.kind === kind && [one.group, one.version].filter(Boolean).join('/') === apiVersion)
        ?.namespaced ?? true;
    const name =
      kind === 'Namespace'
        ? metadata.name
        : (metadata.namespace ?? (isNamespaced && kind !== 'CustomResourceDefinition' ? 'default' : undefined));
    if (name === undefined) continue;
    if (SYSTEM.test(name))
      throw new ClusterError(`${kind} ${metadata.name} is to be made in ${name}, which is the cluster's own`);
    names.add(name);
  }
  for (const { kind, name } of named)
    if (kind === 'Namespace' && name !== undefined && !SYSTEM.test(name)) names.add(name);
  return [...names];
}

function asNamed({ kind, metadata }: ManifestObject): NamedObject {
  return { kind, name: metadata.name };
}

function wideObjects(wide: readonly ServedResource[], named: readonly NamedObject[]): string[] {
  const found = new Set<string>();
  for (const { kind, name } of named) {
    for (const resource of wide) if (resource.kind === kind) found.add(`${resource.name}/${name ?? '*'}`);
    // Objects of a kind that is only made now are known by their definition.
    if (kind === 'CustomResourceDefinition' && name !== undefined) {
      const [plural] = name.split('.');
      found.add(`${plural}/*`);
    }
  }
  return [...found];
}

/** The objects of these kinds that are there. */
async function standing(ask: Ask, wide: readonly ServedResource[], objects: readonly string[]): Promise<string[]> {
  const kinds = new Set(objects.map((place) => place.split('/')[0]));
  const found: string[] = [];
  for (const resource of wide.filter(({ name, verbs }) => kinds.has(name) && verbs.has('list'))) {
    const { status, body } = await ask({ method: 'GET', path: listPath(resource) });
    if (status !== 200) continue;
    for (const { metadata } of (body as { items?: Listed[] }).items ?? [])
      found.push(`${resource.name}/${metadata.name}`);
  }
  return found;
}
