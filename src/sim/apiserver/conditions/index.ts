import { ownField } from '../../api/set-field.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import { settleApiServices } from './api-services.js';
import { settleDefinitions } from './custom-resource-definitions.js';
import { settleFlowSchemas } from './flow-schemas.js';

/** Whose objects get their conditions from the server itself, by API group. */
const SETTLE: Readonly<Record<string, (parts: ServerParts, store: Store) => void>> = {
  'apiextensions.k8s.io': settleDefinitions,
  'apiregistration.k8s.io': settleApiServices,
  'flowcontrol.apiserver.k8s.io': settleFlowSchemas,
};

/**
 * Brings conditions that the server itself keeps up to date after something of a group was written. A real server's
 * controllers do so a moment later; whoever made the change has got its answer without them, and does here.
 */
export function settleConditions(parts: ServerParts, store: Store, group: string): void {
  ownField(SETTLE, group)?.(parts, store);
}

/** Whether a request may have changed what conditions are about. */
export function concernsConditions({ group, verb }: { readonly group: string; readonly verb: string }): boolean {
  return Object.hasOwn(SETTLE, group) && verb !== 'get' && verb !== 'list' && verb !== 'watch';
}
