import { seededDice } from '../dice.js';
import type { CardMemory } from './card-memory.js';
import type { Card, Deck } from './deck.js';

/** A card with the name that its memory goes by: `cka/workloads/undo-a-rollout`. */
export interface NamedCard {
  readonly id: string;
  readonly deck: Deck;
  readonly card: Card;
}

export type Memories = Readonly<Record<string, CardMemory>>;

/** What there is to be asked now. */
export interface Queue {
  /** The next card; undefined when there is nothing for now. */
  readonly next: NamedCard | undefined;
  /** Seen before and asked now: due, or still being learnt and due within twenty minutes. */
  readonly due: number;
  /** Never seen, of those that are still to be shown in this sitting. */
  readonly fresh: number;
  /** When the next card is due, in milliseconds since the Unix epoch; undefined when none was ever seen. */
  readonly later: number | undefined;
}

/** Cards of these decks, in the order they are written in. */
export function cardsOf(decks: readonly Deck[]): NamedCard[] {
  return decks.flatMap((deck) => deck.content.spec.cards.map((card) => ({ id: `${deck.id}/${card.id}`, deck, card })));
}

/** The names of all cards of these decks. */
export function cardNames(decks: readonly Deck[]): ReadonlySet<string> {
  return new Set(cardsOf(decks).map(({ id }) => id));
}

/** A card that is due within so long is asked now when nothing else is left: learning goes in steps of minutes. */
const AHEAD_MILLISECONDS = 20 * 60_000;
const LEARNING = 2;

/**
 * What is asked at `now`: the card that has been due for longest, then one that was never seen while `freshMax` allows,
 * then one that is still being learnt and due within twenty minutes; not the card `last` again while there is another.
 */
export function queueAt(
  cards: readonly NamedCard[],
  memories: Memories,
  { now, freshMax, last }: { readonly now: number; readonly freshMax: number; readonly last?: string | undefined },
): Queue {
  const seen = cards
    .flatMap((card) => {
      const memory = memories[card.id];
      return memory ? [{ card, due: Date.parse(memory.due), learning: memory.state !== LEARNING }] : [];
    })
    .sort((one, other) => one.due - other.due);
  const due = seen.filter((one) => one.due <= now);
  const fresh = cards.filter(({ id }) => memories[id] === undefined).slice(0, Math.max(0, freshMax));
  const ahead = seen.filter((one) => one.learning && one.due > now && one.due <= now + AHEAD_MILLISECONDS);
  const candidates = [...due.map(({ card }) => card), ...fresh, ...ahead.map(({ card }) => card)];
  return {
    next: candidates.find(({ id }) => id !== last) ?? candidates[0],
    due: due.length + ahead.length,
    fresh: fresh.length,
    later: seen.find((one) => one.due > now)?.due,
  };
}

/** What can be chosen or put in order, in an order that depends on how often the card was seen. */
export function shuffled(id: string, seen: number, texts: readonly string[]): string[] {
  const dice = seededDice(`${id} ${seen}`);
  const left = [...texts];
  const drawn: string[] = [];
  while (left.length > 0) drawn.push(...left.splice(dice(`${left.length}`).below(left.length), 1));
  const same = drawn.every((text, index) => text === texts[index]);
  return same ? [...drawn.slice(1), ...drawn.slice(0, 1)] : drawn;
}
