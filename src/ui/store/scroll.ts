import type { Intent } from './event.js';

const FAR = 100_000;

/** A scroll position after an intent; whoever draws keeps it from going beyond the end. */
export function scrollBy(scroll: number, intent: Intent, page: number): number {
  const move: Partial<Record<Intent, number>> = {
    up: -1,
    down: 1,
    'page-up': -page,
    'page-down': page,
    home: -FAR,
    end: FAR,
  };
  return Math.max(0, Math.min(FAR, scroll + (move[intent] ?? 0)));
}
