import type { Waiting } from '../../../kernel/wait.js';
import { textToBytes } from '../../format/byte-text.js';
import type { Context } from '../command.js';
import { LineReader, work } from '../io.js';
import type { GrepOptions } from './arguments.js';

/** Searches one file and prints what is to be printed of it. True when a line was selected. */
export function* searchFile(
  context: Context,
  options: GrepOptions,
  descriptor: number,
  name: string,
): Waiting<boolean> {
  const search = new FileSearch(context, options, name);
  const reader = new LineReader(context.sys, descriptor, options.nul ? 0 : 10);
  while (!search.over) {
    const lines = yield* reader.lines();
    if (!lines) break;
    let bytes = 0;
    for (const line of lines) {
      search.line(line);
      bytes += line.length;
      if (search.over) break;
    }
    yield* work(context.sys, bytes * 2 + lines.length * 512);
    if (context.output.size > 0) yield* context.flush();
  }
  search.end();
  return search.selected > 0;
}

/** SGR sequences of GREP_COLORS' defaults. */
const COLORS = { match: '01;31', name: '35', number: '32', separator: '36' };

class FileSearch {
  selected = 0;
  over = false;
  private number = 0;
  private offset = 0;
  private afterLeft = 0;
  private lastPrinted = 0;
  private binary = false;
  private readonly queue: { line: string; number: number; offset: number }[] = [];
  private readonly eol: string;
  private readonly silentOutput: boolean;

  constructor(
    private readonly context: Context,
    private readonly options: GrepOptions,
    private readonly name: string,
  ) {
    this.eol = options.nul ? '\0' : '\n';
    this.silentOutput = options.quiet || options.count || options.list !== undefined;
    this.over = options.most === 0;
  }

  line(text: string): void {
    const { options } = this;
    this.number += 1;
    const offset = this.offset;
    if (options.offsets) this.offset += textToBytes(text).length + 1;
    if (
      options.binary !== 'text' &&
      !options.nul &&
      !this.binary &&
      /[\0\udc80-\udcff]/.test(text) &&
      /\0|\p{Surrogate}/u.test(text)
    ) {
      this.binary = true;
      if (options.binary === 'without-match') {
        this.over = true;
        this.selected = 0;
        return;
      }
    }
    if (options.matcher.matches(text) !== options.invert) this.select(text, offset);
    else this.context_(text, offset);
  }

  end(): void {
    const { context, options, name } = this;
    if (options.count && !options.list && !options.quiet) {
      const prefix = options.named ? this.paint(name, 'name') + (options.nameEnd ?? this.paint(':', 'separator')) : '';
      context.print(`${prefix}${this.selected}\n`);
    }
    if (options.quiet) return;
    if (options.list && (options.list === 'with') === this.selected > 0)
      context.print(this.paint(name, 'name') + (options.nameEnd ?? '\n'));
  }

  private select(text: string, offset: number): void {
    const { options, context } = this;
    this.selected += 1;
    if (options.quiet || options.list) {
      this.over = true;
      return;
    }
    if (!this.silentOutput) {
      if (this.binary) {
        context.warn(`${this.name}: binary file matches`);
        this.over = true;
        return;
      }
      this.printBefore();
      if (options.only) this.printMatches(text, offset);
      else this.printLine(text, this.number, offset, ':');
      this.afterLeft = options.after;
    }
    if (this.selected >= options.most) {
      if (options.after === 0 || this.silentOutput) this.over = true;
    }
  }

  private context_(text: string, offset: number): void {
    const { options } = this;
    if (this.silentOutput) return;
    if (this.afterLeft > 0) {
      this.afterLeft -= 1;
      if (!options.only) this.printLine(text, this.number, offset, '-');
      else this.lastPrinted = this.number;
      if (this.afterLeft === 0 && this.selected >= options.most) this.over = true;
      return;
    }
    if (options.before === 0) return;
    this.queue.push({ line: text, number: this.number, offset });
    if (this.queue.length > options.before) this.queue.shift();
  }

  private printBefore(): void {
    const { options, context } = this;
    const first = this.queue[0]?.number ?? this.number;
    const contextual = options.before > 0 || options.after > 0;
    if (
      contextual &&
      grouped.has(context) &&
      options.separator !== undefined &&
      first > this.lastPrinted + (this.lastPrinted > 0 ? 1 : 0)
    ) {
      if (this.lastPrinted === 0 || first > this.lastPrinted + 1)
        context.print(`${this.paint(options.separator, 'separator')}\n`);
    }
    if (contextual) grouped.add(context);
    for (const { line, number, offset } of this.queue.splice(0)) {
      if (!options.only) this.printLine(line, number, offset, '-');
    }
  }

  private printMatches(text: string, offset: number): void {
    this.lastPrinted = this.number;
    if (this.options.invert) return;
    for (const [from, to] of this.options.matcher.spans(text)) {
      const at = this.options.offsets ? offset + textToBytes(text.slice(0, from)).length : 0;
      this.context.print(this.prefix(this.number, at, ':') + this.paint(text.slice(from, to), 'match') + this.eol);
    }
  }

  private printLine(text: string, number: number, offset: number, sign: string): void {
    this.lastPrinted = number;
    const body = this.options.color && (sign === ':') !== this.options.invert ? this.painted(text) : text;
    this.context.print(this.prefix(number, offset, sign) + body + this.eol);
  }

  private prefix(number: number, offset: number, sign: string): string {
    const { options } = this;
    const parts: string[] = [];
    const mark = this.paint(sign, 'separator');
    if (options.named) parts.push(this.paint(this.name, 'name') + (options.nameEnd ?? mark));
    if (options.numbers)
      parts.push(this.paint(options.tab ? String(number).padStart(2) : String(number), 'number') + mark);
    if (options.offsets)
      parts.push(this.paint(options.tab ? String(offset).padStart(2) : String(offset), 'number') + mark);
    return parts.join('') + (options.tab && parts.length > 0 ? '\t' : '');
  }

  private painted(text: string): string {
    let result = '';
    let at = 0;
    for (const [from, to] of this.options.matcher.spans(text)) {
      result += text.slice(at, from) + this.paint(text.slice(from, to), 'match');
      at = to;
    }
    return result + text.slice(at);
  }

  private paint(text: string, kind: keyof typeof COLORS): string {
    return this.options.color ? `\x1b[${COLORS[kind]}m\x1b[K${text}\x1b[m\x1b[K` : text;
  }
}

/** Calls that have printed a group of lines already, in whichever file: the next group is parted from it. */
const grouped = new WeakSet<Context>();
