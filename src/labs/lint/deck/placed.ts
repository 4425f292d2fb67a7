import { basename, dirname } from 'node:path';
import { curriculum } from '../../content/curriculum.js';
import { nearest } from '../../nearest.js';
import type { DeckRule } from './register.js';

const deckName: DeckRule = {
  name: 'file-name',
  says: "a deck's name is its file's name",
  remedy: 'rename one of them',
  severity: 'error',
  check({ file, content: { metadata } }, report) {
    const expected = basename(file).replace(/\.ya?ml$/, '');
    if (metadata.name !== expected) report('metadata/name', `must be the file's name, ${expected}`);
  },
};

const deckFolder: DeckRule = {
  name: 'certification-folder',
  says: 'a deck lies in the folder of the certification it is for',
  remedy: 'move the file, or change the certification',
  severity: 'error',
  check({ file, content: { spec } }, report) {
    const folder = basename(dirname(dirname(file)));
    if (['cka', 'ckad', 'cks'].includes(folder) && folder !== spec.certification)
      report('spec/certification', `is ${spec.certification}, but the file lies in content/${folder}`);
  },
};

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
export const placed: readonly DeckRule[] = [cardType, deckFolder, deckName];
