import { findKind } from '../api/kinds.js';
import type { ResourceType } from '../client/client.js';

/** Where a kind's objects live in the API; undefined for a kind that does not exist. */
export function resourceTypeOf(apiVersion: string, kind: string): ResourceType | undefined {
  const found = findKind(apiVersion, kind);
  return (
    found && {
      group: found.group,
      version: found.version,
      resource: found.plural,
      kind: found.kind,
      namespaced: found.namespaced,
    }
  );
}
