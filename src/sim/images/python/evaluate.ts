import { PREEMPT, type Waiting } from '../../kernel/wait.js';
import { NotSimulated, Raised } from './failures.js';
import type { Interpreter } from './interpreter.js';
import { itemsOf, methodOf } from './methods.js';
import { binary, compare, formatted, lengthOf } from './operators.js';
import type { Argument, Expression } from './tree.js';
import {
  Builtin,
  Bytes,
  Class,
  Dict,
  Func,
  Instance,
  isWaiting,
  List,
  Module,
  type Named,
  reprOf,
  type Scope,
  Tuple,
  textOf,
  truthOf,
  typeOf,
  type Value,
  Vast,
} from './values.js';

/** The value of an expression in a scope. Throws `Raised`. */
export function* evaluate(run: Interpreter, scope: Scope, of: Expression): Waiting<Value> {
  switch (of.kind) {
    case 'constant':
      return of.value;
    case 'bytes':
      return new Bytes(of.text);
    case 'name':
      return lookUp(run, scope, of.name);
    case 'format': {
      let text = '';
      for (const part of of.parts) {
        if (typeof part === 'string') text += part;
        else {
          const value = yield* evaluate(run, scope, part.value);
          text += formatted(part.conversion === 'r' ? reprOf(value) : value, part.spec);
        }
      }
      return text;
    }
    case 'list':
      return new List(yield* all(run, scope, of.items));
    case 'tuple':
      return new Tuple(yield* all(run, scope, of.items));
    case 'set':
      throw new NotSimulated('sets');
    case 'dict': {
      const dict = new Dict();
      for (const [key, value] of of.entries)
        dict.set(yield* evaluate(run, scope, key), yield* evaluate(run, scope, value));
      return dict;
    }
    case 'comprehension':
      return yield* comprehended(run, scope, of);
    case 'choice':
      return yield* evaluate(run, scope, truthOf(yield* evaluate(run, scope, of.test)) ? of.then : of.otherwise);
    case 'lambda':
      return new Func(
        '<lambda>',
        of.parameters,
        yield* defaultsOf(run, scope, of.parameters),
        [{ kind: 'return', line: run.line, value: of.body }],
        scope,
      );
    case 'call':
      return yield* called(run, scope, of.callee, of.args);
    default:
      return yield* operated(run, scope, of);
  }
}

function* operated(
  run: Interpreter,
  scope: Scope,
  of: Extract<Expression, { kind: 'unary' | 'binary' | 'logic' | 'compare' | 'attribute' | 'index' | 'slice' }>,
): Waiting<Value> {
  switch (of.kind) {
    case 'unary': {
      const value = yield* evaluate(run, scope, of.of);
      if (of.operator === 'not') return !truthOf(value);
      return of.operator === '~'
        ? binary('-', binary('*', value, -1n), 1n)
        : binary('*', value, of.operator === '-' ? -1n : 1n);
    }
    case 'binary': {
      const left = yield* evaluate(run, scope, of.left);
      const made = binary(of.operator, left, yield* evaluate(run, scope, of.right));
      run.memory.made(made);
      return made;
    }
    case 'logic': {
      const left = yield* evaluate(run, scope, of.left);
      return truthOf(left) === (of.operator === 'or') ? left : yield* evaluate(run, scope, of.right);
    }
    case 'compare': {
      let left = yield* evaluate(run, scope, of.first);
      for (const [operator, next] of of.rest) {
        const right = yield* evaluate(run, scope, next);
        if (!compare(operator, left, right)) return false;
        left = right;
      }
      return true;
    }
    case 'attribute':
      return attribute(yield* evaluate(run, scope, of.of), of.name);
    case 'index':
      return item(yield* evaluate(run, scope, of.of), yield* evaluate(run, scope, of.at));
    default: {
      const whole = yield* evaluate(run, scope, of.of);
      const from = of.from ? yield* evaluate(run, scope, of.from) : null;
      return slice(whole, from, of.to ? yield* evaluate(run, scope, of.to) : null);
    }
  }
}

function* all(run: Interpreter, scope: Scope, items: readonly Expression[]): Waiting<Value[]> {
  const values: Value[] = [];
  for (const one of items) values.push(yield* evaluate(run, scope, one));
  return values;
}

/** What parameters are without an argument. */
export function* defaultsOf(
  run: Interpreter,
  scope: Scope,
  parameters: Func['parameters'],
): Waiting<Map<string, Value>> {
  const defaults = new Map<string, Value>();
  for (const { name, otherwise } of parameters)
    if (otherwise) defaults.set(name, yield* evaluate(run, scope, otherwise));
  return defaults;
}

function lookUp(run: Interpreter, scope: Scope, name: string): Value {
  for (let at: Scope | undefined = scope; at; at = at.above) {
    const value = at.globals.has(name) ? run.globals.names.get(name) : at.names.get(name);
    if (value !== undefined) return value;
  }
  const builtin = run.builtins.get(name);
  if (builtin !== undefined) return builtin;
  if (run.unsupported.has(name)) throw new NotSimulated(name);
  throw new Raised('NameError', `name '${name}' is not defined`);
}

function* comprehended(
  run: Interpreter,
  scope: Scope,
  of: Extract<Expression, { kind: 'comprehension' }>,
): Waiting<Value> {
  const inner: Scope = { names: new Map(), above: scope, globals: new Set() };
  const [items, dict] = [[] as Value[], new Dict()];
  for (const one of itemsOf(yield* evaluate(run, scope, of.over))) {
    if (run.step()) yield PREEMPT;
    yield* run.assign(inner, of.target, one);
    let kept = true;
    for (const test of of.tests) kept &&= truthOf(yield* evaluate(run, inner, test));
    if (!kept) continue;
    const value = yield* evaluate(run, inner, of.item);
    if (of.value) dict.set(value, yield* evaluate(run, inner, of.value));
    else items.push(value);
  }
  return of.shape === 'dict' ? dict : new List(items);
}

function* called(run: Interpreter, scope: Scope, callee: Expression, args: readonly Argument[]): Waiting<Value> {
  const what = yield* evaluate(run, scope, callee);
  const values: Value[] = [];
  const named = new Map<string, Value>();
  for (const { name, value } of args) {
    const given = yield* evaluate(run, scope, value);
    if (name === undefined) values.push(given);
    else named.set(name, given);
  }
  return yield* call(run, what, values, named);
}

/** Calls a function, a method or a class. Throws `Raised`. */
export function* call(run: Interpreter, what: Value, args: readonly Value[], named: Named = new Map()): Waiting<Value> {
  if (run.step()) yield PREEMPT;
  if (what instanceof Builtin) {
    const result = what.call(args, named);
    const value = isWaiting(result) ? yield* result : result;
    if (what.name === 'append') run.memory.grow(8);
    run.memory.made(value);
    return value;
  }
  if (what instanceof Func) return yield* run.callFunction(what, args, named);
  if (!(what instanceof Class)) throw new Raised('TypeError', `'${typeOf(what)}' object is not callable`);
  const made = new Instance(what);
  made.members.set('args', new Tuple(args));
  const start = what.find('__init__');
  if (start instanceof Func) yield* run.callFunction(start, [made, ...args], named);
  else if (start instanceof Builtin) yield* call(run, start, [made, ...args], named);
  return made;
}

/** `value.name`. */
function attribute(of: Value, name: string): Value {
  if (of instanceof Module) {
    const member = of.members.get(name);
    if (member === undefined) throw new NotSimulated(`${of.name}.${name}`);
    return member;
  }
  if (of instanceof Instance) {
    const own = of.members.get(name);
    if (own !== undefined) return own;
    const member = of.of.find(name);
    if (member instanceof Func || member instanceof Builtin)
      return new Builtin(name, (args, named) => call(currentOf(of), member, [of, ...args], named));
    if (member !== undefined) return member;
  }
  if (of instanceof Class) {
    const member = of.find(name) ?? (name === '__name__' ? of.name : undefined);
    if (member !== undefined) return member;
    throw new Raised('AttributeError', `type object '${of.name}' has no attribute '${name}'`);
  }
  const method = methodOf(of, name);
  if (method !== undefined) return method;
  if (of === null || typeof of === 'bigint' || of instanceof Instance)
    throw new Raised('AttributeError', `'${typeOf(of)}' object has no attribute '${name}'`);
  throw new NotSimulated(`${typeOf(of)}.${name}`);
}

const RUNNING = new WeakMap<Class, Interpreter>();

/** Says which interpreter runs the methods of a class. */
export function belongsTo(of: Class, run: Interpreter): void {
  RUNNING.set(of, run);
}

function currentOf({ of }: Instance): Interpreter {
  for (let at: Class | undefined = of; at; at = at.base) {
    const run = RUNNING.get(at);
    if (run) return run;
  }
  throw new NotSimulated(`methods of ${of.name}`);
}

function item(of: Value, at: Value): Value {
  if (of instanceof Dict) {
    const found = of.get(at);
    if (found !== undefined) return found;
    throw new Raised('KeyError', reprOf(at));
  }
  if (of instanceof Vast) return slice(of, at, null);
  if (!(of instanceof List || of instanceof Tuple || typeof of === 'string' || of instanceof Bytes))
    throw new Raised('TypeError', `'${typeOf(of)}' object is not subscriptable`);
  if (typeof at !== 'bigint')
    throw new Raised(
      'TypeError',
      `${typeOf(of) === 'str' ? 'string' : typeOf(of)} indices must be integers or slices, not ${typeOf(at)}`,
    );
  const items = itemsOf(of);
  const found = items.at(Number(at));
  if (found === undefined)
    throw new Raised('IndexError', `${typeOf(of) === 'str' ? 'string' : typeOf(of)} index out of range`);
  return found;
}

function slice(of: Value, from: Value, to: Value): Value {
  const bound = (value: Value) => (value === null ? undefined : Number(textOf(value)));
  const [start, end] = [bound(from), bound(to)];
  if (typeof of === 'string') return [...of].slice(start, end).join('');
  if (of instanceof List) return new List(of.items.slice(start, end));
  if (of instanceof Tuple) return new Tuple(of.items.slice(start, end));
  if (of instanceof Bytes) return new Bytes(of.text.slice(start, end));
  throw new NotSimulated(`parts of a ${typeOf(of)} of ${lengthOf(of)} bytes`);
}
