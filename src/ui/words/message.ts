/**
 * The part of ICU's MessageFormat that our messages are written in: names (`{host}`), plurals
 * (`{count, plural, =0 {none} one {# task} other {# tasks}}`, where `#` is the number), and quotes (`'{'` is a brace,
 * `''` one quote). A library would cost 33 KB, and a millisecond for every message that is shown.
 */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string }
  /** `#`: the number of the plural around it. */
  | { readonly kind: 'number'; readonly name: string }
  | { readonly kind: 'plural'; readonly name: string; readonly branches: ReadonlyMap<string, readonly Part[]> };

/** A message that cannot be read; the text is a clause that begins in lower case and has no full stop. */
export class MessageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MessageError';
  }
}

const NAME = /^[A-Za-z]\w*$/;
const SELECTOR = /^(?:zero|one|two|few|many|other|=\d+)$/;
/** Plurals in plurals in plurals: nobody means that. */
const DEPTH_MAX = 4;

/** Reads a message. Throws `MessageError`. */
export function parseMessage(source: string): readonly Part[] {
  // Most have nothing in them but text.
  if (!/[{}']/.test(source)) return source === '' ? [] : [{ kind: 'text', text: source }];
  const reader = new Reader(source);
  const parts = reader.parts(undefined, 0);
  if (!reader.atEnd) throw new MessageError('has a } without its {');
  return parts;
}

/** The names of the values that a message wants, each once. */
export function namesIn(parts: readonly Part[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const part of parts) {
    if (part.kind !== 'text') names.add(part.name);
    if (part.kind === 'plural')
      for (const branch of part.branches.values()) for (const name of namesIn(branch)) names.add(name);
  }
  return names;
}

/**
 * A message with its values in their places, in pieces: what is the message's own is text, values are what they were.
 * `chooses` says which of a language's forms a number takes. A value that is not given shows its name.
 */
export function fillMessage<Value>(
  parts: readonly Part[],
  values: Readonly<Record<string, Value>>,
  chooses: (count: number) => string,
): (string | { readonly value: Value })[] {
  return parts.flatMap((part): (string | { readonly value: Value })[] => {
    if (part.kind === 'text') return [part.text];
    const value = values[part.name];
    if (value === undefined) return [`{${part.name}}`];
    if (part.kind !== 'plural') return [{ value }];
    const count = Number(value);
    const branch = part.branches.get(`=${count}`) ?? part.branches.get(chooses(count)) ?? part.branches.get('other');
    return fillMessage(branch ?? [], values, chooses);
  });
}

class Reader {
  private at = 0;

  constructor(private readonly source: string) {}

  get atEnd(): boolean {
    return this.at >= this.source.length;
  }

  /** Up to the end, or to the brace that closes; `plural` is the number that `#` stands for. */
  parts(plural: string | undefined, depth: number): Part[] {
    if (depth > DEPTH_MAX) throw new MessageError(`has plurals in plurals, more than ${DEPTH_MAX} deep`);
    const parts: Part[] = [];
    let text = '';
    const put = (part?: Part): void => {
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
      if (part) parts.push(part);
    };
    for (; !this.atEnd; this.at += 1) {
      const character = this.source[this.at] as string;
      if (character === '}') break;
      if (character === '{') put(this.argument(depth));
      else if (character === '#' && plural !== undefined) put({ kind: 'number', name: plural });
      else text += character === "'" ? this.quoted() : character;
    }
    put();
    return parts;
  }

  /** Behind a quote: what it protects, or the quote itself where it protects nothing. Ends on the last one taken. */
  private quoted(): string {
    const next = this.source[this.at + 1];
    if (next === "'") {
      this.at += 1;
      return "'";
    }
    if (next !== '{' && next !== '}' && next !== '#') return "'";
    const end = this.source.indexOf("'", this.at + 1);
    const text = this.source.slice(this.at + 1, end < 0 ? undefined : end);
    this.at = end < 0 ? this.source.length : end;
    return text;
  }

  /** What stands in braces. Ends on the closing one. */
  private argument(depth: number): Part {
    this.at += 1;
    const name = this.word(/[,}]/);
    if (!NAME.test(name)) throw new MessageError(`has {${name}}, which is no name`);
    if (this.source[this.at] === '}') return { kind: 'value', name };
    if (this.atEnd) throw new MessageError(`has a { without its }, before ${name}`);
    this.at += 1;
    const kind = this.word(/[,}]/);
    if (kind !== 'plural') throw new MessageError(`has {${name}, ${kind}}; only plural is known`);
    this.at += 1;
    return { kind: 'plural', name, branches: this.branches(name, depth) };
  }

  private branches(name: string, depth: number): ReadonlyMap<string, readonly Part[]> {
    const branches = new Map<string, readonly Part[]>();
    for (;;) {
      const selector = this.word(/[{}]/);
      if (this.atEnd) throw new MessageError(`has a plural of ${name} that does not end`);
      if (this.source[this.at] === '}') break;
      if (!SELECTOR.test(selector))
        throw new MessageError(`has a plural of ${name} with "${selector}", which is no form`);
      this.at += 1;
      branches.set(selector, this.parts(name, depth + 1));
      if (this.atEnd) throw new MessageError(`has a plural of ${name} that does not end`);
      this.at += 1;
    }
    if (!branches.has('other')) throw new MessageError(`has a plural of ${name} without the form "other"`);
    return branches;
  }

  /** The text up to one of these characters or the end, without blanks around it. */
  private word(end: RegExp): string {
    const from = this.at;
    while (!this.atEnd && !end.test(this.source[this.at] as string)) this.at += 1;
    return this.source.slice(from, this.at).trim();
  }
}
