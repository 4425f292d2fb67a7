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

/** An absolute path on a host. */
export const path = text('Absolute path on the host.', { pattern: '^(/|\\{\\{)' });
