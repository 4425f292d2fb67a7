import type { State } from '../store/state.js';
import type { KeyTable } from './key-row.js';
import * as tables from './learn-tables.js';

/** The keys of a review, by what is asked and whether it is answered. */
export function reviewTable({ review }: State): KeyTable {
  if (!review?.card) return tables.REVIEW_DONE_KEYS;
  if (review.answered) return tables.REVIEW_ANSWERED_KEYS;
  switch (review.card.kind) {
    case 'choices':
      return review.card.several === 1 ? tables.REVIEW_CHOICE_KEYS : tables.REVIEW_CHOICES_KEYS;
    case 'order':
      return tables.REVIEW_ORDER_KEYS;
    case 'gap':
      return tables.REVIEW_GAP_KEYS;
  }
}

/** Whether what is typed goes into a card's gap. */
export function fillsGap({ review, screen }: State): boolean {
  return screen.name === 'review' && review?.card?.kind === 'gap' && !review.answered;
}
