/** A JSON Schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

/** A text. */
export const text = (description: string, more: Schema = {}): Schema => ({ type: 'string', description, ...more });
/** A list of what `items` allows. */
export const list = (items: Schema, description: string, more: Schema = {}): Schema => ({
  type: 'array',
  items,
  description,
  ...more,
});
/** A map of just these fields. */
export const map = (
  properties: Record<string, Schema>,
  required: readonly string[],
  description: string,
  more: Schema = {},
): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  description,
  ...more,
});
/** A list of texts. */
export const strings = (description: string): Schema => list({ type: 'string' }, description);
/** True or false. */
export const flag = (description: string): Schema => ({ type: 'boolean', description });
/** A value that may also be a variant's: `{{name}}` keeps its type. */
export const orVariant = (schema: Schema): Schema => ({ ...schema, type: [schema['type'], 'string'].flat() });

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

/** An absolute path on a host. */
export const path = text('Absolute path on the host.', { pattern: '^(/|\\{\\{)' });
