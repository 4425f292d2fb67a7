import type { LabFile } from './lab.js';

/** The hosts that a world may have, by their base names. */
const HOSTS = { controlplane: 'controlplane', node01: 'node01', node02: 'node02', base: 'base' } as const;

/** The names of a lab's hosts by their base names: a lab may rename them. */
export function hostsOf({ hosts }: LabFile['spec']['world']): Record<string, string> {
  return { ...HOSTS, ...hosts };
}

/** The names of its own hosts that are the same for every draw: all but the base, which is one for every task. */
export function fixedHosts({ spec }: Pick<LabFile, 'spec'>): string[] {
  return Object.entries(hostsOf(spec.world ?? {})).flatMap(([base, name]) =>
    base === 'base' || name.includes('{{') ? [] : [name],
  );
}
