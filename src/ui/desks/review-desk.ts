import type { CardRating, ReviewPorts } from '../learn-ports.js';
import { graphemes } from '../line/line.js';
import { messageOf } from '../screens/words.js';
import type { Intent } from '../store/event.js';
import type { ReviewState } from '../store/learn-state.js';
import type { Store } from '../store/store.js';
import { say } from '../words/words.js';

/** What a review does with the world around it. */
export interface ReviewDeskParts {
  readonly review: ReviewPorts;
  readonly store: Store;
  readonly fail: (title: string, message: string) => void;
}

/** Asks card after card. */
export class ReviewDesk {
  private readonly parts: ReviewDeskParts;

  constructor(parts: ReviewDeskParts) {
    this.parts = parts;
  }

  /** Shows the first card, or that there is none for now. */
  open(): void {
    const { review, store } = this.parts;
    store.dispatch({
      type: 'review',
      change: { about: review.about, rated: 0, right: 0, ...this.asked() },
      shown: true,
    });
  }

  perform(intent: Intent): void {
    const { review } = this.parts.store.get();
    if (!review) return;
    const number = /^number-(\d)$/.exec(intent)?.[1];
    if (review.answered) {
      const best: CardRating = review.answered.right ? 3 : 1;
      if (intent === 'answer') this.rate(review, best);
      else if (number !== undefined && Number(number) <= 4) this.rate(review, Number(number) as CardRating);
      return;
    }
    if (number !== undefined) this.take(review, Number(number) - 1);
    if (intent === 'undo')
      this.show({ given: review.given.slice(0, -1), text: graphemes(review.text).slice(0, -1).join('') });
    if (intent === 'clear') this.show({ text: '' });
    if (intent === 'answer') this.answer(review, review.card?.kind === 'gap' ? [review.text] : review.given);
  }

  /**
   * One of several choices answers at once, as does the last of what is put in order: it has to be pressed too, though it
   * has one place left, for whoever presses it all the same would rate the card.
   */
  private take(review: ReviewState, index: number): void {
    const { card, given } = review;
    const text = card?.texts[index];
    if (!card || text === undefined) return;
    if (card.kind === 'choices' && card.several === 1) return this.answer(review, [text]);
    if (given.includes(text)) {
      if (card.kind === 'choices') this.show({ given: given.filter((one) => one !== text) });
      return;
    }
    const taken = [...given, text];
    this.show({ given: taken });
    if (card.kind === 'order' && taken.length === card.texts.length) this.answer(review, taken);
  }

  private answer({ card }: ReviewState, given: readonly string[]): void {
    if (!card || given.every((text) => text.trim() === '')) return;
    this.show({ given, answered: this.parts.review.answer(card.id, given) });
  }

  private rate({ card, answered, rated, right }: ReviewState, rating: CardRating): void {
    if (!card || !answered) return;
    try {
      this.parts.review.rate(card.id, rating);
    } catch (error) {
      return this.parts.fail(say('keep.failed'), messageOf(error));
    }
    this.show({ rated: rated + 1, right: right + (answered.right ? 1 : 0), ...this.asked() });
  }

  private asked(): Omit<ReviewState, 'about' | 'rated' | 'right'> {
    return { ...this.parts.review.queue(), given: [], text: '', answered: undefined };
  }

  private show(change: Partial<ReviewState>): void {
    this.parts.store.dispatch({ type: 'review', change });
  }
}
