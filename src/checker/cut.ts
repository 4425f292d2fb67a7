import { harmless } from '../clusters/plain-text.js';

/** What is shown of a value at most. */
const SHOWN_MAX = 200;
/** So much of what two texts have in common is left before the place where they part. */
const LEAD = 30;

/**
 * Two texts on one line each, cut to what matters: where both are long and begin alike, from shortly before the place
 * where they part.
 */
export function cutPair(expected: string, found: string): { readonly expected: string; readonly found: string } {
  const [one, other] = [oneLine(expected), oneLine(found)];
  const from = one === other ? 0 : startOfDifference(one, other);
  return { expected: cutFrom(one, from), found: cutFrom(other, from) };
}

function startOfDifference(one: string, other: string): number {
  if (one.length <= SHOWN_MAX && other.length <= SHOWN_MAX) return 0;
  let same = 0;
  while (same < one.length && same < other.length && one[same] === other[same]) same += 1;
  return same > 2 * LEAD ? same - LEAD : 0;
}

function cutFrom(text: string, from: number): string {
  const head = from === 0 ? '' : '…';
  const rest = text.slice(from);
  return rest.length > SHOWN_MAX ? `${head}${rest.slice(0, SHOWN_MAX)}…` : `${head}${rest}`;
}

function oneLine(text: string): string {
  return harmless(text.replace(/\r?\n/g, '⏎'));
}
