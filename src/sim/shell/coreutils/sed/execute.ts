import type { Pattern } from '../../../kernel/libc/regex/pattern.js';
import type { Waiting } from '../../../kernel/wait.js';
import { PREEMPT } from '../../../kernel/wait.js';
import { bytesToText } from '../../format/byte-text.js';
import type { Context } from '../command.js';
import type { SedInput } from './input.js';
import { lookLine } from './look-line.js';
import type { SedOutput } from './output.js';
import type { Address, SedCommand } from './script.js';
import { substitute } from './substitute.js';

/** What a command does to the cycle: go on, jump, end it (printing or not), start it again, or end sed. */
type Step = number | 'next' | 'end' | 'delete' | 'again' | 'quit' | 'quit silently';

/** Runs a script over its input, line by line. */
export class SedRun {
  private space = '';
  private hold = '';
  private substituted = false;
  private terminated = true;
  private lastPattern: Pattern | undefined;
  private appended: (string | { file: string } | { lineOf: string })[] = [];
  private readonly lineFiles = new Map<string, string[]>();
  /** Set by q and Q. */
  exitCode = 0;

  constructor(
    private readonly context: Context,
    private readonly script: readonly SedCommand[],
    private readonly input: SedInput,
    private readonly output: SedOutput,
    private readonly options: { quiet: boolean; end: string; lineLength: number },
  ) {}

  *all(): Waiting<void> {
    let again = false;
    for (;;) {
      if (!again) {
        const line = yield* this.input.next();
        if (line === undefined) break;
        this.space = line;
        this.terminated = this.input.terminated;
      }
      const step = yield* this.cycle();
      again = step === 'again';
      if (step !== 'delete' && step !== 'again' && step !== 'quit silently' && !this.options.quiet) this.print();
      if (step !== 'quit silently') this.append();
      yield* this.output.flush();
      if (step === 'quit' || step === 'quit silently') return;
    }
  }

  private *cycle(): Waiting<Step> {
    for (let at = 0; at < this.script.length; ) {
      const command = this.script[at] as SedCommand;
      if (this.context.sys.charge(2)) yield PREEMPT;
      if ((yield* this.selected(command)) === command.negated) {
        at = command.name === '{' ? command.target : at + 1;
        continue;
      }
      const step = yield* this.run(command);
      if (step === 'next') at += 1;
      else if (typeof step === 'number') at = step;
      else return step;
    }
    return 'end';
  }

  private *selected(command: SedCommand): Waiting<boolean> {
    const { from, to } = command;
    if (!from) return true;
    if (!to) return yield* this.matches(from);
    const { number } = this.input;
    if (command.active) {
      if (to.kind === 'pattern') command.active = !(yield* this.matches(to));
      else if (to.kind === 'last') command.active = !(yield* this.input.isLast());
      else if (number >= command.until) {
        command.active = false;
        return to.kind !== 'line' || number === command.until;
      }
      return true;
    }
    if (from.kind === 'line' && from.line === 0) {
      if (number !== 1) return false;
      command.active = !(yield* this.matches(to));
      return true;
    }
    if (!(yield* this.matches(from))) return false;
    command.until = rangeEnd(to, number);
    command.active =
      to.kind === 'pattern' || (to.kind === 'last' ? !(yield* this.input.isLast()) : command.until > number);
    return true;
  }

  private *matches(address: Address): Waiting<boolean> {
    const { number } = this.input;
    switch (address.kind) {
      case 'line':
        return number === address.line;
      case 'last':
        return yield* this.input.isLast();
      case 'step':
        return number >= address.first && (number - address.first) % address.step === 0;
      case 'pattern':
        return this.pattern(address.pattern).test(this.space);
      default:
        return false;
    }
  }

  private pattern(pattern: Pattern | undefined): Pattern {
    if (pattern) this.lastPattern = pattern;
    return this.lastPattern ?? this.context.die('-e expression #1, char 0: no previous regular expression');
  }

  private *run(command: SedCommand): Waiting<Step> {
    const { output } = this;
    switch (command.name) {
      case 's':
        this.substitute(command);
        return 'next';
      case 'd':
        return 'delete';
      case 'D':
        return this.deleteFirst();
      case 'n':
        if (!(yield* this.nextLine(false))) return this.options.quiet ? 'quit silently' : 'quit';
        return 'next';
      case 'N':
        if (!(yield* this.nextLine(true))) return 'quit';
        return 'next';
      case 'c':
        return this.change(command);
      case 'b':
        return command.target;
      case 't':
      case 'T': {
        const jump = this.substituted === (command.name === 't');
        this.substituted = false;
        return jump ? command.target : 'next';
      }
      case 'q':
        this.exitCode = command.number ?? 0;
        return 'quit';
      case 'Q':
        this.exitCode = command.number ?? 0;
        return 'quit silently';
      case 'r':
        if (command.text === '/dev/stdin') this.appended.push(yield* this.standardInput());
        else this.appended.push({ file: command.text });
        return 'next';
      case 'w':
        output.toFile(command.text, this.space);
        return 'next';
      default:
        this.simple(command);
        return 'next';
    }
  }

  /** The commands that neither wait nor jump. */
  private simple(command: SedCommand): void {
    const { output } = this;
    const first = () => this.space.split(this.options.end, 1)[0] as string;
    switch (command.name) {
      case 'p':
        this.print();
        break;
      case 'P':
        output.line(first());
        break;
      case 'g':
        this.space = this.hold;
        break;
      case 'G':
        this.space += this.options.end + this.hold;
        break;
      case 'h':
        this.hold = this.space;
        break;
      case 'H':
        this.hold += this.options.end + this.space;
        break;
      case 'x':
        [this.space, this.hold] = [this.hold, this.space];
        break;
      case 'y':
        this.space = [...this.space].map((char) => command.table?.get(char) ?? char).join('');
        break;
      case 'z':
        this.space = '';
        break;
      case '=':
        output.raw(`${this.input.number}\n`);
        break;
      case 'F':
        output.raw(`${this.input.name}\n`);
        break;
      case 'l':
        output.raw(lookLine(this.space, command.number ?? this.options.lineLength));
        break;
      case 'i':
        output.raw(command.text);
        break;
      case 'a':
        this.appended.push(command.text);
        break;
      case 'R':
        this.appended.push({ lineOf: command.text });
        break;
      case 'W':
        output.toFile(command.text, first());
        break;
    }
  }

  private substitute(command: SedCommand): void {
    const { substitution } = command;
    if (!substitution) return;
    const result = substitute(this.space, this.pattern(substitution.pattern), substitution);
    if (result === undefined) return;
    this.space = result;
    this.substituted = true;
    if (substitution.prints > 0) this.print();
    if (substitution.file !== undefined) this.output.toFile(substitution.file, this.space);
  }

  private change(command: SedCommand): Step {
    const ends = !command.to || !command.active || command.negated;
    if (ends) this.output.raw(command.text);
    return 'delete';
  }

  private deleteFirst(): Step {
    const newline = this.space.indexOf(this.options.end);
    if (newline < 0) return 'delete';
    this.space = this.space.slice(newline + 1);
    return 'again';
  }

  /** `n` and `N`. False at the end of the input. */
  private *nextLine(join: boolean): Waiting<boolean> {
    if (yield* this.input.isLast()) return false;
    if (!join && !this.options.quiet) this.print();
    this.append();
    yield* this.output.flush();
    const line = yield* this.input.next();
    if (line === undefined) return false;
    this.space = join ? this.space + this.options.end + line : line;
    this.terminated = this.input.terminated;
    return true;
  }

  private print(): void {
    this.output.line(this.space, this.terminated);
  }

  private *standardInput(): Waiting<string> {
    let text = '';
    for (;;) {
      const chunk = yield* this.context.sys.read(0);
      if (chunk.length === 0) return text;
      text += bytesToText(chunk);
    }
  }

  /** Prints what a, r and R have put aside. */
  private append(): void {
    for (const item of this.appended.splice(0)) {
      if (typeof item === 'string') this.output.raw(item);
      else if ('file' in item) this.appendFile(item.file);
      else {
        const line = this.linesOf(item.lineOf).shift();
        if (line !== undefined) this.output.line(line);
      }
    }
  }

  private appendFile(name: string): void {
    const text = this.contentOf(name);
    if (text === '') return;
    this.output.raw(text);
  }

  private linesOf(name: string): string[] {
    let lines = this.lineFiles.get(name);
    if (!lines) {
      const text = this.contentOf(name);
      lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
      this.lineFiles.set(name, lines);
    }
    return lines;
  }

  /** A file that cannot be read counts as empty. */
  private contentOf(name: string): string {
    try {
      return bytesToText(this.context.sys.readFile(name));
    } catch {
      return '';
    }
  }
}

function rangeEnd(to: Address, number: number): number {
  if (to.kind === 'line') return to.line;
  if (to.kind === 'plus') return number + to.count;
  if (to.kind === 'multiple') return to.of === 0 ? number : Math.ceil(number / to.of) * to.of;
  return Number.POSITIVE_INFINITY;
}
