import { ClusterError } from '../port.js';
import { ATTEMPT_LABEL, type ManifestObject } from '../real/manifests.js';
import type { NamedObject } from '../real/named-objects.js';
import type { Target } from '../real/remove-objects.js';
import {
  type Ask,
  groupResource,
  groupVersion,
  listPath,
  mustList,
  type ServedResource,
  servedResources,
} from '../real/resources.js';
import { contentsOf } from './namespace-contents.js';

/** Where a lab may be on somebody's cluster. */
export interface Grounds {
  /** Namespaces that are to be made for it. */
  readonly made: readonly string[];
  /** Namespaces that are there and empty. */
  readonly used: readonly string[];
  /** What of no namespace it names: `clusterroles.rbac.authorization.k8s.io/reader`, or `…/*`. */
  readonly objects: readonly string[];
  /** What of these kinds was there before. */
  readonly foreign: readonly string[];
}

interface Listed {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
}

/** An object of no namespace, and the attempt that its label names. */
interface WideObject extends Target {
  readonly attempt: string | undefined;
}

/** Namespaces of the cluster itself: they are read, never written. */
const SYSTEM = /^kube-/;
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
    if (await isThere(ask, attempt, name)) {
      await checkFree(ask, name, served);
      used.push(name);
    } else made.push(name);
  }
  const wide = served.filter(({ namespaced, name }) => !namespaced && name !== 'namespaces' && name !== 'nodes');
  const objects = wideObjects(wide, [...manifests.map(asNamed), ...named]);
  const foreign = (await standing(ask, wide, objects)).map(placeOf);
  for (const { apiVersion, kind, metadata } of manifests) {
    const { group } = groupVersion(apiVersion);
    const resource = wide.find((one) => one.kind === kind && one.group === group);
    if (resource && foreign.includes(`${groupResource(resource)}/${metadata.name}`))
      throw new ClusterError(`${kind} ${metadata.name} is there already, and it is not the lab's: it would be changed`);
  }
  return { made, used, objects, foreign };
}

/** What of no namespace is new since the grounds were chosen. */
export async function newWideObjects(
  ask: Ask,
  { objects, foreign }: Pick<Grounds, 'objects' | 'foreign'>,
): Promise<{ readonly ours: readonly WideObject[]; readonly unknown: readonly WideObject[] }> {
  const wide = (await servedResources(ask)).filter(({ namespaced }) => !namespaced);
  const found = (await standing(ask, wide, objects)).filter((one) => !foreign.includes(placeOf(one)));
  // Of a kind that is only named somebody else may have made others meanwhile.
  const isNamed = (one: WideObject): boolean => objects.includes(placeOf(one));
  return { ours: found.filter(isNamed), unknown: found.filter((one) => !isNamed(one)) };
}

/** Whether a namespace is there and was not made for this attempt. Throws `ClusterError` when that cannot be told, or it is going. */
async function isThere(ask: Ask, attempt: string, name: string): Promise<boolean> {
  const { status, body, error } = await ask({ method: 'GET', path: `/api/v1/namespaces/${encodeURIComponent(name)}` });
  if (status === 404) return false;
  if (status !== 200) throw new ClusterError(`Namespace ${name} cannot be looked at: ${error ?? `status ${status}`}`);
  const { labels = {}, deletionTimestamp } = (body as Listed).metadata;
  if (deletionTimestamp !== undefined)
    throw new ClusterError(`Namespace ${name} is still being deleted. Try again when it is gone.`);
  return labels[ATTEMPT_LABEL] !== attempt;
}

async function checkFree(ask: Ask, name: string, served: readonly ServedResource[]): Promise<void> {
  const own = await contentsOf(ask, name, served);
  // A controller may be elsewhere: a node, or an object of no namespace.
  const contents = own.length > 0 ? own : await contentsOf(ask, name, served, 'controlled');
  if (contents.length === 0) return;
  const told = contents.slice(0, TOLD_MAX).map(({ resource, name: one }) => `${resource.kind} ${one}`);
  const more = contents.length > TOLD_MAX ? ` and ${contents.length - TOLD_MAX} more` : '';
  const holds = `Namespace ${name} holds what is not the lab's: ${told.join(', ')}${more}`;
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
    for (const resource of wide) if (resource.kind === kind) found.add(`${groupResource(resource)}/${name ?? '*'}`);
    // Objects of a kind that is only made now are known by their definition, whose name is the kind's plural and group.
    if (kind === 'CustomResourceDefinition' && name?.includes('.')) found.add(`${name}/*`);
  }
  return [...found];
}

/**
 * The objects of these kinds that are there. What were taken for nobody's would be deleted in the end: throws `ClusterError`
 * when it is not told.
 */
async function standing(ask: Ask, wide: readonly ServedResource[], objects: readonly string[]): Promise<WideObject[]> {
  const kinds = new Set(objects.map((place) => place.split('/')[0]));
  const found: WideObject[] = [];
  for (const resource of wide.filter((one) => kinds.has(groupResource(one)) && one.verbs.has('list')))
    for (const { metadata } of await mustList<Listed>(ask, listPath(resource)))
      found.push({ resource, name: metadata.name, attempt: metadata.labels?.[ATTEMPT_LABEL] });
  return found;
}

function placeOf({ resource, name }: WideObject): string {
  return `${groupResource(resource)}/${name}`;
}
