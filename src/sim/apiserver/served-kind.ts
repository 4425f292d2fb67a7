import type { ApiKind } from '../api/kinds/kind.js';

/** A kind as this server serves it. */
export type ServedKind = ApiKind;

/** Tells resources apart: `pods`, `deployments.apps`. */
export function groupResource(kind: ServedKind): { group: string; resource: string } {
  return { group: kind.group, resource: kind.plural };
}

/** `v1`, `apps/v1`. */
export function apiVersionOf(kind: Pick<ServedKind, 'group' | 'version'>): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}
