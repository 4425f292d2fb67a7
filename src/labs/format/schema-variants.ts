import { list, map, type Schema, shown, text } from '../../checker/schema/words.js';
import { names, plain } from './schema-words.js';

/** How many values a list may have of which several are drawn: every combination of them is looked at. */
const OF_MAX = 16;

const value: Schema = {
  oneOf: [
    plain,
    {
      type: 'object',
      description:
        'Values that belong together, written {{variant.field}}; the one called name is what {{variant}} itself stands for.',
      propertyNames: names,
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
    examples: [[1000, 9999]],
  },
  step: {
    type: 'integer',
    minimum: 1,
    default: 1,
    description: 'How far each number lies from the one before it.',
    examples: [5],
  },
};

const variant: Schema = {
  oneOf: [
    map(
      {
        oneOf: list(value, 'One of these values is drawn by the seed.', {
          minItems: 1,
          examples: [['shop', 'ledger']],
        }),
      },
      ['oneOf'],
      'One of several values.',
    ),
    map(
      { prefix: text('What stands before the number in the name.', { examples: ['cka'] }), ...range },
      ['number'],
      'A number, or a name that ends in one.',
    ),
    map(
      {
        draw: {
          type: 'integer',
          minimum: 1,
          description: 'How many different values are drawn out of the list.',
          examples: [2],
        },
        of: list(value, 'The values to draw from; a map needs the field name, which is what it is called.', {
          minItems: 2,
          maxItems: OF_MAX,
        }),
        never_together: list(
          list(plain, 'Names of values of which at most one is drawn.', { minItems: 2 }),
          'Groups of values that would hide or undo each other: of each at most one is drawn.',
          { minItems: 1, examples: [[['kubelet-stopped', 'kubelet-disabled']]] },
        ),
      },
      ['draw', 'of'],
      'Several different values of a list, in the order of the list.',
    ),
  ],
  defaultSnippets: [
    { label: 'oneOf', description: 'one of several values', body: { oneOf: ['${1:first}', '${2:second}'] } },
    {
      label: 'cause',
      description: 'one of several causes, each with its fault and its answer',
      body: { oneOf: [{ fault: '${1:fault}', answer: '${2:kind/name}' }] },
    },
    { label: 'name', description: 'a name that ends in a number', body: { prefix: '${1:cka}', number: [1000, 9999] } },
    { label: 'number', description: 'a whole number', body: { number: [1, 9] } },
    {
      label: 'draw',
      description: 'several different values of a list',
      body: { draw: 2, of: ['${1:first}', '${2:second}', '${3:third}'] },
    },
  ],
};

/** What the seed draws. */
export const variants: Schema = shown(
  {
    type: 'object',
    description: 'Values drawn by the seed. Elsewhere {{name}} stands for one, and {{name.field}} for a part of it.',
    propertyNames: names,
    additionalProperties: variant,
  },
  `
variants:
  namespace: {oneOf: [shop, ledger, atlas]}
  host: {prefix: cka, number: [1000, 9999]}       # cka4711
  replicas: {number: [2, 8], step: 2}             # a number
  cause:                                          # values that belong together
    oneOf:
      - {fault: coredns-scaled-to-zero, answer: deployment/coredns}
      - {fault: kube-dns-selector-wrong, answer: service/kube-dns}
  faults: {draw: 2, of: [wrong-ca, swap, port], never_together: [[swap, port]]}`,
);

/** What is worked out of drawn values. */
export const derive: Schema = shown(
  {
    type: 'object',
    description:
      'Values worked out of drawn ones by CEL expressions, in order: each may use those before it. Numbers must come out whole, whatever is drawn.',
    propertyNames: names,
    additionalProperties: plain,
  },
  `
derive:
  canary: total * percent / 100
  stable: total - canary
  label: "name + '-v2'"`,
);
