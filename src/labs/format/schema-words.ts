import { map, type Schema } from '../../checker/schema/words.js';

/** A value that is no map and no list. */
export const plain: Schema = { type: ['string', 'number', 'boolean'] };

const plains: Schema = { oneOf: [plain, { type: 'array', items: plain, minItems: 1 }] };

/** The condition that a part of a lab may stand under. */
export const when: Schema = {
  type: 'object',
  description:
    'Applies only when all of these hold: {cause.answer: deployment/coredns} is this value, {total: [5, 10]} one of these, {faults: {has: a}} or {faults: {lacks: a}} asks what is among several drawn ones.',
  additionalProperties: {
    oneOf: [
      plain,
      { type: 'array', items: plain, minItems: 1, description: 'One of these values.' },
      {
        ...map(
          {
            has: { ...plains, description: 'Drawn, or one of these is.' },
            lacks: { ...plains, description: 'Not drawn, nor any of these.' },
          },
          [],
          'What is among several drawn ones.',
        ),
        minProperties: 1,
      },
    ],
  },
  minProperties: 1,
};
