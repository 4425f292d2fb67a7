/** Whether an option stands alone, is followed by any word, by a number, by one above 0, or by PEM or DER. */
export type OptionKind = 'flag' | 'format' | 'number' | 'positive' | 'value';

/** Options of a subcommand as they were given, in their order. */
export interface Options {
  readonly given: readonly { readonly name: string; readonly value: string }[];
  readonly operands: readonly string[];
  has(name: string): boolean;
  value(name: string): string | undefined;
}

const INT_MAX = 2 ** 31 - 1;

/** Wrong use of a subcommand; each line of the message has its name before it. */
export class Misuse extends Error {}

/** Reads `-name value` and `--name value`; `other` takes an option that the table has not. Throws `Misuse`. */
export function readOptions(
  words: readonly string[],
  table: Readonly<Record<string, OptionKind>>,
  other?: (name: string) => void,
): Options {
  const given: { name: string; value: string }[] = [];
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] as string;
    if (!word.startsWith('-') || word === '-') break;
    const name = word.replace(/^--?/, '');
    const kind = Object.hasOwn(table, name) ? table[name] : undefined;
    if (kind === undefined && !other) throw new Misuse(`Unknown option: ${word}`);
    if (kind === undefined) other?.(name);
    else if (kind === 'flag') given.push({ name, value: '' });
    else given.push({ name, value: wordOf(words[++at], name, kind) });
  }
  return {
    given,
    operands: words.slice(at),
    has: (name) => given.some((option) => option.name === name),
    value: (name) => given.findLast((option) => option.name === name)?.value,
  };
}

function wordOf(word: string | undefined, name: string, kind: OptionKind): string {
  if (word === undefined) throw new Misuse(`Option -${name} needs a value`);
  if (kind === 'format' && !/^(?:pem|der|[pd])$/i.test(word))
    throw new Misuse(`Bad format "${word}"\nInvalid format "${word}" for option -${name}`);
  if (kind === 'number' || kind === 'positive') {
    if (!/^-?(?:\d+|0x[0-9a-f]+)$/i.test(word)) throw new Misuse(`Can't parse "${word}" as ${numeral(word)} number`);
    const number = Number(word);
    if (kind === 'positive' && number > INT_MAX) throw new Misuse(`Value "${word}" outside integer range`);
    // A sign before hexadecimal digits makes no number to JavaScript.
    if (kind === 'positive' && !(number > 0)) throw new Misuse(`Non-positive number "${word}" for option -${name}`);
  }
  return word;
}

/** How OpenSSL calls a numeral that it takes a word for. */
function numeral(word: string): string {
  if (/^0x/i.test(word)) return 'a hexadecimal';
  return word.startsWith('0') ? 'an octal' : 'a';
}
