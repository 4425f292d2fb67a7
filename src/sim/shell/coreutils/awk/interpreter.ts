import { COST } from '../../../kernel/cost.js';
import type { Waiting } from '../../../kernel/wait.js';
import { PREEMPT } from '../../../kernel/wait.js';
import type { Context } from '../command.js';
import { rawBytes } from '../io.js';
import { Evaluator } from './evaluate.js';
import type { AwkInput } from './input.js';
import type { AwkProgram, Rule, Statement } from './syntax.js';
import { isTrue, toNumber } from './values.js';

/** How a statement ended, when not by going on. */
type Flow = undefined | 'break' | 'continue' | 'next' | 'nextfile' | 'return' | 'exit';

/** Runs a program: BEGIN, every record, END. */
export class AwkRun extends Evaluator {
  private readonly ranges = new Set<Rule>();
  private exitCode = 0;

  constructor(
    context: Context,
    private readonly program: AwkProgram,
    input: AwkInput,
  ) {
    super(context, program.functions, input);
  }

  *all(): Waiting<number> {
    const { begin, end, rules } = this.program;
    const ended = yield* this.section(begin);
    // `exit` leads to END.
    if (!ended && (rules.length > 0 || end.length > 0)) yield* this.records();
    yield* this.section(end);
    yield* this.streams.closeAll();
    return this.exitCode;
  }

  /** BEGIN or END parts; true when `exit` ended them. */
  private *section(statements: readonly Statement[]): Waiting<boolean> {
    for (const statement of statements) if ((yield* this.run(statement)) === 'exit') return true;
    return false;
  }

  private *records(): Waiting<boolean> {
    for (;;) {
      const record = yield* this.input.next(this);
      if (record === undefined) return false;
      this.record.set(record);
      for (const rule of this.program.rules) {
        if (!(yield* this.selected(rule))) continue;
        const flow: Flow = rule.body ? yield* this.run(rule.body) : this.printRecord();
        if (flow === 'exit') return true;
        if (flow === 'nextfile') this.input.skipFile();
        if (flow === 'next' || flow === 'nextfile') break;
      }
      if (this.context.output.size > 16_384 || !this.input.buffered) yield* this.context.flush();
    }
  }

  private printRecord(): undefined {
    this.context.print(rawBytes(this.record.whole() + this.text('ORS')));
  }

  private *selected(rule: Rule): Waiting<boolean> {
    const [from, to] = rule.pattern;
    if (!from) return true;
    if (!to) return isTrue(yield* this.value(from));
    if (!this.ranges.has(rule)) {
      if (!isTrue(yield* this.value(from))) return false;
      this.ranges.add(rule);
    }
    if (isTrue(yield* this.value(to))) this.ranges.delete(rule);
    return true;
  }

  protected override *body(statement: Statement): Waiting<void> {
    if ((yield* this.run(statement)) === 'exit') throw new ExitSignal();
  }

  private *run(statement: Statement): Waiting<Flow> {
    try {
      return yield* this.execute(statement);
    } catch (thrown) {
      if (thrown instanceof ExitSignal) return 'exit';
      throw thrown;
    }
  }

  private *execute(statement: Statement): Waiting<Flow> {
    if (this.context.sys.charge(COST.io)) yield PREEMPT;
    switch (statement.kind) {
      case 'block':
        for (const inner of statement.body) {
          const flow = yield* this.execute(inner);
          if (flow) return flow;
        }
        return undefined;
      case 'expression':
        yield* this.value(statement.value);
        return undefined;
      case 'print':
      case 'printf':
        yield* this.print(statement);
        return undefined;
      case 'if':
        if (isTrue(yield* this.value(statement.test))) return yield* this.execute(statement.yes);
        return statement.no ? yield* this.execute(statement.no) : undefined;
      case 'while':
      case 'do':
      case 'for':
        return yield* this.loop(statement);
      case 'for-in':
        return yield* this.forIn(statement);
      case 'delete':
        yield* this.remove(statement);
        return undefined;
      case 'return':
        this.returned = statement.value ? yield* this.value(statement.value) : undefined;
        return 'return';
      case 'exit':
        if (statement.value) this.exitCode = toNumber(yield* this.value(statement.value)) & 255;
        return 'exit';
      default:
        return statement.kind;
    }
  }

  private *loop(statement: Extract<Statement, { kind: 'while' | 'do' | 'for' }>): Waiting<Flow> {
    if (statement.kind === 'for' && statement.start) yield* this.execute(statement.start);
    let first = statement.kind === 'do';
    for (;;) {
      if (!first && statement.test && !isTrue(yield* this.value(statement.test))) return undefined;
      first = false;
      const flow = yield* this.execute(statement.body);
      if (flow === 'break') return undefined;
      if (flow && flow !== 'continue') return flow;
      if (statement.kind === 'for' && statement.next) yield* this.execute(statement.next);
    }
  }

  private *forIn(statement: Extract<Statement, { kind: 'for-in' }>): Waiting<Flow> {
    const array = this.variables.array(statement.array);
    for (const key of [...array.keys()]) {
      if (!array.has(key)) continue;
      yield* this.assign(statement.variable, key);
      const flow = yield* this.execute(statement.body);
      if (flow === 'break') return undefined;
      if (flow && flow !== 'continue') return flow;
    }
    return undefined;
  }

  private *remove(statement: Extract<Statement, { kind: 'delete' }>): Waiting<void> {
    const array = this.variables.array(statement.array);
    if (!statement.index) array.clear();
    else array.delete(yield* this.subscript(statement.index));
  }

  private *print(statement: Extract<Statement, { kind: 'print' | 'printf' }>): Waiting<void> {
    let text: string;
    if (statement.kind === 'printf') text = yield* this.formatted('printf', statement.args);
    else if (statement.args.length === 0) text = this.record.whole() + this.text('ORS');
    else {
      const parts: string[] = [];
      for (const arg of statement.args) parts.push(this.outputText(yield* this.value(arg)));
      text = parts.join(this.text('OFS')) + this.text('ORS');
    }
    if (!statement.to) {
      this.context.print(rawBytes(text));
      yield* this.context.relieve();
      return;
    }
    const name = this.toText(yield* this.value(statement.to.target));
    yield* this.streams.write(statement.to.kind, name, text);
  }
}

/** `exit` inside a function. */
class ExitSignal extends Error {}
