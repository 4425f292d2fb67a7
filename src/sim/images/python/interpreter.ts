import type { Signal } from '../../kernel/signals.js';
import type { Sys } from '../../kernel/sys.js';
import { PREEMPT, type Waiting } from '../../kernel/wait.js';
import { belongsTo, call, defaultsOf, evaluate } from './evaluate.js';
import { NotSimulated, Raised } from './failures.js';
import { Memory } from './memory.js';
import { itemsOf } from './methods.js';
import { binary } from './operators.js';
import type { Expression, Handler, Statement } from './tree.js';
import {
  Class,
  Dict,
  Func,
  Instance,
  List,
  messageOf,
  type Named,
  type Scope,
  Tuple,
  truthOf,
  typeOf,
  type Value,
} from './values.js';

/** How a block ended: by itself, or by one of these. */
type Ended = undefined | 'break' | 'continue' | { readonly returned: Value };

const STEP_COST = 1;
/** Python allows a thousand; more than this does not fit on the stack here. */
const DEEPEST = 150;

/** Runs statements. */
export class Interpreter {
  readonly sys: Sys;
  readonly globals: Scope = { names: new Map(), above: undefined, globals: new Set() };
  readonly builtins = new Map<string, Value>();
  /** Names of the language that are not here. */
  readonly unsupported = new Set<string>();
  readonly memory: Memory;
  /** The line that is run now. */
  line = 1;
  /** Finds a module; set by whoever makes the interpreter. */
  module: (name: string) => Value = () => null;
  /** Does what a signal that came wants done. */
  interrupted: () => Waiting<void> = function* none() {};
  /** What the program wants done at signals: the function and the signal's number. */
  readonly handlers = new Map<Signal, readonly [Value, bigint]>();
  private readonly frames: Scope[] = [];
  private caught: Raised | undefined;

  constructor(sys: Sys) {
    this.sys = sys;
    this.memory = new Memory(sys, () => [this.globals, ...this.frames]);
  }

  /** Counts a step of work; true when others have to have their turn. */
  step(): boolean {
    return this.sys.charge(STEP_COST);
  }

  /** Runs a block. */
  *run(scope: Scope, body: readonly Statement[], where: string): Waiting<Ended> {
    for (const statement of body) {
      this.line = statement.line;
      if (this.step()) {
        yield PREEMPT;
        yield* this.interrupted();
      }
      try {
        const ended = yield* this.execute(scope, statement, where);
        if (ended !== undefined) return ended;
      } catch (error) {
        if (error instanceof Raised && error.trace.at(-1)?.where !== where)
          error.trace.push({ line: this.lineOf(error, statement), where });
        if (error instanceof NotSimulated && error.line === undefined) throw new NotSimulated(error.message, this.line);
        throw error;
      }
    }
    return undefined;
  }

  private lineOf(error: Raised, statement: Statement): number {
    return error.trace.length === 0 ? this.line : statement.line;
  }

  private *execute(scope: Scope, statement: Statement, where: string): Waiting<Ended> {
    switch (statement.kind) {
      case 'expression':
        yield* evaluate(this, scope, statement.value);
        return undefined;
      case 'assign': {
        const value = yield* evaluate(this, scope, statement.value);
        for (const target of statement.targets) yield* this.assign(scope, target, value);
        return undefined;
      }
      case 'augment': {
        const before = yield* evaluate(this, scope, statement.target);
        const value = binary(statement.operator, before, yield* evaluate(this, scope, statement.value));
        this.memory.made(value);
        if (before instanceof List && value instanceof List)
          before.items.push(...value.items.slice(before.items.length));
        else yield* this.assign(scope, statement.target, value);
        return undefined;
      }
      case 'if': {
        const body = truthOf(yield* evaluate(this, scope, statement.test)) ? statement.body : statement.otherwise;
        return yield* this.run(scope, body, where);
      }
      case 'while':
        return yield* this.loop(scope, statement, where);
      case 'for':
        return yield* this.each(scope, statement, where);
      case 'return':
        return { returned: statement.value ? yield* evaluate(this, scope, statement.value) : null };
      case 'break':
      case 'continue':
        return statement.kind;
      case 'try':
        return yield* this.attempt(scope, statement, where);
      case 'with':
        return yield* this.within(scope, statement, where);
      default:
        yield* this.define(scope, statement);
        return undefined;
    }
  }

  private *define(scope: Scope, statement: Statement): Waiting<void> {
    switch (statement.kind) {
      case 'def': {
        const defaults = yield* defaultsOf(this, scope, statement.parameters);
        this.put(
          scope,
          statement.name,
          new Func(statement.name, statement.parameters, defaults, statement.body, scope),
        );
        return;
      }
      case 'class': {
        const base = statement.base ? yield* evaluate(this, scope, statement.base) : undefined;
        if (base !== undefined && !(base instanceof Class))
          throw new NotSimulated(`a class of a ${typeOf(base)}`, statement.line);
        const inner: Scope = { names: new Map(), above: scope, globals: new Set() };
        yield* this.run(inner, statement.body, statement.name);
        const made = new Class(statement.name, base, inner.names);
        belongsTo(made, this);
        this.put(scope, statement.name, made);
        return;
      }
      case 'global':
        for (const one of statement.names) if (one.kind === 'name') scope.globals.add(one.name);
        return;
      case 'delete':
        for (const one of statement.names) yield* this.remove(scope, one);
        return;
      case 'import': {
        const first = statement.module.split('.')[0] ?? '';
        this.put(scope, statement.as || first, this.module(statement.as ? statement.module : first));
        return;
      }
      case 'from': {
        const module = this.module(statement.module);
        for (const [name, as] of statement.names) {
          const members = (module as { readonly members?: ReadonlyMap<string, Value> }).members;
          const member = members?.get(name);
          if (member === undefined) throw new NotSimulated(`${statement.module}.${name}`, statement.line);
          this.put(scope, as, member);
        }
        return;
      }
      case 'raise':
        throw yield* this.raised(scope, statement.value);
      default:
    }
  }

  private *raised(scope: Scope, of: Expression | undefined): Waiting<Raised> {
    if (!of) return this.caught ?? new Raised('RuntimeError', 'No active exception to reraise');
    const value = yield* evaluate(this, scope, of);
    const made = value instanceof Class ? yield* call(this, value, []) : value;
    if (!(made instanceof Instance) || !made.of.is('BaseException'))
      return new Raised('TypeError', 'exceptions must derive from BaseException');
    return new Raised(made.of.name, messageOf(made), made);
  }

  private *loop(
    scope: Scope,
    { test, body }: Extract<Statement, { kind: 'if' | 'while' }>,
    where: string,
  ): Waiting<Ended> {
    while (truthOf(yield* evaluate(this, scope, test))) {
      const ended = yield* this.run(scope, body, where);
      if (ended === 'break') break;
      if (typeof ended === 'object') return ended;
    }
    return undefined;
  }

  private *each(
    scope: Scope,
    { target, over, body }: Extract<Statement, { kind: 'for' }>,
    where: string,
  ): Waiting<Ended> {
    const items = itemsOf(yield* evaluate(this, scope, over));
    // A list that grows meanwhile is gone through to its new end.
    for (let at = 0; at < items.length; at += 1) {
      yield* this.assign(scope, target, items[at] ?? null);
      const ended = yield* this.run(scope, body, where);
      if (ended === 'break') break;
      if (typeof ended === 'object') return ended;
    }
    return undefined;
  }

  private *attempt(scope: Scope, statement: Extract<Statement, { kind: 'try' }>, where: string): Waiting<Ended> {
    let ended: Ended;
    try {
      ended = yield* this.run(scope, statement.body, where);
      if (ended === undefined) ended = yield* this.run(scope, statement.otherwise, where);
    } catch (error) {
      const handler = error instanceof Raised ? yield* this.handlerFor(scope, statement.handlers, error) : undefined;
      if (!handler || !(error instanceof Raised)) {
        if (error instanceof Raised) yield* this.run(scope, statement.last, where);
        throw error;
      }
      if (handler.as !== undefined) this.put(scope, handler.as, this.exceptionOf(error));
      this.caught = error;
      ended = yield* this.run(scope, handler.body, where);
    }
    return (yield* this.run(scope, statement.last, where)) ?? ended;
  }

  private *handlerFor(scope: Scope, handlers: readonly Handler[], error: Raised): Waiting<Handler | undefined> {
    const { of } = this.exceptionOf(error);
    for (const handler of handlers) {
      if (!handler.type) return handler;
      const type = yield* evaluate(this, scope, handler.type);
      const types = type instanceof Tuple ? type.items : [type];
      if (types.some((one) => one instanceof Class && of.is(one.name))) return handler;
    }
    return undefined;
  }

  /** The object of an exception that was raised for the program. */
  private exceptionOf({ type, value, message }: Raised): Instance {
    if (value instanceof Instance) return value;
    const of = this.builtins.get(type);
    const made = new Instance(of instanceof Class ? of : new Class(type, undefined, new Map()));
    made.members.set('args', new Tuple([type === 'KeyError' ? message.replace(/^'(.*)'$/, '$1') : message]));
    return made;
  }

  private *within(
    scope: Scope,
    { value, as, body }: Extract<Statement, { kind: 'with' }>,
    where: string,
  ): Waiting<Ended> {
    const held = yield* evaluate(this, scope, value);
    if (as) yield* this.assign(scope, as, held);
    const ended = yield* this.run(scope, body, where);
    const close = held instanceof Instance ? (held.members.get('close') ?? held.of.find('server_close')) : undefined;
    if (held instanceof Instance && held.members.has('close') && close !== undefined) yield* call(this, close, []);
    return ended;
  }

  /** Gives a value to a name, an attribute, a place in a list or dict, or its items to several of them. */
  *assign(scope: Scope, target: Expression, value: Value): Waiting<void> {
    if (target.kind === 'name') this.put(scope, target.name, value);
    else if (target.kind === 'tuple' || target.kind === 'list') {
      const items = itemsOf(value);
      const [had, wanted] = [items.length, target.items.length];
      if (had < wanted) throw new Raised('ValueError', `not enough values to unpack (expected ${wanted}, got ${had})`);
      if (had > wanted) throw new Raised('ValueError', `too many values to unpack (expected ${wanted})`);
      for (const [at, one] of target.items.entries()) yield* this.assign(scope, one, items[at] ?? null);
    } else if (target.kind === 'attribute') {
      const of = yield* evaluate(this, scope, target.of);
      if (of instanceof Instance || of instanceof Class) of.members.set(target.name, value);
      else throw new NotSimulated(`setting ${target.name} of a ${typeOf(of)}`);
    } else if (target.kind === 'index') yield* this.assignItem(scope, target, value);
    else throw new NotSimulated('this assignment');
  }

  private *assignItem(scope: Scope, target: Extract<Expression, { kind: 'index' }>, value: Value): Waiting<void> {
    const of = yield* evaluate(this, scope, target.of);
    const at = yield* evaluate(this, scope, target.at);
    if (of instanceof Dict) of.set(at, value);
    else if (of instanceof List && typeof at === 'bigint') {
      const index = Number(at) < 0 ? of.items.length + Number(at) : Number(at);
      if (of.items[index] === undefined) throw new Raised('IndexError', 'list assignment index out of range');
      of.items[index] = value;
    } else throw new NotSimulated(`setting a place in a ${typeOf(of)}`);
  }

  private *remove(scope: Scope, of: Expression): Waiting<void> {
    if (of.kind === 'name' && scope.names.delete(of.name)) return;
    if (of.kind === 'name') throw new Raised('NameError', `name '${of.name}' is not defined`);
    if (of.kind !== 'index') throw new NotSimulated('this del');
    const whole = yield* evaluate(this, scope, of.of);
    const at = yield* evaluate(this, scope, of.at);
    if (whole instanceof List) whole.items.splice(Number(at), 1);
    else throw new NotSimulated(`del in a ${typeOf(whole)}`);
  }

  private put(scope: Scope, name: string, value: Value): void {
    (scope.globals.has(name) ? this.globals : scope).names.set(name, value);
  }

  /** Calls a function that the program defined. */
  *callFunction(of: Func, args: readonly Value[], named: Named): Waiting<Value> {
    if (this.frames.length > DEEPEST) throw new NotSimulated(`recursion deeper than ${DEEPEST}`);
    const names = new Map<string, Value>();
    const wanted = of.parameters.length;
    if (args.length > wanted)
      throw new Raised(
        'TypeError',
        `${of.name}() takes ${wanted} positional argument${wanted === 1 ? '' : 's'} but ${args.length} ${args.length === 1 ? 'was' : 'were'} given`,
      );
    const missing: string[] = [];
    for (const [at, { name }] of of.parameters.entries()) {
      const value = at < args.length ? args[at] : named.has(name) ? named.get(name) : of.defaults.get(name);
      if (value === undefined) missing.push(`'${name}'`);
      else names.set(name, value);
    }
    if (missing.length > 0)
      throw new Raised(
        'TypeError',
        `${of.name}() missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${missing.join(' and ')}`,
      );
    for (const name of named.keys())
      if (!names.has(name)) throw new Raised('TypeError', `${of.name}() got an unexpected keyword argument '${name}'`);
    const scope: Scope = { names, above: of.scope, globals: new Set() };
    const line = this.line;
    this.frames.push(scope);
    try {
      const ended = yield* this.run(scope, of.body, of.name);
      this.line = line;
      return typeof ended === 'object' ? ended.returned : null;
    } finally {
      this.frames.pop();
    }
  }
}
