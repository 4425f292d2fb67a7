import type { FileStat } from '../../kernel/files.js';
import { testFile, testFilePair } from './test-files.js';
import { testInteger } from './test-integers.js';

/** What `test` asks of the machine and the shell around it. */
export interface TestContext {
  /** Whose words and operators: the built-in's or /usr/bin/test's. */
  readonly dialect?: 'bash' | 'coreutils';
  /** Quotes a word in coreutils' messages; the locale decides. */
  readonly quote?: (text: string) => string;
  /** Follows links; undefined when there is none to be seen. */
  stat(path: string): FileStat | undefined;
  lstat(path: string): FileStat | undefined;
  access(path: string, need: 'read' | 'write' | 'execute'): boolean;
  isTty(descriptor: number): boolean;
  readonly uid: number;
  readonly gid: number;
  /** `-v name`, bash only. */
  variableSet?(name: string): boolean;
  /** `-R name`, bash only. */
  isReference?(name: string): boolean;
  /** `-o option`, bash only. */
  optionSet?(name: string): boolean;
}

/** 0 true, 1 false, 2 misuse; `error` lacks the program's name before it. */
export interface TestResult {
  readonly status: 0 | 1 | 2;
  readonly error?: string;
}

/** Evaluates the arguments of `test` (those of `[` without the closing bracket). */
export function evaluateTest(args: readonly string[], context: TestContext): TestResult {
  try {
    return { status: new TestParser(args, context).all() ? 0 : 1 };
  } catch (thrown) {
    if (thrown instanceof TestError) return { status: 2, error: thrown.message };
    throw thrown;
  }
}

/** Evaluates the arguments of `[`, of which the last must be the closing bracket. */
export function evaluateBracket(args: readonly string[], context: TestContext): TestResult {
  if (args.at(-1) !== ']') {
    const quote = context.quote ?? ((text: string) => `'${text}'`);
    return { status: 2, error: context.dialect === 'coreutils' ? `missing ${quote(']')}` : "missing `]'" };
  }
  return evaluateTest(args.slice(0, -1), context);
}

/** What is wrong with an expression. */
class TestError extends Error {}

const UNARY = new Set('bcdefghknprstuwxzGLNOS');
const BASH_UNARY = new Set('aovR');
const BINARY = new Set(['=', '==', '!=', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef']);
const BASH_BINARY = new Set(['<', '>']);

/** The grammar of POSIX for up to four arguments, and the old one with -a, -o and parentheses for more. */
class TestParser {
  private at = 0;
  private readonly bash: boolean;

  constructor(
    private readonly args: readonly string[],
    private readonly context: TestContext,
  ) {
    this.bash = context.dialect !== 'coreutils';
  }

  all(): boolean {
    const { args } = this;
    const value = args.length === 0 ? false : this.byCount(args.length);
    if (this.at < args.length && args.length > 0) {
      const extra = this.word(this.at);
      throw new TestError(this.bash ? 'too many arguments' : `extra argument ${this.quote(extra)}`);
    }
    return value;
  }

  private byCount(count: number): boolean {
    if (count === 1) return this.one();
    if (count === 2) return this.two();
    if (count === 3) return this.three();
    if (count === 4) {
      if (this.word(this.at) === '!') {
        this.at += 1;
        return !this.three();
      }
      if (this.word(this.at) === '(' && this.word(this.at + 3) === ')') {
        this.at += 1;
        const value = this.two();
        this.at += 1;
        return value;
      }
    }
    return this.or();
  }

  private one(): boolean {
    const value = this.word(this.at) !== '';
    this.at += 1;
    return value;
  }

  private two(): boolean {
    const first = this.word(this.at);
    if (first === '!') {
      this.at += 1;
      return !this.one();
    }
    if (/^-.$/.test(first)) {
      if (this.isUnary(first)) return this.unary();
      throw this.expected(first, 'unary');
    }
    if (this.bash) throw this.expected(first, 'unary');
    throw new TestError(`missing argument after ${this.quote(this.word(this.at + 1))}`);
  }

  private three(): boolean {
    const first = this.word(this.at);
    const operator = this.word(this.at + 1);
    if (this.isBinary(operator)) return this.binary();
    if (operator === '-a' || operator === '-o') {
      const left = first !== '';
      const right = this.word(this.at + 2) !== '';
      this.at += 3;
      return operator === '-a' ? left && right : left || right;
    }
    if (first === '!') {
      this.at += 1;
      return !this.two();
    }
    if (first === '(' && this.word(this.at + 2) === ')') {
      this.at += 3;
      return operator !== '';
    }
    throw this.expected(operator, 'binary');
  }

  private or(): boolean {
    let value = this.and();
    while (this.args[this.at] === '-o') {
      this.at += 1;
      const right = this.and();
      value = value || right;
    }
    return value;
  }

  private and(): boolean {
    let value = this.term();
    while (this.args[this.at] === '-a') {
      this.at += 1;
      const right = this.term();
      value = value && right;
    }
    return value;
  }

  private term(): boolean {
    let negated = false;
    while (this.args[this.at] === '!') {
      this.at += 1;
      negated = !negated;
    }
    return this.primary() !== negated;
  }

  private primary(): boolean {
    const word = this.args[this.at];
    if (word === undefined) throw this.missing();
    if (word === '(') return this.group();
    if (this.args.length - this.at >= 3 && this.isBinary(this.word(this.at + 1))) return this.binary();
    if (/^-.$/.test(word) && this.isUnary(word)) return this.unary();
    return this.one();
  }

  private group(): boolean {
    this.at += 1;
    const value = this.or();
    const close = this.args[this.at];
    if (close === undefined) throw new TestError(this.bash ? "`)' expected" : `${this.quote(')')} expected`);
    if (close !== ')') {
      throw new TestError(this.bash ? `\`)' expected, found ${close}` : `${this.quote(')')} expected, found ${close}`);
    }
    this.at += 1;
    return value;
  }

  private unary(): boolean {
    const operator = this.word(this.at)[1] as string;
    if (this.at + 1 >= this.args.length) {
      this.at += 1;
      throw this.missing();
    }
    const operand = this.word(this.at + 1);
    this.at += 2;
    const { context } = this;
    switch (operator) {
      case 'n':
        return operand !== '';
      case 'z':
        return operand === '';
      case 'v':
        return context.variableSet?.(operand) ?? false;
      case 'R':
        return context.isReference?.(operand) ?? false;
      case 'o':
        return context.optionSet?.(operand) ?? false;
      case 't':
        if (this.bash && !/^\s*[+-]?\d+\s*$/.test(operand)) return false;
        return context.isTty(Number(this.integer(operand)));
      default:
        return testFile(operator, operand, context);
    }
  }

  private binary(): boolean {
    const left = this.word(this.at);
    const operator = this.word(this.at + 1);
    const right = this.word(this.at + 2);
    this.at += 3;
    switch (operator) {
      case '=':
      case '==':
        return left === right;
      case '!=':
        return left !== right;
      case '<':
        return left < right;
      case '>':
        return left > right;
      case '-nt':
      case '-ot':
      case '-ef':
        return testFilePair(operator, left, right, this.context);
      default:
        return testInteger(operator, this.integer(left), this.integer(right));
    }
  }

  private integer(text: string): bigint {
    const value = /^\s*[+-]?\d+\s*$/.test(text) ? BigInt(text.trim().replace(/^\+/, '')) : undefined;
    const fits = value !== undefined && (!this.bash || BigInt.asIntN(64, value) === value);
    if (fits) return value;
    throw new TestError(this.bash ? `${text}: integer expression expected` : `invalid integer ${this.quote(text)}`);
  }

  private isUnary(word: string): boolean {
    const letter = word[1] as string;
    return UNARY.has(letter) || (this.bash && BASH_UNARY.has(letter));
  }

  private isBinary(word: string): boolean {
    return BINARY.has(word) || (this.bash && BASH_BINARY.has(word));
  }

  private expected(word: string, kind: 'unary' | 'binary'): TestError {
    return new TestError(`${this.bash ? word : this.quote(word)}: ${kind} operator expected`);
  }

  private missing(): TestError {
    return new TestError(
      this.bash ? 'argument expected' : `missing argument after ${this.quote(this.args.at(-1) ?? '')}`,
    );
  }

  private quote(text: string): string {
    return (this.context.quote ?? ((word: string) => `'${word}'`))(text);
  }

  private word(at: number): string {
    return this.args[at] ?? '';
  }
}
