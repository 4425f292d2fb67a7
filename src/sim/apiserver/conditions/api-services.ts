import type { APIService } from '../../api/types/api-service.js';
import type { Store } from '../../store/store.js';
import { unreachable, writeAvailability } from '../extensions/aggregation/availability.js';
import type { ServerParts } from '../parts.js';
import { allObjects } from '../storage/get.js';

/** Says in the status of each APIService that another server stands behind whether its service is there; whether it answers is found out later. */
export function settleApiServices(parts: ServerParts, store: Store): void {
  const kind = parts.kinds.kind('apiregistration.k8s.io/v1', 'APIService');
  if (!kind) return;
  for (const object of allObjects(store, kind) as APIService[]) {
    const found = object.spec.service && unreachable(parts, store, object);
    if (found) writeAvailability(parts, store, object, found);
  }
}
