import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import { settleRegistrations } from '../extensions/definitions/api-services.js';
import { settleDeleted } from '../extensions/definitions/finalizing.js';
import { settleNames } from '../extensions/definitions/naming.js';
import type { ServerParts } from '../parts.js';

/** What the server's own controllers do when a definition was written: names, deletion, the APIServices of its versions. */
export function* settleDefinitions(parts: ServerParts, store: Store): Waiting<void> {
  const kind = parts.kinds.kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
  if (!kind) return;
  settleNames(parts, store, kind);
  settleDeleted(parts, store, kind);
  // What was deleted has given its names back.
  settleNames(parts, store, kind);
  yield* settleRegistrations(parts, store, kind);
}
