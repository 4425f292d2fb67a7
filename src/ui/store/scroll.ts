import type { Intent } from './event.js';

/** A scroll position after an intent. `last` is the one at which the end is seen. */
export function scrollBy(scroll: number, intent: Intent, page: number, last: number): number {
  const move: Partial<Record<Intent, number>> = {
    up: -1,
    down: 1,
    'page-up': -page,
    'page-down': page,
    home: -Infinity,
    end: Infinity,
  };
  // A window that has grown since may show more than it did.
  return Math.max(0, Math.min(last, Math.min(last, scroll) + (move[intent] ?? 0)));
}
