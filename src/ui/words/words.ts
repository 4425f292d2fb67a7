import type { Span } from '../line/line.js';
import type { StyleName } from '../theme.js';
import { ENGLISH, type English, type MessageKey } from './english.js';
import { fillMessage, type Part, parseMessage } from './message.js';

/** A language to speak: its tag (`de`, `pt-BR`) and its messages. Those that it lacks are said in English. */
export interface Language {
  readonly tag: string;
  /** By their keys; all of them can be read. */
  readonly messages: ReadonlyMap<string, string>;
}

/** The form of a plural that stands before a brace: what is in that brace is text and no name. */
type Form = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other' | `=${number}`;

/** The names in a message. */
type NamesOf<Message extends string> = Message extends `${infer Before}{${infer Rest}`
  ? (Before extends `${string}${Form} ` ? never : NameAt<Rest>) | NamesOf<Rest>
  : never;
type NameAt<Rest extends string> = Rest extends `${infer Inside}}${string}`
  ? Inside extends `${infer Name}, ${string}`
    ? Name
    : Inside
  : never;

/** What must be given with a key: its values by their names, and nothing where it has none. */
type Given<Key extends MessageKey, Value> = [NamesOf<English[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<NamesOf<English[Key]>, Value>>];

/** A key that wants no values. */
export type PlainKey = { [Key in MessageKey]: [NamesOf<English[Key]>] extends [never] ? Key : never }[MessageKey];

const messages = new Map<string, readonly Part[]>();
let spoken: ReadonlyMap<string, string> = new Map();
let plurals = new Intl.PluralRules('en');
const englishPlurals = plurals;

/** Has everything said in a language from now on; in English without one. To be called before anything is shown. */
export function speak(language?: Language): void {
  messages.clear();
  spoken = language?.messages ?? new Map();
  plurals = pluralsOf(language?.tag);
}

/** What a key says in the language that is spoken. */
export function say<Key extends MessageKey>(key: Key, ...given: Given<Key, string | number>): string {
  return sayText(key, ENGLISH[key], valuesOf(given));
}

/**
 * The same in spans, so that a translation may put its values where it likes: what is given as a span keeps its style,
 * everything else has that of the message.
 */
export function saySpans<Key extends MessageKey>(
  key: Key,
  style: StyleName | undefined,
  ...given: Given<Key, string | number | Span>
): Span[] {
  const own = style === undefined ? {} : { style };
  return fill<string | number | Span>(key, ENGLISH[key], valuesOf(given)).map((piece) => {
    if (typeof piece === 'string') return { text: piece, ...own };
    return typeof piece.value === 'object' ? piece.value : { text: String(piece.value), ...own };
  });
}

/** A step of something that one waits for, as the rooms below tell it in English; one that is not known stays so. */
export function sayStep(step: string): string {
  const key = `steps.${textKey(step)}`;
  return spoken.has(key) ? sayText(key, step, {}) : step;
}

/** A text as a key: its words. */
export function textKey(english: string): string {
  return english
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A text whose English stands elsewhere (the key tables), by its key. */
export function sayText(key: string, english: string, values: Readonly<Record<string, string | number>>): string {
  return fill(key, english, values)
    .map((piece) => (typeof piece === 'string' ? piece : String(piece.value)))
    .join('');
}

function valuesOf<Value>([values = {}]: readonly Readonly<Record<string, Value>>[]): Readonly<Record<string, Value>> {
  return values;
}

function fill<Value>(
  key: string,
  english: string,
  values: Readonly<Record<string, Value>>,
): (string | { readonly value: Value })[] {
  const translated = spoken.get(key);
  let parts = messages.get(key);
  if (!parts) {
    parts = parseMessage(translated ?? english);
    messages.set(key, parts);
  }
  const rules = translated === undefined ? englishPlurals : plurals;
  return fillMessage(parts, values, (count) => rules.select(count));
}

/** A tag that no language has is taken for English. */
function pluralsOf(tag = 'en'): Intl.PluralRules {
  try {
    return new Intl.PluralRules(tag);
  } catch {
    return englishPlurals;
  }
}
