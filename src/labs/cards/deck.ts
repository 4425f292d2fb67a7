import type { Certification } from '../format/lab.js';

interface CardParts {
  readonly id: string;
  /** The task types it is about, by their ids in content/curriculum.yaml. */
  readonly types: readonly string[];
  /** As Markdown. */
  readonly question: string;
  /** Why it is so, as Markdown; told after the answer. */
  readonly why: string;
}

/** One or several of these are right. */
export interface ChoiceCard extends CardParts {
  readonly choices: readonly string[];
  /** The right one, or all that are right. */
  readonly answer: string | readonly string[];
}

/** What is to be put in order, as it is in the end. */
export interface OrderCard extends CardParts {
  readonly order: readonly string[];
}

/** A text with one gap in it, and what belongs there. */
export interface GapCard extends CardParts {
  /** With `____` where the gap is. */
  readonly gap: string;
  /** The answer, or all that are taken for right, of which the first is told. */
  readonly answer: string | readonly string[];
}

export type Card = ChoiceCard | OrderCard | GapCard;

/** A file of cards. Field by field explained in the JSON Schema. */
export interface DeckFile {
  readonly apiVersion: 'kubedrill.dev/v1';
  readonly kind: 'Deck';
  readonly metadata: { readonly name: string; readonly title: string };
  readonly spec: { readonly certification: Certification; readonly cards: readonly Card[] };
}

/** A deck with the name it goes by: `cka/workloads`. */
export interface Deck {
  readonly id: string;
  readonly file: string;
  readonly content: DeckFile;
}

/** Marks the gap. */
export const GAP = '____';

/** The right answers of a card, in the order they are written in. */
export function answersOf(card: ChoiceCard | GapCard): readonly string[] {
  return [card.answer].flat() as readonly string[];
}
