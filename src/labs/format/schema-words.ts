import { list, map, type Schema, shown } from '../../checker/schema/words.js';

/** A value that is no map and no list. */
export const plain: Schema = { type: ['string', 'number', 'boolean'] };

/** The names that variants, their fields and derived values may have. */
export const names: Schema = { pattern: '^[a-z][A-Za-z0-9_]*$' };

const plains = (description: string): Schema => ({
  description,
  oneOf: [plain, list(plain, 'One of these values, whichever it is.', { minItems: 1 })],
});

/** The condition that a part of a lab may stand under. */
export const when: Schema = shown(
  {
    type: 'object',
    description:
      'Applies only when all of these hold. A value must be just this, or one of a list; several drawn ones have or lack something.',
    additionalProperties: {
      oneOf: [
        plain,
        list(plain, 'One of these values, whichever it is.', { minItems: 1 }),
        map(
          {
            has: plains('Is among the drawn ones; of a list one is.'),
            lacks: plains('Is not among the drawn ones; of a list none is.'),
          },
          [],
          'What is, and is not, among several drawn ones.',
          { minProperties: 1 },
        ),
      ],
    },
    minProperties: 1,
    defaultSnippets: [
      { label: 'a value', description: 'when a value was drawn', body: { '${1:cause.answer}': '${2:value}' } },
      {
        label: 'has',
        description: 'when it is among several drawn ones',
        body: { '${1:faults}': { has: '${2:value}' } },
      },
    ],
  },
  `
when: {cause.answer: deployment/coredns}   # just this value
when: {total: [5, 10], mode: strict}       # 5 or 10, and strict
when: {faults: {has: wrong-ca}}            # among several drawn ones
when: {faults: {lacks: [swap, port]}}      # none of these`,
);
