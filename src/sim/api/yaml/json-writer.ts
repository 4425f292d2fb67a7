import { goNumber, isGoInteger } from '../go-number.js';
import { sortedEntries } from '../go-value.js';

const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const ESCAPED = /["\\\x00-\x1f<>&\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A JSON string as Go's encoder writes it: `<`, `>` and `&` as `\u003c`, `\u003e`, `\u0026`. */
export function jsonString(text: string): string {
  return `"${text.replace(ESCAPED, escapeChar)}"`;
}

function escapeChar(char: string): string {
  const named = NAMED[char];
  if (named !== undefined) return named;
  const code = char.charCodeAt(0);
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd';
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

function jsonNumber(value: number): string {
  return isGoInteger(value) ? goNumber(value) : JSON.stringify(value);
}

function scalar(value: unknown): string | undefined {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number') return jsonNumber(value);
  if (typeof value === 'object') return undefined;
  return String(value);
}

/** A value as one line of JSON in Go's way: fields sorted, no spaces. Fields that are undefined do not exist. */
export function compactJson(value: unknown): string {
  const simple = scalar(value);
  if (simple !== undefined) return simple;
  if (Array.isArray(value)) return `[${value.map(compactJson).join(',')}]`;
  const fields = sortedEntries(value as object).map(([key, item]) => `${jsonString(key)}:${compactJson(item)}`);
  return `{${fields.join(',')}}`;
}

/** As kubectl indents. */
const FOUR = '    ';

export interface PrintJsonOptions {
  /** Leave fields in the object's own order, as kubectl prints what it has built itself from Go structs. */
  readonly keepOrder?: boolean;
}

/** A value as `kubectl -o json` prints it: four spaces a level, fields sorted, a newline at the end. */
export function printJson(value: unknown, options: PrintJsonOptions = {}): string {
  return `${indented(value, '', FOUR, options.keepOrder ?? false)}\n`;
}

/** The same without the last newline, each level so much further in. */
export function indentedJson(value: unknown, step: string = FOUR): string {
  return indented(value, '', step, false);
}

function indented(value: unknown, margin: string, step: string, keepOrder: boolean): string {
  const simple = scalar(value);
  if (simple !== undefined) return simple;
  const deeper = `${margin}${step}`;
  const list = Array.isArray(value);
  const parts = list
    ? value.map((item) => deeper + indented(item, deeper, step, keepOrder))
    : fieldsOf(value as object, keepOrder).map(
        ([key, item]) => `${deeper}${jsonString(key)}: ${indented(item, deeper, step, keepOrder)}`,
      );
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  return parts.length === 0 ? `${open}${close}` : `${open}\n${parts.join(',\n')}\n${margin}${close}`;
}

function fieldsOf(value: object, keepOrder: boolean): [string, unknown][] {
  return keepOrder ? Object.entries(value).filter(([, item]) => item !== undefined) : sortedEntries(value);
}
