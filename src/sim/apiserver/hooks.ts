import type { KubeObject } from '../api/object.js';
import type { Store } from '../store/store.js';
import type { RequestContext } from './request/context.js';
import type { ServedKind } from './served-kind.js';

/**
 * Takes what a new object needs from shared pools (a Service's addresses and ports) before it is validated. What is
 * returned gives it back when the create comes to nothing.
 */
export function beforeCreate(
  _context: RequestContext,
  _kind: ServedKind,
  _store: Store,
  _object: KubeObject,
  _dryRun: boolean,
): () => void {
  return () => {};
}

/** What follows from a create that happened. */
export function afterCreate(_context: RequestContext, _kind: ServedKind, _store: Store, _object: KubeObject): void {}

/** The same for a change; what is returned undoes it. */
export function beforeUpdate(
  _context: RequestContext,
  _kind: ServedKind,
  _store: Store,
  _object: KubeObject,
  _old: KubeObject,
  _dryRun: boolean,
): () => void {
  return () => {};
}

/** What follows from an update that happened. */
export function afterUpdate(
  _context: RequestContext,
  _kind: ServedKind,
  _store: Store,
  _object: KubeObject,
  _old: KubeObject,
): void {}

/** What follows from a deletion that happened. */
export function afterDelete(_context: RequestContext, _kind: ServedKind, _store: Store, _object: KubeObject): void {}
