import { answersOf, type Card, GAP } from '../../cards/deck.js';
import { sameText } from '../../cards/judge.js';
import type { Report } from '../rule.js';
import type { DeckRule } from './register.js';

const twinCard: DeckRule = {
  name: 'twin-card',
  says: 'each card of a deck has an id of its own',
  remedy: 'give one of them another',
  severity: 'error',
  check({ content: { spec } }, report) {
    const ids = new Set<string>();
    spec.cards.forEach(({ id }, index) => {
      if (ids.has(id)) report(`spec/cards/${index}/id`, `another card has the id ${id}`);
      ids.add(id);
    });
  },
};

const unknownAnswer: DeckRule = {
  name: 'unknown-answer',
  says: 'an answer is one of the choices, letter by letter',
  remedy: 'write it as it stands among the choices',
  severity: 'error',
  check: eachCard((card, path, report) => {
    if (!('choices' in card)) return;
    for (const answer of answersOf(card))
      if (!card.choices.includes(answer)) report(`${path}/answer`, `"${answer}" is none of the choices`);
  }),
};

const noWrongChoice: DeckRule = {
  name: 'no-wrong-choice',
  says: 'some choices are right and some are not',
  remedy: 'add a choice that is wrong for a reason',
  severity: 'error',
  check: eachCard((card, path, report) => {
    if ('choices' in card && card.choices.every((choice) => answersOf(card).includes(choice)))
      report(`${path}/choices`, 'every choice is right');
  }),
};

const twinChoice: DeckRule = {
  name: 'twin-choice',
  says: 'what can be chosen or put in order is there once',
  remedy: 'take one away',
  severity: 'error',
  check: eachCard((card, path, report) => {
    for (const field of ['choices', 'order', 'answer'] as const) {
      const texts = (card as Partial<Record<typeof field, string | readonly string[]>>)[field];
      if (!Array.isArray(texts)) continue;
      texts.forEach((text, index) => {
        if (texts.findIndex((other) => sameText(other, text)) < index)
          report(`${path}/${field}/${index}`, `"${text}" is there already`);
      });
    }
  }),
};

const oneGap: DeckRule = {
  name: 'one-gap',
  says: `a text with a gap has one, written as ${GAP}, and its answer fits into a line`,
  remedy: `write ${GAP} once`,
  severity: 'error',
  check: eachCard((card, path, report) => {
    if (!('gap' in card)) return;
    const gaps = card.gap.split(GAP).length - 1;
    if (gaps !== 1) report(`${path}/gap`, gaps === 0 ? 'it has no gap' : `it has ${gaps} gaps`);
    if (answersOf(card).some((answer) => answer.includes('\n')))
      report(`${path}/answer`, 'it has more than one line', 'leave the rest outside of the gap');
  }),
};

const emptyWhy: DeckRule = {
  name: 'empty-why',
  says: 'a card says why its answer is right',
  remedy: 'say what makes it so, and what is wrong about the others',
  severity: 'error',
  check: eachCard(({ why }, path, report) => {
    if (why.trim().length < 20) report(`${path}/why`, 'it says nothing');
  }),
};

/** What cards are made of. */
export const cards: readonly DeckRule[] = [emptyWhy, noWrongChoice, oneGap, twinCard, twinChoice, unknownAnswer];

function eachCard(look: (card: Card, path: string, report: Report) => void): DeckRule['check'] {
  return ({ content: { spec } }, report) => {
    spec.cards.forEach((card, index) => {
      look(card, `spec/cards/${index}`, report);
    });
  };
}
