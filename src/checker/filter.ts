import jsep from 'jsep';

/** What a filter may call, of texts and lists. */
export const FILTER_CALLS: ReadonlySet<string> = new Set(['includes', 'startsWith', 'endsWith', 'indexOf']);

type Names = Readonly<Record<string, unknown>>;
type Compute = (left: unknown, right: () => unknown) => unknown;

/* biome-ignore-start lint/suspicious/noDoubleEquals: a filter's == is JavaScript's, as jsonpath-plus has it */
const BINARY: ReadonlyMap<string, Compute> = new Map<string, Compute>([
  ['||', (left, right) => left || right()],
  ['&&', (left, right) => left && right()],
  ['==', (left, right) => left == right()],
  ['!=', (left, right) => left != right()],
  ['===', (left, right) => left === right()],
  ['!==', (left, right) => left !== right()],
  ['<', (left, right) => (left as number) < (right() as number)],
  ['>', (left, right) => (left as number) > (right() as number)],
  ['<=', (left, right) => (left as number) <= (right() as number)],
  ['>=', (left, right) => (left as number) >= (right() as number)],
  ['+', (left, right) => (left as number) + (right() as number)],
  ['-', (left, right) => (left as number) - (right() as number)],
  ['*', (left, right) => (left as number) * (right() as number)],
  ['/', (left, right) => (left as number) / (right() as number)],
  ['%', (left, right) => (left as number) % (right() as number)],
]);
/* biome-ignore-end lint/suspicious/noDoubleEquals: see above */

const UNARY: ReadonlyMap<string, (value: unknown) => unknown> = new Map<string, (value: unknown) => unknown>([
  ['!', (value) => !value],
  ['-', (value) => -(value as number)],
  ['+', (value) => Number(value)],
]);

/**
 * The expression of a JSONPath filter, as jsonpath-plus wants its `eval`. It computes from what it is given and can
 * do nothing else. What lies below a field that is not there is not there either: `!@.securityContext.privileged`
 * holds for a container that has no securityContext.
 */
export class Filter {
  private readonly expression: jsep.Expression;

  /** Reads an expression; an Error says what cannot be read. */
  constructor(text: string) {
    this.expression = jsep(text);
  }

  /** Its value where these names stand for these values; an Error for a name there is not, or more than computing. */
  runInNewContext(names: Names): unknown {
    return computed(this.expression, names);
  }
}

function computed(expression: jsep.Expression, names: Names): unknown {
  const node = expression as jsep.CoreExpression;
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'Identifier':
      if (node.name === 'undefined') return undefined;
      if (!Object.hasOwn(names, node.name)) throw new Error(`${node.name} is not defined`);
      return names[node.name];
    case 'MemberExpression':
      return member(computed(node.object, names), keyOf(node, names));
    case 'BinaryExpression':
      return operator(BINARY, node.operator)(computed(node.left, names), () => computed(node.right, names));
    case 'UnaryExpression':
      return operator(UNARY, node.operator)(computed(node.argument, names));
    case 'ConditionalExpression':
      return computed(computed(node.test, names) ? node.consequent : node.alternate, names);
    case 'ArrayExpression':
      return node.elements.map((element) => computed(element as jsep.Expression, names));
    case 'CallExpression':
      return call(node, names);
    default:
      throw new Error(node.type === 'Compound' ? 'there is more than one expression' : `it has a ${node.type}`);
  }
}

function operator<T>(known: ReadonlyMap<string, T>, sign: string): T {
  const found = known.get(sign);
  if (found === undefined) throw new Error(`${sign} is no comparison`);
  return found;
}

function keyOf(node: jsep.MemberExpression, names: Names): string {
  return node.computed ? String(computed(node.property, names)) : (node.property as jsep.Identifier).name;
}

/** Own members, and how long texts and lists are; nothing that is inherited. */
function member(holder: unknown, key: string): unknown {
  if (typeof holder === 'string') return key === 'length' || /^\d+$/.test(key) ? holder[key as 'length'] : undefined;
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) return undefined;
  return (holder as Record<string, unknown>)[key];
}

function call(node: jsep.CallExpression, names: Names): unknown {
  const callee = node.callee as jsep.CoreExpression;
  const method = callee.type === 'MemberExpression' ? keyOf(callee, names) : '';
  if (!FILTER_CALLS.has(method)) throw new Error(`it may call ${[...FILTER_CALLS].join(', ')} alone`);
  const holder = computed((callee as jsep.MemberExpression).object, names);
  const given = node.arguments.map((argument) => computed(argument, names));
  if (Array.isArray(holder) && (method === 'includes' || method === 'indexOf')) return holder[method](given[0]);
  if (typeof holder === 'string') return holder[method as 'includes'](String(given[0]));
  return undefined;
}
