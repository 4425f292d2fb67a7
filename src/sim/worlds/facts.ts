import { findKind } from '../api/kinds.js';
import type { KubeObject } from '../api/object.js';
import { readManifests } from '../api/yaml/manifests.js';
import { FAULTS } from './faults/index.js';
import { WORLDS } from './index.js';

/** What labs may name: faults, and the hosts of each ready-made world by their base names. */
export interface WorldFacts {
  readonly faults: readonly string[];
  readonly hosts: ReadonlyMap<string, readonly string[]>;
}

let known: WorldFacts | undefined;

/** What there is for labs to name; worked out once, for every plan of a world is made for it. */
export function worldFacts(): WorldFacts {
  known ??= gatherFacts();
  return known;
}

function gatherFacts(): WorldFacts {
  const hosts = [...WORLDS].map(([name, recipe]) => [name, recipe({}).hosts.map(({ base }) => base)] as const);
  return { faults: [...FAULTS.keys()].sort(), hosts: new Map(hosts) };
}

/**
 * Why manifests could not be created in a new cluster, as the world's own reader finds it: what is no YAML, and objects
 * without kind or name, or of a kind that there is not. Clauses without full stops.
 */
export function manifestProblems(text: string): string[] {
  const { documents, error } = readManifests(text);
  if (error) return [error];
  const objects = documents
    .map(({ value }) => value as unknown as KubeObject | null)
    .filter((value): value is KubeObject => value !== null);
  const customGroups = new Set(objects.filter(({ kind }) => kind === 'CustomResourceDefinition').flatMap(groupOf));
  return objects.flatMap(({ apiVersion, kind, metadata }, index) => {
    const which = `document ${index + 1}`;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [`${which} has no apiVersion and kind`];
    if (!metadata?.name && !(metadata as { generateName?: string } | undefined)?.generateName)
      return [`${which}, a ${kind}, has no name`];
    const known = findKind(apiVersion, kind) !== undefined || customGroups.has(apiVersion.split('/')[0] as string);
    return known ? [] : [`there is no kind ${kind} in ${apiVersion}`];
  });
}

/** Whether a cluster as it begins serves a kind. */
export function isKind(apiVersion: string, kind: string): boolean {
  return findKind(apiVersion, kind) !== undefined;
}

function groupOf(definition: KubeObject): string[] {
  const { group } = (definition as unknown as { spec?: { group?: string } }).spec ?? {};
  return group === undefined ? [] : [group];
}
