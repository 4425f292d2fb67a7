import { curriculum } from '../../content/curriculum.js';
import { nearest } from '../../nearest.js';
import { placementRules } from '../placement.js';
import type { DeckRule } from './register.js';

const cardType: DeckRule = {
  name: 'unknown-type',
  says: 'the types a card is about are types of its certification',
  remedy: 'the ids are in content/curriculum.yaml',
  severity: 'error',
  check({ content: { spec } }, report) {
    const { types } = curriculum();
    const its = [...types.values()].filter(({ certification }) => certification === spec.certification);
    spec.cards.forEach((card, index) => {
      card.types.forEach((id, number) => {
        if (its.some((type) => type.id === id)) return;
        const near = nearest(
          id,
          its.map((type) => type.id),
        );
        const does = its.find((type) => type.id === near)?.does;
        const remedy = near === undefined ? undefined : `did you mean ${near} (${does})?`;
        report(`spec/cards/${index}/types/${number}`, `${spec.certification} has no type ${id}`, remedy);
      });
    });
  },
};

/** Where a deck lies, what it is called, what its cards are about. */
export const placed: readonly DeckRule[] = [cardType, ...placementRules('deck')];
