import { compareText } from '../../api/go-text.js';
import { goPrint } from '../../api/go-value.js';
import { resolved, type Schema, type Schemas, typeName, valuesOf } from './document.js';
import { indentText, wrapText } from './wrap.js';

/** Enumerated values that are named in a list of fields before dots stand for the rest. */
const ENUM_SHOWN_MAX = 4;

/** What `explain` prints of a schema or of a field below it; undefined when there is no such field. */
export function explainPath(
  root: Schema,
  path: readonly string[],
  schemas: Schemas,
  recursive: boolean,
): string | undefined {
  return output(root, path, schemas, recursive, new Set());
}

function output(
  schema: Schema,
  path: readonly string[],
  schemas: Schemas,
  recursive: boolean,
  seen: ReadonlySet<string>,
): string | undefined {
  const whole = resolved(schema, schemas);
  const [first, ...rest] = path;
  if (first === undefined) return describe(whole, schemas, recursive);
  if (schema.$ref !== undefined && seen.has(schema.$ref)) return undefined;
  const next = schema.$ref === undefined ? seen : new Set([...seen, schema.$ref]);
  const field = whole.properties?.[first];
  if (field) {
    const body = output(field, rest, schemas, recursive, new Set());
    if (body === undefined || rest.length > 0) return body;
    const values = (field.enum ?? []).map((value) => `\n    ${enumText(value)}`).join('');
    return `FIELD: ${first} <${typeName(field, schemas)}>\n${values === '' ? '' : `ENUM:${values}`}\n\n${body}`;
  }
  if (whole.items) return output(whole.items, path, schemas, recursive, next);
  const values = valuesOf(whole);
  if (values) return output(values, path, schemas, recursive, next);
  for (const part of whole.allOf ?? []) {
    const found = output(part, path, schemas, recursive, next);
    if (found !== undefined) return found;
  }
  return undefined;
}

function describe(whole: Schema, schemas: Schemas, recursive: boolean): string {
  const description = describeAll(whole, schemas) || '<empty>';
  const fields = fieldList(whole, 1, schemas, recursive, new Set());
  const docs = whole.externalDocs;
  const more = docs
    ? `\nEXTERNAL DOCS:\n${docs.description ? `${indentText(4, wrapText(docs.description, 76))}\n` : ''}${docs.url ? `${indentText(4, `URL: ${docs.url}`)}\n` : ''}`
    : '';
  return `DESCRIPTION:\n${indentText(4, wrapText(description, 76))}\n${more}${fields === '' ? '' : `FIELDS:\n${fields}`}`;
}

/** The words of a schema and of what it is made of. */
function describeAll(schema: Schema, schemas: Schemas): string {
  const whole = resolved(schema, schemas);
  const values = valuesOf(whole);
  const parts = [...(whole.allOf ?? []), ...(whole.items ? [whole.items] : []), ...(values ? [values] : [])];
  const own = whole.description ? `${whole.description}\n` : '';
  return own + parts.map((part) => describeAll(part, schemas)).join('');
}

function fieldList(
  schema: Schema,
  level: number,
  schemas: Schemas,
  recursive: boolean,
  seen: ReadonlySet<string>,
): string {
  if (schema.$ref !== undefined && seen.has(schema.$ref)) return '';
  const next = schema.$ref === undefined ? seen : new Set([...seen, schema.$ref]);
  const whole = resolved(schema, schemas);
  const names = Object.keys(whole.properties ?? {}).sort(compareText);
  const own = names.map((name) => {
    const field = whole.properties?.[name] as Schema;
    const below = recursive ? fieldList(field, level + 1, schemas, recursive, next) : '';
    return fieldDetail(name, field, whole, level, schemas, recursive) + below;
  });
  const values = valuesOf(whole);
  const parts = [...(whole.allOf ?? []), ...(whole.items ? [whole.items] : []), ...(values ? [values] : [])];
  return own.join('') + parts.map((part) => fieldList(part, level, schemas, recursive, next)).join('');
}

function fieldDetail(
  name: string,
  field: Schema,
  owner: Schema,
  level: number,
  schemas: Schemas,
  short: boolean,
): string {
  const amount = level * 2;
  const head = `${indentText(amount, name)}\t<${typeName(field, schemas)}>${owner.required?.includes(name) ? ' -required-' : ''}`;
  const line = `${head}${enumLine(field, amount)}\n`;
  if (short) return line;
  return `${line}${indentText(amount + 2, wrapText(field.description || '<no description>', 78 - amount))}\n\n`;
}

function enumLine({ enum: values }: Schema, amount: number): string {
  if (!values?.length) return '';
  const shown = values.slice(0, ENUM_SHOWN_MAX).map(enumText).join(', ');
  return `\n${' '.repeat(amount)}enum: ${shown}${values.length > ENUM_SHOWN_MAX ? ', ....' : ''}`;
}

function enumText(value: unknown): string {
  return value === '' ? '""' : goPrint(value);
}
