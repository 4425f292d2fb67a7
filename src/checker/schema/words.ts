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
/** The whole of a text that stands for a value: `{{name}}`. */
export const PLACEHOLDER = '^\\{\\{\\s*[^{}\\s]+\\s*\\}\\}$';

/** A value that may also be a variant's: `{{name}}` keeps its type. */
export const orVariant = (schema: Schema): Schema => ({
  ...schema,
  type: [schema['type'], 'string'].flat(),
  pattern: PLACEHOLDER,
});

/** A text of a form, in which a variant may stand anywhere. */
export const formed = (description: string, pattern: string, more: Schema = {}): Schema =>
  text(description, { pattern: `${pattern}|\\{\\{`, ...more });

/** A schema whose description ends with an example in YAML, where the editor can show one. */
export const shown = (schema: Schema, example: string): Schema => ({
  ...schema,
  markdownDescription: `${schema['description']}\n\n\`\`\`yaml\n${example.trim()}\n\`\`\``,
});

/** An absolute path on a host. */
export const path = formed('The absolute path of the file on that host.', '^/', { examples: ['/etc/hosts'] });
