import { answersOf, type Deck, GAP } from '../../labs/cards/deck.js';
import { isRight } from '../../labs/cards/judge.js';
import { cardsOf, type NamedCard, queueAt, shuffled } from '../../labs/cards/queue.js';
import { outcomes, RATINGS } from '../../labs/cards/schedule.js';
import type { Certification } from '../../labs/format/lab.js';
import type { ProgressStore } from '../../labs/progress/store.js';
import type { AnsweredCard, CardRating, CardView, ReviewPorts, ReviewQueue } from '../../ui/learn-ports.js';

/** Cards that were never seen are asked so many in one sitting: each comes back often in the days after. */
const FRESH_MAX = 10;

/** The screens' ports for the cards of these decks, or of one certification's among them. */
export function reviewPorts(
  decks: readonly Deck[],
  { progress: store, certification }: { readonly progress: ProgressStore; readonly certification?: Certification },
  clock: () => number = Date.now,
): ReviewPorts {
  const cards = cardsOf(
    decks.filter(({ content }) => certification === undefined || content.spec.certification === certification),
  );
  let freshLeft = FRESH_MAX;
  let last: string | undefined;
  const memoryOf = (id: string) => store.progress.cards[id];
  const named = (id: string): NamedCard => cards.find((one) => one.id === id) as NamedCard;
  return {
    about: certification?.toUpperCase() ?? '',
    queue: (): ReviewQueue => {
      const now = clock();
      const { next, due, fresh, later } = queueAt(cards, store.progress.cards, { now, freshMax: freshLeft, last });
      return {
        card: next && viewOf(next, memoryOf(next.id)?.reps ?? 0),
        due,
        fresh,
        later: cards.length === 0 || later === undefined ? undefined : later - now,
      };
    },
    answer: (id, given) => answerTo(named(id), given, (now) => outcomes(memoryOf(id), now), clock()),
    rate: (id, rating) => {
      const before = memoryOf(id);
      store.saveCard(id, outcomes(before, clock())[rating]);
      if (!before) freshLeft -= 1;
      last = id;
    },
  };
}

function answerTo(
  { card }: NamedCard,
  given: readonly string[],
  outcomesAt: (now: number) => ReturnType<typeof outcomes>,
  now: number,
): AnsweredCard {
  const next = outcomesAt(now);
  return {
    right: isRight(card, given),
    answers: 'order' in card ? card.order : answersOf(card),
    why: card.why,
    next: Object.fromEntries(RATINGS.map((rating) => [rating, Date.parse(next[rating].due) - now])) as Record<
      CardRating,
      number
    >,
  };
}

function viewOf({ id, deck, card }: NamedCard, seen: number): CardView {
  const { metadata, spec } = deck.content;
  const view = { id, deck: metadata.title, certification: spec.certification, question: card.question, gap: undefined };
  if ('choices' in card)
    return { ...view, kind: 'choices', texts: shuffled(id, seen, card.choices), several: answersOf(card).length };
  if ('order' in card) return { ...view, kind: 'order', texts: shuffled(id, seen, card.order), several: 0 };
  return { ...view, kind: 'gap', texts: [], several: 0, gap: { text: card.gap, mark: GAP } };
}
