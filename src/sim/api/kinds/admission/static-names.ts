import type { KubeObject } from '../../object.js';

const SUFFIX = '.static.k8s.io';

/** A warning about a name that is meant for configurations from files. */
export function staticNameWarnings({ metadata }: KubeObject): string[] {
  if (!metadata.name?.endsWith(SUFFIX)) return [];
  return [
    `metadata.name: names ending with "${SUFFIX}" are reserved for static manifest-based configurations and cannot be managed via the API`,
  ];
}
