import { dollarQuote } from '../format/quote.js';

const CONTROL = /[\x00-\x1f\x7f\udc80-\udcff]/;

/** `${x@Q}`, `declare`, `alias`, `set`: single quotes, or `$'…'` when something cannot be printed. */
export function singleQuote(text: string): string {
  if (CONTROL.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) return dollarQuote(text);
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** `declare -p`: double quotes, or `$'…'`. */
export function doubleQuote(text: string): string {
  if (CONTROL.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) return dollarQuote(text);
  return `"${text.replace(/[\\"$`]/g, '\\$&')}"`;
}

/** `set` and `set -x`: quotes only when a shell would need them. */
export function quoteIfNeeded(text: string): string {
  if (text === '') return "''";
  if (/^[~#]/.test(text) || /[\s!"$&'()*;<>?[\\\]^`{|}]/.test(text) || CONTROL.test(text)) return singleQuote(text);
  return text;
}

/** Reads `$'…'` escapes (for `${x@E}`). */
export function readAnsiEscapes(text: string): string {
  const simple: Record<string, string> = {
    a: '\x07',
    b: '\b',
    e: '\x1b',
    E: '\x1b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
    '\\': '\\',
    "'": "'",
    '"': '"',
    '?': '?',
  };
  return text.replace(
    /\\(?:([abeEfnrtv\\'"?])|([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|c(.))/gs,
    (_all, named, octal, hex, short, long, control) => {
      if (named) return simple[named] as string;
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (control) return String.fromCharCode((control as string).toUpperCase().charCodeAt(0) & 0x1f);
      return String.fromCodePoint(Math.min(Number.parseInt(hex ?? short ?? long, 16), 0x10ffff));
    },
  );
}
