/** Kinds that are served in several versions and kept in one. */
import type { ApiKind, StoredAs } from './kind.js';

/** What a further version has of its own: its names, its defaults, the way there and back. */
type ServedVersion = Pick<ApiKind, 'group' | 'version' | 'applyDefaults'> & Partial<ApiKind> & Omit<StoredAs, 'kind'>;

/**
 * A further version of a stored kind. What is not said is as the stored kind has it; rules and printers that are said
 * see objects in the kept form, as all of a strategy does.
 */
export function defineServedVersion(stored: ApiKind, own: ServedVersion): ApiKind {
  const { toStored, fromStored, ...definition } = own;
  return { ...stored, ...definition, storedAs: { kind: stored, toStored, fromStored } };
}
