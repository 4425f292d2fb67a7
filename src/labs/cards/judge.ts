import { answersOf, type Card } from './deck.js';

/** What somebody answered: the choices they took, what they put in order, or what they typed into the gap. */
export type Answer = readonly string[];

/** Whether an answer is right. */
export function isRight(card: Card, given: Answer): boolean {
  if ('order' in card) return same(card.order, given);
  const right = answersOf(card);
  if ('choices' in card) return given.length === right.length && right.every((one) => given.includes(one));
  const [typed = ''] = given;
  return right.some((one) => sameText(one, typed));
}

/** Whether two texts say the same: blanks at the ends and how many there are between words do not matter, nor quotes around. */
export function sameText(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(text: string): string {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  return /^(["'])(.*)\1$/.exec(trimmed)?.[2] ?? trimmed;
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}
