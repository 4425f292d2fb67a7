import { NotSimulated, Raised } from './failures.js';
import type { Interpreter } from './interpreter.js';
import { itemsOf, sort, spaced } from './methods.js';
import { binary, lengthOf, orderOf } from './operators.js';
import {
  Builtin,
  Bytes,
  Class,
  Dict,
  List,
  type Named,
  reprOf,
  Tuple,
  textOf,
  truthOf,
  typeOf,
  type Value,
  Vast,
} from './values.js';

const VAST = 1 << 20;
const RANGE_MAX = 10_000_000;

/** Exceptions by name, each with the one it is a kind of. */
const EXCEPTIONS: readonly (readonly [name: string, base: string | undefined])[] = [
  ['BaseException', undefined],
  ['Exception', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['SystemExit', 'BaseException'],
  ...[
    'ArithmeticError',
    'AttributeError',
    'ImportError',
    'LookupError',
    'MemoryError',
    'NameError',
    'OSError',
    'RuntimeError',
    'TypeError',
    'ValueError',
  ].map((name): [string, string] => [name, 'Exception']),
  ['ZeroDivisionError', 'ArithmeticError'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['ModuleNotFoundError', 'ImportError'],
  ['RecursionError', 'RuntimeError'],
  ['FileNotFoundError', 'OSError'],
  ['PermissionError', 'OSError'],
];
/** Functions of the language that are not here. */
const MISSING =
  'abs all any ascii bin breakpoint callable chr classmethod compile complex delattr dir divmod enumerate eval exec filter format frozenset getattr globals hasattr hash help hex id input isinstance issubclass iter locals map memoryview next object oct ord pow property reversed set setattr slice staticmethod super type vars zip __import__ __file__ __doc__';

/** Puts the functions, types and exceptions of the language into an interpreter. */
export function addBuiltins(run: Interpreter): void {
  const add = (name: string, act: (args: readonly Value[], named: Named) => Value) =>
    run.builtins.set(name, new Builtin(name, act));
  run.builtins.set('__name__', '__main__');
  for (const name of MISSING.split(' ')) run.unsupported.add(name);
  for (const [name, base] of EXCEPTIONS) {
    const above = base === undefined ? undefined : run.builtins.get(base);
    run.builtins.set(name, new Class(name, above instanceof Class ? above : undefined, new Map()));
  }
  run.builtins.set(
    'print',
    new Builtin('print', function* print(values, named) {
      const [separator = ' ', end = '\n'] = [named.get('sep'), named.get('end')];
      if (named.has('file')) throw new NotSimulated('print to a file');
      yield* run.sys.write(1, spaced(values, textOf(separator)) + textOf(end));
      return null;
    }),
  );
  add('len', ([of = null]) => BigInt(lengthOf(of)));
  add('str', ([of = '']) => (of instanceof Vast && of.type === 'str' ? of : textOf(of)));
  add('repr', ([of = null]) => reprOf(of));
  add('int', ([of = 0n, base]) => {
    if (base !== undefined) throw new NotSimulated('int with a base');
    return wholeOf(of);
  });
  add('float', ([of = 0]) => {
    if (typeof of === 'string' && !/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(of))
      throw new Raised('ValueError', `could not convert string to float: ${reprOf(of)}`);
    return Number(of);
  });
  add('bool', ([of = null]) => truthOf(of));
  add('list', ([of]) => new List(of === undefined ? [] : [...itemsOf(of)]));
  add('tuple', ([of]) => new Tuple(of === undefined ? [] : itemsOf(of)));
  add('dict', (args, named) => {
    if (args.length > 0) throw new NotSimulated('dict of something');
    const dict = new Dict();
    for (const [name, value] of named) dict.set(name, value);
    return dict;
  });
  for (const name of ['bytearray', 'bytes']) add(name, ([of = 0n]) => bytesOf(name, of));
  add('range', (args) => range(args.map((one) => (typeof one === 'bigint' ? Number(one) : Number.NaN))));
  add('sum', ([of = null]) => itemsOf(of).reduce((sum, one) => binary('+', sum, one), 0n as Value));
  add('sorted', ([of = null], named) => {
    if (named.size > 0) throw new NotSimulated('sorted with key or reverse');
    const items = [...itemsOf(of)];
    sort(items);
    return new List(items);
  });
  for (const [name, sign] of [
    ['min', -1],
    ['max', 1],
  ] as const)
    add(name, (args) => extreme(name, args.length === 1 ? itemsOf(args[0] ?? null) : args, sign));
  add('round', ([of = 0n, digits]) => {
    if (typeof of === 'bigint') return of;
    const whole = Number(of);
    if (digits === undefined) {
      const down = Math.floor(whole);
      return BigInt(whole - down === 0.5 ? down + (down % 2 === 0 ? 0 : 1) : Math.round(whole));
    }
    return Number(whole.toFixed(Number(digits)));
  });
  const leave = ([status = null]: readonly Value[]): Value => {
    throw new Raised('SystemExit', textOf(status), status);
  };
  add('exit', leave);
  add('quit', leave);
}

/** `int(value)`. */
function wholeOf(of: Value): bigint {
  if (typeof of === 'bigint') return of;
  if (typeof of === 'boolean') return of ? 1n : 0n;
  if (typeof of === 'number') return BigInt(Math.trunc(of));
  if (typeof of === 'string' && /^\s*[-+]?\d+\s*$/.test(of)) return BigInt(of.trim().replace(/^\+/, ''));
  if (typeof of === 'string') throw new Raised('ValueError', `invalid literal for int() with base 10: ${reprOf(of)}`);
  throw new Raised(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${typeOf(of)}'`,
  );
}

function bytesOf(type: string, of: Value): Value {
  if (of instanceof Vast || of instanceof Bytes) return of;
  if (typeof of === 'bigint') {
    if (of < 0n) throw new Raised('ValueError', 'negative count');
    return type === 'bytes' && of < VAST ? new Bytes('\0'.repeat(Number(of))) : new Vast(type, Number(of));
  }
  if (typeof of === 'string') throw new NotSimulated(`${type} of a text`);
  return new Bytes(String.fromCharCode(...itemsOf(of).map(Number)));
}

function range([first = 0, second, step = 1]: readonly number[]): List {
  const [from, to] = second === undefined ? [0, first] : [first, second];
  if ([from, to, step].some(Number.isNaN))
    throw new Raised('TypeError', "'float' object cannot be interpreted as an integer");
  if (step === 0) throw new Raised('ValueError', 'range() arg 3 must not be zero');
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (count > RANGE_MAX) throw new NotSimulated('so long a range');
  return new List(Array.from({ length: count }, (_, at) => BigInt(from + at * step)));
}

function extreme(name: string, items: readonly Value[], sign: number): Value {
  const [first, ...rest] = items;
  if (first === undefined) throw new Raised('ValueError', `${name}() iterable argument is empty`);
  return rest.reduce((best, one) => (Math.sign(orderOf(one, best) ?? 0) === sign ? one : best), first);
}
