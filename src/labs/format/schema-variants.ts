import { list, map, type Schema, text } from '../../checker/schema/words.js';
import { plain } from './schema-words.js';

/** How many values a list may have of which several are drawn: every combination of them is looked at. */
const OF_MAX = 16;

const value: Schema = {
  oneOf: [
    plain,
    {
      type: 'object',
      description:
        'Values that belong together, written {{variant.field}}; the one called name is the value of {{variant}}.',
      propertyNames: { pattern: '^[a-z][A-Za-z0-9_]*$' },
      additionalProperties: plain,
      minProperties: 1,
    },
  ],
};

const range: Record<string, Schema> = {
  number: {
    type: 'array',
    items: { type: 'integer' },
    minItems: 2,
    maxItems: 2,
    description: 'The first number and the last one, both of which may be drawn.',
  },
  step: { type: 'integer', minimum: 1, default: 1, description: 'How far each number lies from the one before it.' },
};

/** One variant, in any of its shapes. */
export const variant: Schema = {
  oneOf: [
    map({ oneOf: list(value, 'One of these values is drawn.', { minItems: 1 }) }, ['oneOf'], 'One of several values.'),
    map(
      { prefix: text('What stands before the number in the name.'), ...range },
      ['number'],
      'A number, or a name that ends in one.',
    ),
    map(
      {
        draw: { type: 'integer', minimum: 1, description: 'How many different values are drawn of the list.' },
        of: list(value, 'The values to draw from; of maps, the field name is what they are called.', {
          minItems: 2,
          maxItems: OF_MAX,
        }),
        never_together: list(
          list(plain, 'Names of values of which at most one is drawn.', { minItems: 2 }),
          'Values that would hide or undo each other are never drawn together.',
          { minItems: 1 },
        ),
      },
      ['draw', 'of'],
      'Several different values of a list, in the order of the list.',
    ),
  ],
};
