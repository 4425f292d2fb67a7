import type { KubeObject } from '../api/object.js';
import type { Store } from '../store/store.js';
import type { RequestContext } from './request/context.js';
import { noteRequester } from './requester.js';
import type { ServedKind } from './served-kind.js';
import { keepAddressObjects } from './services/address-objects.js';
import { allocateService } from './services/allocate.js';

/** Gives an object what only the server has, who asks and what comes from shared pools, before it is validated. `old` is undefined for a new object. Throws 422. */
export function beforeWrite(
  context: RequestContext,
  kind: ServedKind,
  store: Store,
  object: KubeObject,
  old: KubeObject | undefined,
): void {
  if (kind.group === 'certificates.k8s.io' && !old) noteRequester(object, context.user);
  if (kind.kind === 'Service' && kind.group === '') allocateService(context.parts, store, object, old);
}

/** Does what follows from an object that was written, or is gone: `object` is undefined then, `old` for a new one. */
export function afterWrite(
  context: RequestContext,
  kind: ServedKind,
  store: Store,
  object: KubeObject | undefined,
  old: KubeObject | undefined,
): void {
  keepAddressObjects(context.parts, kind, store, object, old);
}
