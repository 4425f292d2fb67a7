import type { Int } from './integers.js';
import { BINARY, complement, negate, readNumber } from './integers.js';

/** Where an expression's variables live. Values are text and are evaluated as expressions themselves. */
export interface ArithmeticScope {
  /** The value of a variable or of an array's element; undefined when it is not set. Throws under `set -u`. */
  read(name: string, subscript: string | undefined): string | undefined;
  write(name: string, subscript: string | undefined, value: string): void;
  /** Evaluates a value as an expression, within the limit of recursion. */
  evaluate(text: string): Int;
}

/** An expression ready to be evaluated. */
export type Arithmetic = (scope: ArithmeticScope) => Int;

/** What is wrong with an expression, in bash's words after the name of the program. */
export class ArithmeticError extends Error {}

type Token =
  | { kind: 'number'; value: Int }
  | { kind: 'name'; name: string; subscript: string | undefined }
  | { kind: 'operator'; text: string }
  | { kind: 'end' };

const OPERATORS = /^(?:<<=|>>=|\*\*|<<|>>|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%&^|]=|[-+*/%<>&^|!~?:=,()])/;
const PRECEDENCE: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|=']);

const add = BINARY['+'] as (left: Int, right: Int) => Int;

class Parser {
  private at = 0;
  private tokenAt = 0;
  private token: Token = { kind: 'end' };
  private target: { name: string; subscript: string | undefined } | undefined;

  constructor(private readonly text: string) {}

  parse(): Arithmetic {
    this.next();
    if (this.token.kind === 'end') return () => 0;
    const result = this.comma();
    if ((this.token as Token).kind !== 'end') this.fail('syntax error in expression');
    return result;
  }

  private fail(words: string, from = this.tokenAt): never {
    throw new ArithmeticError(`${this.text.trimStart()}: ${words} (error token is "${this.text.slice(from)}")`);
  }

  private next(): void {
    const { text } = this;
    while (/\s/.test(text[this.at] ?? '')) this.at += 1;
    if (this.at >= text.length) {
      this.token = { kind: 'end' };
      return;
    }
    const before = this.token;
    this.tokenAt = this.at;
    const rest = text.slice(this.at);
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (name !== undefined) {
      this.at += name.length;
      this.token = { kind: 'name', name, subscript: this.subscript() };
      return;
    }
    const digits = /^\d[\w#@]*/.exec(rest)?.[0];
    if (digits !== undefined) {
      this.at += digits.length;
      const value = readNumber(digits);
      if (typeof value === 'string') this.fail(value);
      this.token = { kind: 'number', value };
      return;
    }
    const operator = OPERATORS.exec(rest)?.[0];
    if (operator === undefined) {
      const operand = before.kind === 'number' || before.kind === 'name';
      this.fail(`syntax error: ${operand ? 'invalid arithmetic operator' : 'operand expected'}`);
    }
    this.at += operator.length;
    this.token = { kind: 'operator', text: operator };
  }

  private subscript(): string | undefined {
    if (this.text[this.at] !== '[') return undefined;
    let depth = 0;
    for (let end = this.at; end < this.text.length; end += 1) {
      const char = this.text[end];
      if (char === '\\') end += 1;
      else if (char === '[') depth += 1;
      else if (char === ']' && --depth === 0) {
        const inner = this.text.slice(this.at + 1, end);
        this.at = end + 1;
        return inner;
      }
    }
    throw new ArithmeticError(
      `${this.text.trimStart()}: bad array subscript (error token is "${this.text.slice(this.tokenAt)}")`,
    );
  }

  private is(...operators: string[]): string | undefined {
    const { token } = this;
    return token.kind === 'operator' && operators.includes(token.text) ? token.text : undefined;
  }

  private comma(): Arithmetic {
    let left = this.assignment();
    while (this.is(',')) {
      this.next();
      const first = left;
      const second = this.assignment();
      left = (scope) => {
        first(scope);
        return second(scope);
      };
    }
    return left;
  }

  private assignment(): Arithmetic {
    this.target = undefined;
    const value = this.conditional();
    const target = this.target as { name: string; subscript: string | undefined } | undefined;
    const operator = this.token.kind === 'operator' && ASSIGNMENTS.has(this.token.text) ? this.token.text : undefined;
    if (operator === undefined) return value;
    if (!target) this.fail('attempted assignment to non-variable');
    const { name, subscript } = target;
    this.next();
    const from = this.tokenAt;
    const right = this.assignment();
    this.target = undefined;
    if (operator === '=') return (scope) => store(scope, name, subscript, right(scope));
    const combine = this.binary(operator.slice(0, -1), value, right, from);
    return (scope) => store(scope, name, subscript, combine(scope));
  }

  private conditional(): Arithmetic {
    const test = this.level(0);
    if (!this.is('?')) return test;
    this.next();
    if (this.token.kind === 'end' || this.is(':')) this.fail('expression expected');
    const yes = this.comma();
    if (!this.is(':')) this.fail("`:' expected for conditional expression");
    this.next();
    if ((this.token as Token).kind === 'end') this.fail('expression expected');
    const no = this.conditional();
    this.target = undefined;
    return (scope) => (test(scope) !== 0 ? yes(scope) : no(scope));
  }

  private level(index: number): Arithmetic {
    const operators = PRECEDENCE[index];
    if (!operators) return this.exponent();
    let left = this.level(index + 1);
    for (;;) {
      const operator = this.is(...operators);
      if (operator === undefined) return left;
      this.next();
      const from = this.tokenAt;
      const first = left;
      const second = this.level(index + 1);
      this.target = undefined;
      if (operator === '||') left = (scope) => (first(scope) !== 0 || second(scope) !== 0 ? 1 : 0);
      else if (operator === '&&') left = (scope) => (first(scope) !== 0 && second(scope) !== 0 ? 1 : 0);
      else left = this.binary(operator, first, second, from);
    }
  }

  private binary(operator: string, left: Arithmetic, right: Arithmetic, from: number): Arithmetic {
    const compute = BINARY[operator] as (left: Int, right: Int) => Int;
    if (operator === '/' || operator === '%') {
      return (scope) => {
        const first = left(scope);
        const second = right(scope);
        if (second === 0) this.fail('division by 0', from);
        return compute(first, second);
      };
    }
    if (operator === '**') {
      return (scope) => {
        const first = left(scope);
        const second = right(scope);
        if (second < 0) this.fail('exponent less than 0', from);
        return compute(first, second);
      };
    }
    return (scope) => compute(left(scope), right(scope));
  }

  private exponent(): Arithmetic {
    const base = this.unary();
    if (!this.is('**')) return base;
    this.next();
    const from = this.tokenAt;
    const power = this.exponent();
    this.target = undefined;
    return this.binary('**', base, power, from);
  }

  private unary(): Arithmetic {
    const operator = this.is('!', '~', '-', '+', '++', '--');
    if (operator === undefined) return this.operand();
    this.next();
    if (operator === '++' || operator === '--') return this.prefixed(operator);
    const operand = this.unary();
    this.target = undefined;
    if (operator === '!') return (scope) => (operand(scope) === 0 ? 1 : 0);
    if (operator === '~') return (scope) => complement(operand(scope));
    return operator === '-' ? (scope) => negate(operand(scope)) : operand;
  }

  /** `++name`; before anything but a name it is two signs. */
  private prefixed(operator: '++' | '--'): Arithmetic {
    const step = operator === '++' ? 1 : -1;
    if (this.token.kind === 'name') {
      const { name, subscript } = this.token;
      this.next();
      return (scope) => store(scope, name, subscript, add(load(scope, name, subscript), step));
    }
    if (this.token.kind !== 'number' && !this.is('(', '!', '~', '-', '+', '++', '--'))
      this.fail('syntax error: operand expected');
    const operand = this.unary();
    this.target = undefined;
    return operand;
  }

  private operand(): Arithmetic {
    const { token } = this;
    if (token.kind === 'number') {
      this.next();
      const { value } = token;
      this.target = undefined;
      return () => value;
    }
    if (token.kind === 'name') return this.variable(token.name, token.subscript);
    if (!this.is('(')) this.fail('syntax error: operand expected');
    this.next();
    const inner = this.comma();
    if (!this.is(')')) this.fail("missing `)'");
    this.next();
    this.target = undefined;
    return inner;
  }

  private variable(name: string, subscript: string | undefined): Arithmetic {
    this.next();
    const operator = this.is('++', '--');
    if (operator === undefined) {
      this.target = { name, subscript };
      return (scope) => load(scope, name, subscript);
    }
    this.next();
    this.target = undefined;
    const step = operator === '++' ? 1 : -1;
    return (scope) => {
      const value = load(scope, name, subscript);
      store(scope, name, subscript, add(value, step));
      return value;
    };
  }
}

function load(scope: ArithmeticScope, name: string, subscript: string | undefined): Int {
  const text = scope.read(name, subscript);
  if (text === undefined || text === '') return 0;
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text);
  return scope.evaluate(text);
}

function store(scope: ArithmeticScope, name: string, subscript: string | undefined, value: Int): Int {
  scope.write(name, subscript, String(value));
  return value;
}

const CACHE_MAX = 500;
const cache = new Map<string, Arithmetic>();

/** Reads an arithmetic expression. Throws ArithmeticError. What was read before is remembered; it depends on the text alone. */
export function parseArithmetic(text: string): Arithmetic {
  const known = cache.get(text);
  if (known) return known;
  const parsed = new Parser(text).parse();
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(text, parsed);
  return parsed;
}
