import type { Waiting } from '../../kernel/wait.js';
import type { RequestContext } from '../request/context.js';
import type { Answer } from '../respond/answer.js';
import { REVIEW_KINDS, reviewOf } from '../reviews/index.js';
import type { ServedKind } from '../served-kind.js';
import { bindingKind, createBinding } from './binding.js';
import { componentStatusKind, readComponents } from './component-status.js';

type Serve = (context: RequestContext) => Waiting<Answer>;

const OTHERS: ReadonlyMap<ServedKind, Serve> = new Map([
  [bindingKind, createBinding],
  [componentStatusKind, readComponents],
]);

/** Kinds that are served and never stored. */
export const UNSTORED_KINDS: readonly ServedKind[] = [...OTHERS.keys(), ...REVIEW_KINDS];

/** What serves a kind of which nothing is stored; undefined for all others. */
export function unstoredOf(kind: ServedKind): Serve | undefined {
  return OTHERS.get(kind) ?? reviewOf(kind);
}
