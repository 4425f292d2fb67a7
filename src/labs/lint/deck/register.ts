import type { DeckFile } from '../../cards/deck.js';
import type { FileRule, Linted } from '../rule.js';
import { cards } from './cards.js';
import { placed } from './placed.js';

/** A rule about what a deck says. */
export type DeckRule = FileRule<Linted<DeckFile>>;

/** What every deck is held to whenever it is read: a card that is wrong teaches what is wrong. */
export const DECK_RULES: readonly DeckRule[] = [...cards, ...placed];
