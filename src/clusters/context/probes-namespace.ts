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

/** That namespace, once it is there; undefined where pods stand in `default` itself. */
export function elsewhereOf({ attempt, made }: Pick<Namespaces, 'attempt' | 'made'>): string | undefined {
  const own = nameFor(attempt);
  return made.includes(own) ? own : undefined;
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
