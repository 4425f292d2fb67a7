import type { CatalogueView, InterruptedAttempt } from '../ports.js';
import type { Overlay } from './state.js';

/** The attempts that are offered to go on with: all, or those at the lab that was to begin, with its seed if one is given. */
export function attemptsOffered(
  { unfinished }: Pick<CatalogueView, 'unfinished'>,
  { wanted }: Pick<Extract<Overlay, { name: 'unfinished' }>, 'wanted'>,
): readonly InterruptedAttempt[] {
  if (!wanted) return unfinished;
  return unfinished.filter(
    ({ lab, seed, exam, elsewhere }) =>
      lab === wanted.id && !exam && !elsewhere && (wanted.seed === undefined || seed === wanted.seed),
  );
}

/** An exam is hours of work, and of a real cluster something stays behind: one key drops neither. */
export function isDroppedTwice(attempt: InterruptedAttempt | undefined): boolean {
  return attempt?.exam !== undefined || attempt?.cluster !== undefined;
}
