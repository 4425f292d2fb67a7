import { ownField } from '../../api/set-field.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import type { RequestInfo } from '../request/request-info.js';
import { settleApiServices } from './api-services.js';
import { settleDefinitions } from './custom-resource-definitions.js';
import { settleFlowSchemas } from './flow-schemas.js';

/** Whose objects get their conditions from the server itself, by API group. */
const SETTLE: Readonly<Record<string, (parts: ServerParts, store: Store) => Waiting<void> | undefined>> = {
  'apiextensions.k8s.io': settleDefinitions,
  'apiregistration.k8s.io': sync(settleApiServices),
  'flowcontrol.apiserver.k8s.io': sync(settleFlowSchemas),
};

/**
 * Brings conditions that the server itself keeps up to date after something of a group was written. A real server's
 * controllers do so a moment later; whoever made the change has got its answer without them, and does here.
 */
export function* settleConditions(parts: ServerParts, store: Store, group: string): Waiting<void> {
  const step = ownField(SETTLE, group)?.(parts, store);
  if (step) yield* step;
}

/** Whether a request may have changed what conditions are about. */
function concernsConditions({ group, verb }: { readonly group: string; readonly verb: string }): boolean {
  return Object.hasOwn(SETTLE, group) && !READS.has(verb);
}

/** The group whose conditions a request may have changed: of the last objects of a kind that is going away, the definitions'. */
export function settledGroup(parts: ServerParts, info: RequestInfo): string | undefined {
  if (concernsConditions(info)) return info.group;
  if (READS.has(info.verb) || !info.group.includes('.')) return undefined;
  const kind = parts.kinds.resource(info.group, info.version, info.resource);
  return kind?.custom?.terminating ? 'apiextensions.k8s.io' : undefined;
}

const READS = new Set(['get', 'list', 'watch']);

function sync(settle: (parts: ServerParts, store: Store) => void): (parts: ServerParts, store: Store) => undefined {
  return (parts, store) => {
    settle(parts, store);
    return undefined;
  };
}
