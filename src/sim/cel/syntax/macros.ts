/** Macros: calls that become loops and tests before anything is checked. */
import { ACCUMULATOR, type Call, type Comprehension, type Node } from './ast.js';

/** What a macro makes of a call: an expression, a mistake and its place, or nothing where the call is none of a macro. */
export type Expansion = Node | { readonly mistake: string; readonly at: number } | undefined;

type Macro = (at: number, target: Node, args: readonly Node[]) => Expansion;

const OVERWRITES = 'iteration variable overwrites accumulator variable';

function call(at: number, name: string, ...args: Node[]): Call {
  return { kind: 'call', at, name, target: undefined, args };
}

function ident(at: number, name: string): Node {
  return { kind: 'ident', at, name };
}

function literal(at: number, value: boolean | bigint): Node {
  return { kind: 'literal', at, value };
}

function list(at: number, ...elements: Node[]): Node {
  return { kind: 'list', at, elements, optional: new Set() };
}

type Loop = Pick<Comprehension, 'init' | 'condition' | 'step'> & { readonly result?: Node };

interface Names {
  readonly variable: string;
  readonly second?: string;
}

function loop(at: number, range: Node, { variable, second }: Names, parts: Loop): Comprehension {
  const { init, condition, step, result = ident(at, ACCUMULATOR) } = parts;
  return {
    kind: 'comprehension',
    at,
    range,
    variable,
    second,
    accumulator: ACCUMULATOR,
    init,
    condition,
    step,
    result,
  };
}

/** The one or two names a loop goes by, or what is wrong with them. */
function names(args: readonly Node[], count: 1 | 2, wrong: string): Names | { mistake: string; at: number } {
  const [first, second] = args;
  const both = count === 1 ? [first] : [first, second];
  for (const name of both) if (name?.kind !== 'ident') return { mistake: wrong, at: name?.at ?? -1 };
  if (first?.kind !== 'ident') return { mistake: wrong, at: -1 };
  if (count === 2 && second?.kind === 'ident' && first.name === second.name) {
    return { mistake: `duplicate variable name: ${first.name}`, at: second.at };
  }
  for (const name of both) {
    if (name?.kind === 'ident' && name.name === '__result__') return { mistake: OVERWRITES, at: name.at };
  }
  return count === 2 && second?.kind === 'ident'
    ? { variable: first.name, second: second.name }
    : { variable: first.name };
}

/** A macro whose first arguments are the names of its variables. */
function over(count: 1 | 2, wrong: string, body: (at: number, args: readonly Node[]) => Loop): Macro {
  return (at, target, args) => {
    const named = names(args, count, wrong);
    return 'mistake' in named ? named : loop(at, target, named, body(at, args));
  };
}

function last(args: readonly Node[]): Node {
  return args[args.length - 1] as Node;
}

/** Adds to what was gathered, where the condition holds that may stand before the last argument. */
function gather(count: 1 | 2, at: number, args: readonly Node[], added: Node): Node {
  const condition = args.length === count + 2 ? args[count] : undefined;
  return condition ? call(at, '_?_:_', condition, added, ident(at, ACCUMULATOR)) : added;
}

const allBody = (at: number, args: readonly Node[]): Loop => ({
  init: literal(at, true),
  condition: call(at, '@not_strictly_false', ident(at, ACCUMULATOR)),
  step: call(at, '_&&_', ident(at, ACCUMULATOR), last(args)),
});

const existsBody = (at: number, args: readonly Node[]): Loop => ({
  init: literal(at, false),
  condition: call(at, '@not_strictly_false', call(at, '!_', ident(at, ACCUMULATOR))),
  step: call(at, '_||_', ident(at, ACCUMULATOR), last(args)),
});

const existsOneBody = (at: number, args: readonly Node[]): Loop => ({
  init: literal(at, 0n),
  condition: literal(at, true),
  step: call(at, '_?_:_', last(args), call(at, '_+_', ident(at, ACCUMULATOR), literal(at, 1n)), ident(at, ACCUMULATOR)),
  result: call(at, '_==_', ident(at, ACCUMULATOR), literal(at, 1n)),
});

const listBody =
  (count: 1 | 2) =>
  (at: number, args: readonly Node[]): Loop => ({
    init: list(at),
    condition: literal(at, true),
    step: gather(count, at, args, call(at, '_+_', ident(at, ACCUMULATOR), list(at, last(args)))),
  });

const filterBody = (at: number, args: readonly Node[]): Loop => ({
  init: list(at),
  condition: literal(at, true),
  step: call(
    at,
    '_?_:_',
    last(args),
    call(at, '_+_', ident(at, ACCUMULATOR), list(at, args[0] as Node)),
    ident(at, ACCUMULATOR),
  ),
});

const mapBody =
  (withKey: boolean) =>
  (at: number, args: readonly Node[]): Loop => {
    const key = args[0]?.kind === 'ident' ? args[0].name : '';
    const added = withKey ? [ident(at, key), last(args)] : [last(args)];
    return {
      init: { kind: 'map', at, entries: [] },
      condition: literal(at, true),
      step: gather(2, at, args, call(at, 'cel.@mapInsert', ident(at, ACCUMULATOR), ...added)),
    };
  };

function optional(name: string, wrap: boolean): Macro {
  return (at, target, [variable, body]) => {
    if (variable?.kind !== 'ident') {
      return { mistake: `${name}() variable name must be a simple identifier`, at: variable?.at ?? at };
    }
    const member = (method: string): Node => ({ kind: 'call', at, name: method, target, args: [] });
    const bound: Node = {
      kind: 'comprehension',
      at,
      range: list(at),
      variable: '#unused',
      second: undefined,
      accumulator: variable.name,
      init: member('value'),
      condition: literal(at, false),
      step: ident(at, variable.name),
      result: body as Node,
    };
    return call(
      at,
      '_?_:_',
      member('hasValue'),
      wrap ? call(at, 'optional.of', bound) : bound,
      call(at, 'optional.none'),
    );
  };
}

const SORTABLE: ReadonlySet<Node['kind']> = new Set(['list', 'select', 'ident', 'comprehension', 'call']);
const INPUT = '@__sortBy_input__';

const sortBy: Macro = (at, target, args) => {
  if (!SORTABLE.has(target.kind)) {
    const rule = 'sortBy can only be applied to a list, identifier, comprehension, call or select expression';
    return { mistake: rule, at: target.at };
  }
  const keys = MACROS['map/2']?.(at, ident(at, INPUT), args);
  if (!keys || 'mistake' in keys) return keys;
  return {
    kind: 'comprehension',
    at,
    range: list(at),
    variable: '#unused',
    second: undefined,
    accumulator: INPUT,
    init: target,
    condition: literal(at, false),
    step: ident(at, INPUT),
    result: { kind: 'call', at, name: '@sortByAssociatedKeys', target: ident(at, INPUT), args: [keys] },
  };
};

const SIMPLE = 'argument must be a simple name';
const IDENTIFIER = 'argument is not an identifier';

/** By name and how many arguments there are. */
const MACROS: Readonly<Record<string, Macro>> = {
  'all/2': over(1, SIMPLE, allBody),
  'all/3': over(2, SIMPLE, allBody),
  'exists/2': over(1, SIMPLE, existsBody),
  'exists/3': over(2, SIMPLE, existsBody),
  'existsOne/3': over(2, SIMPLE, existsOneBody),
  'exists_one/2': over(1, SIMPLE, existsOneBody),
  'exists_one/3': over(2, SIMPLE, existsOneBody),
  'filter/2': over(1, IDENTIFIER, filterBody),
  'map/2': over(1, IDENTIFIER, listBody(1)),
  'map/3': over(1, IDENTIFIER, listBody(1)),
  'optFlatMap/2': optional('optFlatMap', false),
  'optMap/2': optional('optMap', true),
  'sortBy/2': sortBy,
  'transformList/3': over(2, SIMPLE, listBody(2)),
  'transformList/4': over(2, SIMPLE, listBody(2)),
  'transformMap/3': over(2, SIMPLE, mapBody(true)),
  'transformMap/4': over(2, SIMPLE, mapBody(true)),
  'transformMapEntry/3': over(2, SIMPLE, mapBody(false)),
  'transformMapEntry/4': over(2, SIMPLE, mapBody(false)),
};

/** What a call becomes where it is one of a macro. */
export function expandMacro(at: number, name: string, target: Node | undefined, args: readonly Node[]): Expansion {
  if (target) {
    const key = `${name}/${args.length}`;
    return Object.hasOwn(MACROS, key) ? MACROS[key]?.(at, target, args) : undefined;
  }
  const [field] = args;
  if (name !== 'has' || args.length !== 1 || !field) return undefined;
  if (field.kind !== 'select') return { mistake: 'invalid argument to has() macro', at: field.at };
  return { kind: 'select', at, operand: field.operand, field: field.field, test: true };
}
