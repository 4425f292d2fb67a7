const LETTER = /^\p{L}$/u;
const UPPER = /^\p{Lu}$/u;
const LOWER = /^\p{Ll}$/u;
const SPACE = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;

function isConnector(char: string): boolean {
  return char === '-' || char === '_' || SPACE.test(char);
}

/** `some_words` as `SomeWords` (xstrings.ToPascalCase). */
export function pascalCase(text: string): string {
  const chars = [...text];
  const start = chars.findIndex((char) => !isConnector(char));
  // The library writes the last one twice.
  if (start < 0) return text + (chars.at(-1) ?? '');
  let out = chars.slice(0, start).join('');
  let afterUpper = UPPER.test(chars[start] as string);
  let current = (chars[start] as string).toUpperCase();
  for (const next of chars.slice(start + 1)) {
    const before = current;
    current = next;
    if (isConnector(current) && isConnector(before)) {
      out += before;
    } else if (isConnector(before)) {
      afterUpper = UPPER.test(current);
      current = current.toUpperCase();
    } else {
      if (afterUpper && UPPER.test(current)) current = current.toLowerCase();
      else afterUpper = false;
      out += before;
    }
  }
  return out + current;
}

/** Letters after the start or white space, as goutils.SwapCase turns them around. */
export function swapCase(text: string): string {
  return [...text]
    .map((char) => (UPPER.test(char) ? char.toLowerCase() : LOWER.test(char) ? char.toUpperCase() : char))
    .join('');
}

/** Each word with a large first letter (strings.Title): words end where neither letter, digit nor underscore stands. */
export function titleCase(text: string): string {
  let before = ' ';
  return [...text]
    .map((char) => {
      const begins = isSeparator(before);
      before = char;
      return begins ? char.toUpperCase() : char;
    })
    .join('');
}

function isSeparator(char: string): boolean {
  if (char <= '\x7f') return !/[0-9A-Za-z_]/.test(char);
  return !/^[\p{L}\p{Nd}]$/u.test(char) && SPACE.test(char);
}

/** The first letters of words that white space parts (goutils.Initials). */
export function initialsOf(text: string): string {
  let afterGap = true;
  let out = '';
  for (const char of text) {
    const gap = SPACE.test(char);
    if (!gap && afterGap) out += char;
    afterGap = gap;
  }
  return out;
}

/** Each word with a small first letter (goutils.Uncapitalize). */
export function smallInitials(text: string): string {
  let afterGap = true;
  return [...text]
    .map((char) => {
      const begins = afterGap;
      afterGap = SPACE.test(char);
      return begins ? char.toLowerCase() : char;
    })
    .join('');
}

type WordKind = 'none' | 'number' | 'upper' | 'alphabet' | 'connector' | 'punct' | 'other';

interface Word {
  readonly kind: WordKind;
  readonly text: string;
}

const PUNCT = /^\p{P}$/u;
const NUMBER = /^\p{N}$/u;

/** Cuts a text into words as xstrings does: `HTTPServer2x` is `HTTP`, `Server`, `2`, `x`. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let chars = [...text];
  while (chars.length > 0) {
    const word = firstWord(chars);
    words.push({ kind: word.kind, text: chars.slice(0, word.length).join('') });
    chars = chars.slice(word.length);
  }
  return words;
}

function firstWord(chars: readonly string[]): { readonly kind: WordKind; readonly length: number } {
  const first = chars[0] as string;
  const run = (from: number, belongs: (char: string) => boolean): number => {
    const end = chars.findIndex((char, i) => i >= from && !belongs(char));
    return end < 0 ? chars.length : end;
  };
  const isSmall = (char: string): boolean => LETTER.test(char) && !UPPER.test(char);
  if (isConnector(first)) return { kind: 'connector', length: run(1, isConnector) };
  if (PUNCT.test(first)) return { kind: 'punct', length: run(1, (char) => PUNCT.test(char)) };
  if (UPPER.test(first)) {
    const second = chars[1] ?? '';
    if (!UPPER.test(second)) return { kind: 'upper', length: isSmall(second) ? run(1, isSmall) : 1 };
    const length = run(1, (char) => UPPER.test(char));
    return {
      kind: 'upper',
      length: length < chars.length && LETTER.test(chars[length] as string) ? length - 1 : length,
    };
  }
  if (LETTER.test(first)) return { kind: 'alphabet', length: run(1, isSmall) };
  if (NUMBER.test(first)) return { kind: 'number', length: run(1, (char) => NUMBER.test(char)) };
  const isOther = (char: string): boolean =>
    !isConnector(char) && !LETTER.test(char) && !NUMBER.test(char) && !PUNCT.test(char);
  return { kind: 'other', length: run(1, isOther) };
}

/** `FirstName` as `first_name` or `first-name` (xstrings.ToSnakeCase, ToKebabCase). */
export function lowerCaseWords(text: string, connector: string): string {
  return new WordJoiner(wordsOf(text), connector).run();
}

const NONE: Word = { kind: 'none', text: '' };

class WordJoiner {
  private out = '';
  private at = 0;

  constructor(
    private readonly words: readonly Word[],
    private readonly connector: string,
  ) {}

  run(): string {
    let word = this.next();
    while (this.at < this.words.length) {
      if (word.kind !== 'connector') this.put(word);
      const before = word;
      word = this.join(before, this.next());
    }
    this.put(word);
    return this.out;
  }

  private next(): Word {
    return this.words[this.at++] ?? NONE;
  }

  private put(word: Word): void {
    this.out += word.kind === 'connector' ? this.connector.repeat([...word.text].length) : word.text.toLowerCase();
  }

  /** What stands between two words; answers the word to go on with. */
  private join(before: Word, word: Word): Word {
    if (before.kind === 'connector') this.put(before);
    else if (before.kind === 'number')
      return this.connectUnless(this.putNumbered(word), ['none', 'punct', 'connector']);
    else if (before.kind !== 'punct') return this.joinLetters(word);
    return word;
  }

  private joinLetters(word: Word): Word {
    if (word.kind !== 'number') return this.connectUnless(word, ['connector', 'punct']);
    if (this.at >= this.words.length) return word;
    const after = this.next();
    if (after.kind !== 'alphabet') {
      this.put(word);
      return this.connectUnless(after, ['connector', 'punct']);
    }
    this.out += this.connector;
    this.put(word);
    return this.connectUnless(this.putNumbered(after), ['none', 'connector', 'punct']);
  }

  private putNumbered(word: Word): Word {
    let current = word;
    while (current.kind === 'alphabet' || current.kind === 'number') {
      this.put(current);
      current = this.next();
    }
    return current;
  }

  private connectUnless(word: Word, kinds: readonly WordKind[]): Word {
    if (!kinds.includes(word.kind)) this.out += this.connector;
    return word;
  }
}
