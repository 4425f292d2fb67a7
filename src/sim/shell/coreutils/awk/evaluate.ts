import type { Waiting } from '../../../kernel/wait.js';
import type { Context } from '../command.js';
import { plainFunctions, substituteAwk } from './builtins.js';
import { FormatError, formatAwk } from './format.js';
import type { AwkInput } from './input.js';
import { compileAwk, splitFields } from './patterns.js';
import { CurrentRecord } from './record.js';
import { Streams } from './streams.js';
import type { AwkFunction, Expr, LValue, Statement } from './syntax.js';
import type { Scalar } from './values.js';
import { compareValues, fromInput, isTrue, toNumber, toText } from './values.js';
import type { Cell } from './variables.js';
import { Variables } from './variables.js';

const COMPARISONS = new Set(['<', '<=', '==', '!=', '>', '>=']);

/** Evaluates expressions. Everything may wait: `getline` can stand anywhere. */
export abstract class Evaluator {
  readonly variables = new Variables();
  readonly record: CurrentRecord;
  readonly streams: Streams;
  protected returned: Scalar;
  private readonly plain: ReturnType<typeof plainFunctions>;

  constructor(
    readonly context: Context,
    private readonly functions: ReadonlyMap<string, AwkFunction>,
    readonly input: AwkInput,
  ) {
    this.streams = new Streams(context);
    this.plain = plainFunctions(context);
    const { variables } = this;
    const defaults = {
      FS: ' ',
      OFS: ' ',
      ORS: '\n',
      RS: '\n',
      CONVFMT: '%.6g',
      OFMT: '%.6g',
      SUBSEP: '\x1c',
      RLENGTH: -1,
      RSTART: 0,
      NR: 0,
      FNR: 0,
      FILENAME: '',
    };
    for (const [name, value] of Object.entries(defaults)) variables.global(name).scalar = value;
    this.record = new CurrentRecord({
      fs: () => this.text('FS'),
      ofs: () => this.text('OFS'),
      convert: () => this.text('CONVFMT'),
      paragraphs: () => this.text('RS') === '',
    });
  }

  protected abstract body(statement: Statement): Waiting<void>;

  /** A special variable as text. */
  text(name: string): string {
    const { scalar } = this.variables.global(name);
    return toText(scalar, '%.6g');
  }

  protected toText(value: Scalar): string {
    return toText(value, this.text('CONVFMT'));
  }

  protected outputText(value: Scalar): string {
    return toText(value, this.text('OFMT'));
  }

  /** A run-time error, and the end. */
  fail(message: string): never {
    const [file, fnr, nr] = ['FILENAME', 'FNR', 'NR'].map((name) => this.text(name));
    return this.context.die(`run time error: ${message}\n\tFILENAME="${file}" FNR=${fnr} NR=${nr}`, 2);
  }

  *value(expr: Expr): Waiting<Scalar> {
    switch (expr.kind) {
      case 'number':
      case 'string':
        return expr.value;
      case 'regex':
        return compileAwk(expr.source).test(this.record.whole()) ? 1 : 0;
      case 'variable':
        return this.variable(expr.name);
      case 'field':
        return this.record.get(this.fieldIndex(yield* this.value(expr.index)));
      case 'element':
        return this.element(expr.array, yield* this.subscript(expr.index));
      case 'group':
        return expr.items.length === 1 ? yield* this.value(expr.items[0] as Expr) : yield* this.subscript(expr.items);
      case 'unary':
        return yield* this.unary(expr);
      case 'binary':
        return yield* this.binary(expr);
      case 'and':
        return isTrue(yield* this.value(expr.left)) && isTrue(yield* this.value(expr.right)) ? 1 : 0;
      case 'or':
        return isTrue(yield* this.value(expr.left)) || isTrue(yield* this.value(expr.right)) ? 1 : 0;
      case 'match': {
        const subject = this.toText(yield* this.value(expr.left));
        return (yield* this.pattern(expr.right)).test(subject) === expr.negated ? 0 : 1;
      }
      case 'in':
        return this.variables.array(expr.array).has(yield* this.subscript(expr.index)) ? 1 : 0;
      case 'conditional':
        return yield* this.value(isTrue(yield* this.value(expr.test)) ? expr.yes : expr.no);
      case 'assign':
        return yield* this.assignment(expr);
      case 'step': {
        const before = toNumber(yield* this.value(expr.target));
        yield* this.assign(expr.target, before + expr.by);
        return expr.before ? before + expr.by : before;
      }
      case 'call':
        return yield* this.call(expr.name, expr.args);
      case 'builtin':
        return yield* this.builtin(expr.name, expr.args);
      case 'getline':
        return yield* this.getline(expr);
    }
  }

  *assign(target: LValue, value: Scalar): Waiting<void> {
    if (target.kind === 'variable') {
      if (target.name === 'NF' && !this.variables.isLocal('NF'))
        this.record.resize(Math.max(0, Math.trunc(toNumber(value))));
      else this.variables.cell(target.name).scalar = value;
    } else if (target.kind === 'field') this.record.put(this.fieldIndex(yield* this.value(target.index)), value);
    else this.variables.array(target.array).set(yield* this.subscript(target.index), value);
  }

  *subscript(index: readonly Expr[]): Waiting<string> {
    const parts: string[] = [];
    for (const part of index) parts.push(this.toText(yield* this.value(part)));
    return parts.join(this.text('SUBSEP'));
  }

  *formatted(name: string, args: readonly Expr[]): Waiting<string> {
    const [first, ...rest] = args.length === 1 && args[0]?.kind === 'group' ? args[0].items : args;
    const format = first ? this.toText(yield* this.value(first)) : '';
    const values: Scalar[] = [];
    for (const arg of rest) values.push(yield* this.value(arg));
    try {
      return formatAwk(format, values, this.text('CONVFMT'));
    } catch (thrown) {
      if (thrown instanceof FormatError) return this.fail(`${thrown.message} ${name}("${format}")`);
      throw thrown;
    }
  }

  private variable(name: string): Scalar {
    if (name === 'NF' && !this.variables.isLocal('NF')) return this.record.count;
    return this.variables.cell(name).scalar;
  }

  private element(name: string, key: string): Scalar {
    const array = this.variables.array(name);
    if (!array.has(key)) array.set(key, undefined);
    return array.get(key);
  }

  private fieldIndex(value: Scalar): number {
    const index = Math.trunc(toNumber(value));
    if (index < 0) this.fail(`negative field index $${index}`);
    return index;
  }

  private *unary(expr: Extract<Expr, { kind: 'unary' }>): Waiting<Scalar> {
    const value = yield* this.value(expr.operand);
    if (expr.operator === '!') return isTrue(value) ? 0 : 1;
    return expr.operator === '-' ? -toNumber(value) : toNumber(value);
  }

  private *binary(expr: Extract<Expr, { kind: 'binary' }>): Waiting<Scalar> {
    const left = yield* this.value(expr.left);
    const right = yield* this.value(expr.right);
    if (expr.operator === ' ') return this.toText(left) + this.toText(right);
    if (COMPARISONS.has(expr.operator))
      return compared(expr.operator, compareValues(left, right, this.text('CONVFMT'))) ? 1 : 0;
    return arithmetic(expr.operator, toNumber(left), toNumber(right));
  }

  private *assignment(expr: Extract<Expr, { kind: 'assign' }>): Waiting<Scalar> {
    const right = yield* this.value(expr.value);
    const value =
      expr.operator === '='
        ? right
        : arithmetic(expr.operator[0] as string, toNumber(yield* this.value(expr.target)), toNumber(right));
    yield* this.assign(expr.target, value);
    return value;
  }

  /** A pattern literal as it is; anything else is text to be read as a pattern. */
  private *pattern(expr: Expr) {
    if (expr.kind === 'regex') return compileAwk(expr.source);
    return compileAwk(this.toText(yield* this.value(expr)));
  }

  private *call(name: string, args: readonly Expr[]): Waiting<Scalar> {
    const definition = this.functions.get(name) as AwkFunction;
    if (args.length > definition.parameters.length) this.context.die(`too many arguments in call to ${name}`, 2);
    const frame = new Map<string, Cell>();
    for (const [index, parameter] of definition.parameters.entries())
      frame.set(parameter, yield* this.parameter(args[index]));
    this.variables.enter(frame);
    this.returned = undefined;
    try {
      yield* this.body(definition.body);
    } finally {
      this.variables.leave();
    }
    const result = this.returned;
    this.returned = undefined;
    return result;
  }

  /** Arrays are shared, scalars copied; what is neither yet may become an array of the caller's. */
  private *parameter(arg: Expr | undefined): Waiting<Cell> {
    if (!arg) return { scalar: undefined, array: undefined };
    if (arg.kind !== 'variable' || arg.name === 'NF') return { scalar: yield* this.value(arg), array: undefined };
    const cell = this.variables.cell(arg.name);
    if (cell.scalar !== undefined) return { scalar: cell.scalar, array: undefined };
    return {
      scalar: undefined,
      get array() {
        return cell.array;
      },
      set array(value) {
        cell.array = value;
      },
    };
  }

  private *builtin(name: string, args: readonly Expr[]): Waiting<Scalar> {
    switch (name) {
      case 'length':
        return yield* this.length(args[0]);
      case 'sprintf':
        return yield* this.formatted('sprintf', args);
      case 'split':
        return yield* this.split(args);
      case 'sub':
      case 'gsub':
        return yield* this.substitute(args, name === 'gsub');
      case 'match':
        return yield* this.match(args);
      case 'close':
        return yield* this.streams.close(this.toText(yield* this.value(args[0] as Expr)));
      case 'fflush':
        yield* this.streams.flush();
        return 0;
      case 'system':
        return yield* this.streams.system(this.toText(yield* this.value(args[0] as Expr)));
    }
    const values: Scalar[] = [];
    for (const arg of args) values.push(yield* this.value(arg));
    const plain = this.plain[name];
    return plain?.({
      count: values.length,
      text: (index) => this.toText(values[index]),
      number: (index) => toNumber(values[index]),
    });
  }

  private *length(arg: Expr | undefined): Waiting<number> {
    if (!arg) return this.record.whole().length;
    if (arg.kind === 'variable') {
      const { array } = this.variables.cell(arg.name);
      if (array) return array.size;
    }
    return this.toText(yield* this.value(arg)).length;
  }

  private *split(args: readonly Expr[]): Waiting<number> {
    const [subject, target, by] = args;
    const text = this.toText(yield* this.value(subject as Expr));
    const separator =
      by === undefined ? this.text('FS') : by.kind === 'regex' ? by.source : this.toText(yield* this.value(by));
    if (target?.kind !== 'variable') return this.fail('split: the second argument must be an array');
    const array = this.variables.array(target.name);
    array.clear();
    const parts =
      by?.kind === 'regex' && by.source.length === 1
        ? splitFields(text, `(${separator})`, false)
        : splitFields(text, separator, false);
    for (const [index, part] of parts.entries()) array.set(String(index + 1), fromInput(part));
    return parts.length;
  }

  private *substitute(args: readonly Expr[], all: boolean): Waiting<number> {
    const pattern = yield* this.pattern(args[0] as Expr);
    const replacement = this.toText(yield* this.value(args[1] as Expr));
    const target: Expr = args[2] ?? { kind: 'field', index: { kind: 'number', value: 0 } };
    const text = this.toText(yield* this.value(target));
    const result = substituteAwk(text, (subject, from) => pattern.exec(subject, from), replacement, all);
    const place = target.kind === 'group' && target.items.length === 1 ? (target.items[0] as Expr) : target;
    if (result.count > 0 && (place.kind === 'variable' || place.kind === 'field' || place.kind === 'element'))
      yield* this.assign(place, result.text);
    return result.count;
  }

  private *match(args: readonly Expr[]): Waiting<number> {
    const text = this.toText(yield* this.value(args[0] as Expr));
    const found = (yield* this.pattern(args[1] as Expr)).exec(text);
    const start = found ? found.index + 1 : 0;
    this.variables.global('RSTART').scalar = start;
    this.variables.global('RLENGTH').scalar = found ? found[0].length : -1;
    return start;
  }

  /** 1 for a record, 0 at the end, -1 when it cannot be read. */
  private *getline(expr: Extract<Expr, { kind: 'getline' }>): Waiting<number> {
    let line: string | undefined;
    if (expr.from === 'input') line = yield* this.input.next(this);
    else {
      const reader = yield* this.streams.reader(expr.from, this.toText(yield* this.value(expr.source as Expr)));
      if (!reader) return -1;
      try {
        line = yield* reader.next(this.text('RS'));
      } catch {
        return -1;
      }
      if (line !== undefined && expr.from === 'command') this.countRecord(false);
    }
    if (line === undefined) return 0;
    if (expr.target) yield* this.assign(expr.target, fromInput(line));
    else this.record.set(line);
    return 1;
  }

  /** One record more; `own`: from the files among the operands. */
  countRecord(own: boolean): void {
    const nr = this.variables.global('NR');
    nr.scalar = toNumber(nr.scalar) + 1;
    if (!own) return;
    const fnr = this.variables.global('FNR');
    fnr.scalar = toNumber(fnr.scalar) + 1;
  }
}

function compared(operator: string, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

function arithmetic(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      return left ** right;
  }
}
