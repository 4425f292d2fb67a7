/**
 * How numbers were written, where a JavaScript number does not tell it: `1e3`, `1.0`, and what lies beyond 2^53 or a double.
 * Go's decoder takes only some spellings for an integer, and repeats in messages what it read.
 */

const spellings = new WeakMap<object, Map<string, string>>();

/** Remembers how the number under a key of an object or list was written. */
export function noteSpelling(holder: object, key: string, text: string): void {
  const noted = spellings.get(holder);
  if (noted) noted.set(key, text);
  else spellings.set(holder, new Map([[key, text]]));
}

/** The spellings that are known of an object's or list's numbers, by key. */
export function spellingsIn(holder: object): ReadonlyMap<string, string> | undefined {
  return spellings.get(holder);
}

/** Stands before a number that is read as a text: no text of a body that was read already is taken for one. */
const MARK = '\u0000number ';
/** Where a number that needs care may stand; texts such as `nginx:1.25` look like it as well. */
const SUSPICIOUS = /[:[,\s]-?\d+(?:[.eE]|\d{15})|-0/;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;

/** The value of a JSON text, read again with the spelling of its numbers remembered where one of them needs it. */
export function withSpellings(text: string, value: unknown): unknown {
  if (!SUSPICIOUS.test(text)) return value;
  let odd = false;
  const marked = text.replace(TOKEN, (token) => {
    if (token.startsWith('"') || String(Number(token)) === token) return token;
    odd = true;
    return `"\\u0000number ${token}"`;
  });
  return odd ? JSON.parse(marked, unmark) : value;
}

function unmark(this: object, key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(MARK)) return value;
  const text = value.slice(MARK.length);
  noteSpelling(this, key, text);
  return Number(text);
}
