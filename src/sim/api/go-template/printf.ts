import { type Format, PLAIN } from './format.js';
import { formatData, printData } from './format-value.js';
import { type GoData, GoInteger, typeOfData } from './go-values.js';

const WIDTH_MAX = 1_000_000;
const FLAGS: Readonly<Record<string, keyof Format>> = {
  '-': 'minus',
  '+': 'plus',
  '#': 'sharp',
  ' ': 'space',
  '0': 'zero',
};

/** Formats as Go's Sprintf does, complaints such as `%!d(string=x)` included. */
export function goSprintf(format: string, args: readonly GoData[]): string {
  return new Printer(format, args).run();
}

/** Values one after another as Go's Sprint does: a space only between two that are no strings. */
export function goSprint(args: readonly GoData[]): string {
  return args
    .map((arg, i) => {
      const apart = i > 0 && !isText(arg) && !isText(args[i - 1]);
      return (apart ? ' ' : '') + printData(arg);
    })
    .join('');
}

/** Values as Go's Sprintln prints them. */
export function goSprintln(args: readonly GoData[]): string {
  return `${args.map(printData).join(' ')}\n`;
}

function isText(data: GoData): boolean {
  return typeOfData(data)?.kind === 'string';
}

type Draft = { -readonly [K in keyof Format]: Format[K] };

/** Goes through a format from left to right, as doPrintf does. */
class Printer {
  private at = 0;
  private argument = 0;
  private reordered = false;
  private indexIsGood = true;
  private afterIndex = false;
  private out = '';

  constructor(
    private readonly format: string,
    private readonly args: readonly GoData[],
  ) {}

  run(): string {
    for (;;) {
      const next = this.format.indexOf('%', this.at);
      if (next < 0) break;
      this.out += this.format.slice(this.at, next);
      this.at = next + 1;
      this.directive();
    }
    this.out += this.format.slice(this.at);
    if (!this.reordered && this.argument < this.args.length) this.extra();
    return this.out;
  }

  private extra(): void {
    const shown = this.args
      .slice(this.argument)
      .map((arg) => (arg === null || arg === undefined ? '<nil>' : `${typeOfData(arg)?.name}=${printData(arg)}`));
    this.out += `%!(EXTRA ${shown.join(', ')})`;
  }

  private directive(): void {
    const draft: Draft = { ...PLAIN };
    this.indexIsGood = true;
    this.afterIndex = false;
    for (let flag = FLAGS[this.peek()]; flag !== undefined; flag = FLAGS[this.peek()]) {
      (draft as Record<string, unknown>)[flag] = true;
      this.at++;
    }
    this.index();
    this.width(draft);
    if (this.peek() === '.') this.precision(draft);
    if (!this.afterIndex) this.index();
    const code = this.format.codePointAt(this.at);
    if (code === undefined) {
      this.out += '%!(NOVERB)';
      return;
    }
    const verb = String.fromCodePoint(code);
    this.at += verb.length;
    this.verb(verb, draft);
  }

  private verb(verb: string, draft: Draft): void {
    if (verb === '%') this.out += '%';
    else if (!this.indexIsGood) this.out += `%!${verb}(BADINDEX)`;
    else if (this.argument >= this.args.length) this.out += `%!${verb}(MISSING)`;
    else {
      if (draft.minus) draft.zero = false;
      if (verb === 'v') Object.assign(draft, { sharpV: draft.sharp, plusV: draft.plus, sharp: false, plus: false });
      this.out += formatData(this.args[this.argument++], { ...draft, verb });
    }
  }

  private peek(): string {
    return this.format.charAt(this.at);
  }

  private width(draft: Draft): void {
    if (this.peek() === '*') {
      this.at++;
      const wide = this.countOf('WIDTH');
      if (wide !== undefined && wide < 0) draft.minus = true;
      draft.width = wide === undefined ? undefined : Math.abs(wide);
      this.afterIndex = false;
      return;
    }
    draft.width = this.digits();
    if (this.afterIndex && draft.width !== undefined) this.indexIsGood = false;
  }

  private precision(draft: Draft): void {
    this.at++;
    if (this.afterIndex) this.indexIsGood = false;
    this.index();
    if (this.peek() === '*') {
      this.at++;
      const precise = this.countOf('PREC', 0);
      draft.precision = precise;
      this.afterIndex = false;
    } else {
      draft.precision = this.digits() ?? 0;
    }
  }

  private digits(): number | undefined {
    const found = /^\d+/.exec(this.format.slice(this.at, this.at + 10))?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    return Math.min(Number(found), WIDTH_MAX);
  }

  private countOf(name: 'WIDTH' | 'PREC', least = -WIDTH_MAX): number | undefined {
    const arg = this.args[this.argument];
    const count = arg instanceof GoInteger ? Number(arg.value) : undefined;
    if (this.argument < this.args.length) this.argument++;
    if (count !== undefined && count >= least && Math.abs(count) <= WIDTH_MAX) return count;
    if (name === 'WIDTH' || count === undefined || count > 0) this.out += `%!(BAD${name})`;
    return undefined;
  }

  /** `[2]`: which argument is next. */
  private index(): void {
    if (this.peek() !== '[') return;
    this.reordered = true;
    const close = this.format.indexOf(']', this.at);
    const number = close < 0 ? Number.NaN : Number(this.format.slice(this.at + 1, close) || 'x');
    this.at = close < 0 ? this.at + 1 : close + 1;
    if (Number.isInteger(number) && number >= 1 && number <= this.args.length) {
      this.argument = number - 1;
      this.afterIndex = true;
    } else {
      this.indexIsGood = false;
    }
  }
}
