import { internalError, StatusError, tooManyRequests } from '../../api/status.js';
import type { ServerParts } from '../parts.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { UnreadableError } from './stored-bytes.js';
import { storageKey } from './stored-object.js';

/** Clients are told to ask again so much later. */
const RETRY_SECONDS = 10;

/** Refuses to list or watch a kind as long as one object of it cannot be read. Throws 429. */
export function refuseStuck({ storage }: Pick<ServerParts, 'storage'>, kind: ServedKind): void {
  const problem = storage?.stuckUnder(storageKey(kind, ''));
  if (!problem) return;
  const why = `storage is (re)initializing: failed to list ${typeName(kind)}: ${problem.named}`;
  throw new StatusError(tooManyRequests(why, RETRY_SECONDS));
}

/** What a cache of the real server calls the objects it holds: its own Go type, or the kind of custom ones. */
function typeName(kind: ServedKind): string {
  if (kind.custom) return `${apiVersionOf(kind)}, Kind=${kind.kind}`;
  const [first = ''] = kind.group.split('.');
  const name = kind.group === 'internal.apiserver.k8s.io' ? 'apiserverinternal' : first;
  return `*${name === '' || name === 'events' ? 'core' : name}.${kind.kind}`;
}

/** Runs what reads many objects at once: whoever does names the one that cannot be read. */
export function namingUnreadable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableError) throw new StatusError(internalError(error.named));
    throw error;
  }
}
