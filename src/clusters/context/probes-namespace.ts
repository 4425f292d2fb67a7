import { applyManifests, type ManifestHow } from '../real/manifests.js';
import { type NamedObject, triesFromElsewhere } from '../real/named-objects.js';
import type { Ask } from '../real/resources.js';
import type { AttemptRecord } from './record.js';

/** A namespace's name has 63 characters at most. */
const SUFFIX_MAX = 40;
const DEFAULT = 'default';

type Namespaces = Pick<AttemptRecord, 'attempt' | 'made' | 'used'>;

/** The namespace in which an attempt's pods stand that try something from elsewhere; none where it has `default` or needs none. */
export function probesNamespaces(
  { attempt, made, used }: Namespaces,
  named: readonly NamedObject[],
): readonly string[] {
  return triesFromElsewhere(named) && !has({ made, used }, DEFAULT) ? [nameFor(attempt)] : [];
}

/** Where pods are made that are to stand in a namespace: somebody's own `default` stays as it is. */
export function standInFor(namespace: string, { attempt, made, used }: Namespaces): string {
  const own = nameFor(attempt);
  return namespace === DEFAULT && !has({ made, used }, DEFAULT) && made.includes(own) ? own : namespace;
}

/** Makes it. Throws `ClusterError`. */
export async function makeProbesNamespace(api: { request: Ask }, record: Namespaces, how: ManifestHow): Promise<void> {
  const name = nameFor(record.attempt);
  if (!record.made.includes(name)) return;
  await applyManifests(api, JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }), how);
}

function has({ made, used }: Pick<Namespaces, 'made' | 'used'>, namespace: string): boolean {
  return made.includes(namespace) || used.includes(namespace);
}

function nameFor(attempt: string): string {
  const suffix = attempt
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(-SUFFIX_MAX);
  return `kubedrill-probes-${suffix.replaceAll(/^-+|-+$/g, '')}`;
}
