import type { Bytes } from '../../kernel/bytes.js';
import { textToBytes } from './byte-text.js';
import type { Directive } from './c-format.js';
import { formatFloat, formatInteger, formatText } from './c-format.js';
import { readEscape } from './escapes.js';
import { floatArgument, integerArgument } from './printf-numbers.js';
import { quoteAtNeed, quoteWithBackslashes } from './quote.js';

export interface PrintfOptions {
  /** Whose rules and words: the built-in's or /usr/bin/printf's. */
  readonly dialect?: 'bash' | 'coreutils';
  /** `%(format)T`: `seconds` -1 is now, -2 the shell's start. */
  readonly strftime?: (format: string, seconds: number) => string;
  /** Quotes a word in coreutils' messages; the locale decides. */
  readonly quote?: (text: string) => string;
}

/** What printf printed; messages still lack the program's name before them. */
export interface PrintfResult {
  readonly output: Bytes;
  readonly errors: readonly string[];
  readonly status: number;
}

/** Formats arguments as bash's built-in `printf` (or coreutils' program) does; the format is used again while arguments are left. */
export function formatPrintf(format: string, args: readonly string[], options: PrintfOptions = {}): PrintfResult {
  const run = new PrintfRun(format, args, options);
  run.all();
  return { output: textToBytes(run.output), errors: run.errors, status: run.status };
}

/** Stops everything: `\c`, or a directive that cannot be understood. */
const STOP = Symbol('stop');

class PrintfRun {
  output = '';
  readonly errors: string[] = [];
  status = 0;
  private next = 0;
  private readonly bash: boolean;

  constructor(
    private readonly format: string,
    private readonly args: readonly string[],
    private readonly options: PrintfOptions,
  ) {
    this.bash = options.dialect !== 'coreutils';
  }

  all(): void {
    try {
      do {
        const before = this.next;
        this.once();
        if (this.next === before) break;
      } while (this.next < this.args.length);
      if (!this.bash && this.next === 0 && this.args.length > 0)
        this.errors.push(`warning: ignoring excess arguments, starting with ${this.quote(this.args[0] as string)}`);
    } catch (thrown) {
      if (thrown !== STOP) throw thrown;
    }
  }

  private quote(text: string): string {
    return (this.options.quote ?? ((word: string) => `'${word}'`))(text);
  }

  private fail(message: string): void {
    this.errors.push(message);
    this.status = 1;
  }

  private argument(): string | undefined {
    const value = this.args[this.next];
    if (value !== undefined) this.next += 1;
    return value;
  }

  private once(): void {
    const { format } = this;
    for (let at = 0; at < format.length; ) {
      const char = format[at] as string;
      if (char === '%') at = this.directive(at);
      else if (char === '\\') at = this.escape(at);
      else {
        this.output += char;
        at += 1;
      }
    }
  }

  private escape(at: number): number {
    const read = readEscape(this.format, at, { dialect: this.bash ? 'bash' : 'coreutils', where: 'format' });
    if (read.error) {
      if (!this.bash) {
        this.fail(read.error);
        throw STOP;
      }
      this.errors.push(read.error);
    }
    this.output += read.text;
    if (read.stop) throw STOP;
    return read.next;
  }

  private directive(start: number): number {
    const { format } = this;
    if (format[start + 1] === '%') {
      this.output += '%';
      return start + 2;
    }
    let at = start + 1;
    const flags = /^[-+ #0']*/.exec(format.slice(at))?.[0] ?? '';
    at += flags.length;
    const width = this.star(at, /^\d*/);
    at = width.next;
    let precision = -1;
    if (format[at] === '.') {
      const given = this.star(at + 1, /^-?\d*/);
      precision = given.value < 0 ? -1 : given.value;
      at = given.next;
    }
    while (/[hlLjzt]/.test(format[at] ?? '')) at += 1;
    const directive = {
      minus: flags.includes('-') || width.value < 0,
      plus: flags.includes('+'),
      space: flags.includes(' '),
      alternate: flags.includes('#'),
      zero: flags.includes('0'),
      width: Math.abs(width.value),
      precision,
    };
    return this.convert(start, at, directive);
  }

  private star(at: number, digits: RegExp): { value: number; next: number } {
    if (this.format[at] === '*') return { value: Number(this.integer(this.argument())), next: at + 1 };
    const text = digits.exec(this.format.slice(at))?.[0] ?? '';
    return { value: Number(text || 0), next: at + text.length };
  }

  private convert(start: number, at: number, shape: Omit<Directive, 'conversion'>): number {
    const conversion = this.format[at];
    if (conversion === undefined) {
      const text = this.format.slice(start);
      this.fail(this.bash ? `\`${text}': missing format character` : `${text}: invalid conversion specification`);
      throw STOP;
    }
    const directive: Directive = { ...shape, conversion };
    if ('diouxX'.includes(conversion)) this.output += formatInteger(this.integer(this.argument()), directive);
    else if ('eEfFgGaA'.includes(conversion)) this.output += formatFloat(this.float(this.argument()), directive);
    else if (conversion === 's') this.output += formatText(this.argument() ?? '', directive);
    else if (conversion === 'c')
      this.output += formatText([...(this.argument() ?? '')][0] ?? '\0', { ...directive, precision: -1 });
    else if (conversion === 'q' && (this.bash || start + 1 === at)) {
      const word = this.argument() ?? '';
      this.output += formatText(this.bash ? quoteWithBackslashes(word) : quoteAtNeed(word), directive);
    } else if (conversion === 'b' && (this.bash || start + 1 === at))
      this.withEscapes(this.argument() ?? '', directive);
    else if (conversion === '(' && this.bash && this.options.strftime) return this.time(at, directive);
    else {
      const text = this.bash
        ? `\`${conversion}': invalid format character`
        : `${this.format.slice(start, at + 1)}: invalid conversion specification`;
      this.fail(text);
      throw STOP;
    }
    return at + 1;
  }

  private withEscapes(text: string, directive: Directive): void {
    let result = '';
    for (let at = 0; at < text.length; ) {
      if (text[at] !== '\\') {
        result += text[at];
        at += 1;
        continue;
      }
      const read = readEscape(text, at, { dialect: this.bash ? 'bash' : 'coreutils', where: 'argument' });
      if (read.error) this.errors.push(read.error);
      result += read.text;
      at = read.next;
      if (read.stop) {
        this.output += formatText(result, directive);
        throw STOP;
      }
    }
    this.output += formatText(result, directive);
  }

  private time(at: number, directive: Directive): number {
    const end = this.format.indexOf(')T', at);
    if (end < 0) {
      this.errors.push(`warning: \`${this.format[at]}': invalid time format specification`);
      this.output += this.format.slice(at - 1);
      return this.format.length;
    }
    const given = this.argument();
    const seconds = given === undefined ? -1 : Number(this.integer(given));
    this.output += formatText(
      this.options.strftime?.(this.format.slice(at + 1, end) || '%X', seconds) ?? '',
      directive,
    );
    return end + 2;
  }

  private integer(text: string | undefined): bigint {
    if (text === undefined) return 0n;
    const { value, problem } = integerArgument(text);
    if (problem) this.complain(text, problem);
    return value;
  }

  private float(text: string | undefined): number {
    if (text === undefined) return 0;
    const { value, problem } = floatArgument(text);
    if (problem) this.complain(text, problem);
    return value;
  }

  private complain(text: string, problem: 'none' | 'rest' | 'range'): void {
    if (problem === 'range' && this.bash) this.errors.push(`warning: ${text}: Numerical result out of range`);
    else if (this.bash) this.fail(`${text}: invalid number`);
    else if (problem === 'range') this.fail(`${this.quote(text)}: Numerical result out of range`);
    else
      this.fail(
        `${this.quote(text)}: ${problem === 'none' ? 'expected a numeric value' : 'value not completely converted'}`,
      );
  }
}
