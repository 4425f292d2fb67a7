import { loadAll } from 'js-yaml';
import type { Capability } from '../../clusters/port.js';
import { hasFields } from '../has-fields.js';

/** Kinds that belong to a cluster as it is: who changes one changes it for everybody. */
const OF_THE_SYSTEM = ['APIService', 'Node'];
/** What a cluster has from the beginning. */
const THERE_ALREADY = /^(?:system:|kube-|cluster-admin$|admin$|edit$|view$)/;
const CLUSTER_WIDE = ['ClusterRole', 'ClusterRoleBinding', 'Namespace', 'PriorityClass'];

/**
 * What it takes to apply manifests: nothing, but where they change what a cluster has from the beginning, or where
 * containers must really run: one that is probed, or that is to end. What is no YAML (a patch with blanks, a script) tells nothing.
 */
export function needsOfManifests(text: string): Capability[] {
  const needs = new Set<Capability>();
  if (/\b(?:liveness|readiness|startup)Probe\b/.test(text)) needs.add('containers');
  for (const { kind, metadata = {} } of documentsIn(text)) {
    const { name, namespace } = metadata as { readonly name?: unknown; readonly namespace?: unknown };
    const changesSystem =
      OF_THE_SYSTEM.includes(String(kind)) ||
      (typeof namespace === 'string' && namespace.startsWith('kube-')) ||
      (CLUSTER_WIDE.includes(String(kind)) && THERE_ALREADY.test(String(name)));
    if (changesSystem) needs.add('system');
    if (kind === 'Job' || kind === 'CronJob') needs.add('containers');
  }
  return [...needs];
}

interface Document {
  readonly kind?: unknown;
  readonly metadata?: object;
}

function documentsIn(text: string): readonly Document[] {
  try {
    return loadAll(text)
      .filter(hasFields)
      .map(({ kind, metadata }) => ({ kind, ...(hasFields(metadata) ? { metadata } : {}) }));
  } catch {
    return [];
  }
}
