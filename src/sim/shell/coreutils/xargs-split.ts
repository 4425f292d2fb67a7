import type { Context } from './command.js';

/** Cuts xargs' input into items. `take(undefined)` is the end of the input. */
export interface ArgumentSplitter {
  take(text: string | undefined): Iterable<string>;
  /** The number of the line the last item was on. */
  readonly line: number;
  /** The end string (-E) was met. */
  readonly ended: boolean;
}

/** The way of cutting the options ask for. */
export function createSplitter(context: Context): ArgumentSplitter {
  const delimiter = context.has('null') ? '\0' : delimiterOf(context);
  const replacing = context.has('I') || context.has('replace');
  if (delimiter !== undefined) return new PlainSplitter(delimiter);
  return new QuoteSplitter(context, replacing, context.value('E') ?? context.value('eof'));
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', r: '\r', '\\': '\\' };

function delimiterOf(context: Context): string | undefined {
  const text = context.value('delimiter');
  if (text === undefined) return undefined;
  if (text.startsWith('\\')) return ESCAPES[text.slice(1)] ?? text[1];
  if (text.length !== 1)
    context.die(
      `Invalid input delimiter specification ${text}: the delimiter must be either a single character or an escape sequence starting with \\.`,
    );
  return text;
}

class PlainSplitter implements ArgumentSplitter {
  line = 0;
  readonly ended = false;
  private rest = '';

  constructor(private readonly delimiter: string) {}

  *take(text: string | undefined): Iterable<string> {
    const parts = (this.rest + (text ?? '')).split(this.delimiter);
    this.rest = text === undefined ? '' : (parts.pop() as string);
    if (text === undefined && parts.at(-1) === '') parts.pop();
    for (const part of parts) {
      this.line += 1;
      yield part;
    }
  }
}

/** Blanks and newlines part items; quotes and backslashes protect them. With -I a line is an item. */
class QuoteSplitter implements ArgumentSplitter {
  line = 0;
  ended = false;
  private item: string | undefined;
  private quote = '';
  private escaped = false;
  private blankBefore = false;

  constructor(
    private readonly context: Context,
    private readonly wholeLines: boolean,
    private readonly end: string | undefined,
  ) {}

  *take(text: string | undefined): Iterable<string> {
    for (const char of text ?? '') {
      const item = this.char(char);
      if (item === undefined) continue;
      if (item === this.end) {
        this.ended = true;
        return;
      }
      yield item;
      if (char === '\n' && !this.blankBefore) this.line += 1;
    }
    if (text !== undefined) return;
    if (this.quote) {
      const kind = this.quote === '"' ? 'double' : 'single';
      this.context.die(`unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`);
    }
    if (this.item !== undefined && this.item !== this.end) yield this.item;
    this.item = undefined;
  }

  /** The item that this character ends, if any. */
  private char(char: string): string | undefined {
    if (this.escaped) {
      this.escaped = false;
      this.item = (this.item ?? '') + char;
      return undefined;
    }
    if (this.quote) {
      if (char === '\n') {
        const kind = this.quote === '"' ? 'double' : 'single';
        this.context.die(
          `unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`,
        );
      }
      if (char === this.quote) this.quote = '';
      else this.item = (this.item ?? '') + char;
      return undefined;
    }
    if (char === "'" || char === '"') {
      this.quote = char;
      this.item ??= '';
    } else if (char === '\\') this.escaped = true;
    else if (char === '\n' || (!this.wholeLines && (char === ' ' || char === '\t'))) {
      this.blankBefore = char !== '\n';
      return this.close(char);
    } else if (this.item !== undefined || !(this.wholeLines && (char === ' ' || char === '\t')))
      this.item = (this.item ?? '') + char;
    return undefined;
  }

  private close(char: string): string | undefined {
    const { item } = this;
    this.item = undefined;
    if (item === undefined && char === '\n' && !this.wholeLines) this.line += 1;
    return item;
  }
}
