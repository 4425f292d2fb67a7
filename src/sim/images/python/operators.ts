import { NotSimulated, Raised } from './failures.js';
import { Bytes, Dict, equal, Instance, List, reprOf, Tuple, textOf, typeOf, type Value, Vast } from './values.js';

/** From how many characters on only the length of a text is kept. */
const VAST = 1 << 20;

/** What an operator makes of two values. Throws `Raised`. */
export function binary(operator: string, left: Value, right: Value): Value {
  const [a, b] = [asNumber(left), asNumber(right)];
  if (a !== undefined && b !== undefined)
    return typeof a === 'bigint' && typeof b === 'bigint'
      ? integers(operator, a, b)
      : floats(operator, Number(a), Number(b));
  if (operator === '*') {
    const [one, times] = typeof a === 'bigint' ? [right, a] : [left, b];
    if (typeof times === 'bigint') return repeated(one, Math.max(0, Number(times)));
  }
  if (operator === '+') return joined(left, right);
  if (operator === '%' && typeof left === 'string')
    return percent(left, right instanceof Tuple ? right.items : [right]);
  throw refused(operator, left, right);
}

function refused(operator: string, left: Value, right: Value): Error {
  if (left instanceof Instance || right instanceof Instance) return new NotSimulated(`${operator} of objects`);
  return new Raised(
    'TypeError',
    `unsupported operand type(s) for ${operator}: '${typeOf(left)}' and '${typeOf(right)}'`,
  );
}

function asNumber(value: Value): bigint | number | undefined {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'bigint' || typeof value === 'number' ? value : undefined;
}

function integers(operator: string, a: bigint, b: bigint): Value {
  const zero = b === 0n;
  const floor = () => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n);
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (zero) throw new Raised('ZeroDivisionError', 'division by zero');
      return Number(a) / Number(b);
    case '//':
    case '%':
      if (zero) throw new Raised('ZeroDivisionError', 'integer division or modulo by zero');
      return operator === '//' ? floor() : a - floor() * b;
    case '**':
      if (b > 100_000n) throw new NotSimulated('such large powers');
      return b < 0n ? Number(a) ** Number(b) : a ** b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    default:
      return a ^ b;
  }
}

function floats(operator: string, a: number, b: number): Value {
  if (['/', '//', '%'].includes(operator) && b === 0)
    throw new Raised(
      'ZeroDivisionError',
      operator === '/' ? 'float division by zero' : operator === '%' ? 'float modulo' : 'float floor division by zero',
    );
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
      return Math.floor(a / b);
    case '%':
      return a - Math.floor(a / b) * b;
    case '**':
      return a ** b;
    default:
      throw refused(operator, a, b);
  }
}

function repeated(value: Value, times: number): Value {
  if (value instanceof List) {
    if (value.items.length * times > VAST) throw new NotSimulated('such long lists');
    return new List(Array.from({ length: times }, () => value.items).flat());
  }
  if (value instanceof Vast) return new Vast(value.type, value.length * times);
  const text = typeof value === 'string' ? value : value instanceof Bytes ? value.text : undefined;
  if (text === undefined) throw refused('*', value, BigInt(times));
  const type = typeof value === 'string' ? 'str' : 'bytes';
  if (text.length * times >= VAST) return new Vast(type, text.length * times);
  return type === 'str' ? text.repeat(times) : new Bytes(text.repeat(times));
}

function joined(left: Value, right: Value): Value {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (left instanceof Bytes && right instanceof Bytes) return new Bytes(left.text + right.text);
  if (left instanceof List && right instanceof List) return new List([...left.items, ...right.items]);
  if (left instanceof Tuple && right instanceof Tuple) return new Tuple([...left.items, ...right.items]);
  if ((left instanceof Vast || right instanceof Vast) && typeOf(left) === typeOf(right))
    return new Vast(typeOf(left), lengthOf(left) + lengthOf(right));
  if (typeof left === 'string')
    throw new Raised('TypeError', `can only concatenate str (not "${typeOf(right)}") to str`);
  if (left instanceof List) throw new Raised('TypeError', `can only concatenate list (not "${typeOf(right)}") to list`);
  throw refused('+', left, right);
}

/** What `len` gives. */
export function lengthOf(value: Value): number {
  if (typeof value === 'string') return [...value].length;
  if (value instanceof List || value instanceof Tuple) return value.items.length;
  if (value instanceof Dict) return value.entries.size;
  if (value instanceof Bytes) return value.text.length;
  if (value instanceof Vast) return value.length;
  throw new Raised('TypeError', `object of type '${typeOf(value)}' has no len()`);
}

/** Compares two values as `==`, `<`, `in` … do. */
export function compare(operator: string, left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case 'is':
      return left === right;
    case 'is not':
      return left !== right;
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
    default:
      return ordered(operator, left, right);
  }
}

function ordered(operator: string, left: Value, right: Value): boolean {
  const order = orderOf(left, right);
  if (order === undefined)
    throw new Raised(
      'TypeError',
      `'${operator}' not supported between instances of '${typeOf(left)}' and '${typeOf(right)}'`,
    );
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  return operator === '<=' ? order <= 0 : order >= 0;
}

/** Which of two values comes first; undefined when they have no order. */
export function orderOf(left: Value, right: Value): number | undefined {
  const [a, b] = [asNumber(left), asNumber(right)];
  if (a !== undefined && b !== undefined) return a < b ? -1 : a > b ? 1 : 0;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  if ((left instanceof List && right instanceof List) || (left instanceof Tuple && right instanceof Tuple)) {
    for (const [at, one] of left.items.entries()) {
      const other = right.items[at];
      if (other === undefined) return 1;
      if (!equal(one, other)) return orderOf(one, other);
    }
    return left.items.length - right.items.length;
  }
  return undefined;
}

function contains(whole: Value, part: Value): boolean {
  if (typeof whole === 'string' && typeof part === 'string') return whole.includes(part);
  if (whole instanceof Dict) return whole.get(part) !== undefined;
  if (whole instanceof List || whole instanceof Tuple) return whole.items.some((one) => equal(one, part));
  if (whole instanceof Bytes && part instanceof Bytes) return whole.text.includes(part.text);
  throw new Raised('TypeError', `argument of type '${typeOf(whole)}' is not iterable`);
}

/** A value as `format` writes it with a specification (`.2f`, `>10`, `,`, `05d`). */
export function formatted(value: Value, spec: string): string {
  if (spec === '') return textOf(value);
  const match = /^(?:(.)?([<>^]))?(0)?(\d+)?(,)?(?:\.(\d+))?([sdfxX%])?$/.exec(spec);
  if (!match) throw new NotSimulated(`the format ${spec}`);
  const [, fill, align, zero, width = '0', comma, digits, type] = match;
  const number = asNumber(value);
  let text = textOf(value);
  if (type === 'f' || type === '%' || (digits !== undefined && typeof value === 'number' && type === undefined)) {
    if (number === undefined || type === undefined) throw new NotSimulated(`the format ${spec} of a ${typeOf(value)}`);
    text =
      (type === '%' ? Number(number) * 100 : Number(number)).toFixed(Number(digits ?? 6)) + (type === '%' ? '%' : '');
  } else if (type === 'x' || type === 'X') {
    text = (typeof number === 'bigint' ? number : 0n).toString(16);
    if (type === 'X') text = text.toUpperCase();
  } else if (type === 'd' && typeof number !== 'bigint')
    throw new Raised('ValueError', `Unknown format code 'd' for object of type '${typeOf(value)}'`);
  else if (digits !== undefined) text = text.slice(0, Number(digits));
  if (comma) text = text.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
  const missing = Math.max(0, Number(width) - text.length);
  if (zero && align === undefined) return text.replace(/^-?/, (sign) => sign + '0'.repeat(missing));
  const where = align ?? (number === undefined ? '<' : '>');
  const before = where === '>' ? missing : where === '^' ? Math.floor(missing / 2) : 0;
  return (fill ?? ' ').repeat(before) + text + (fill ?? ' ').repeat(missing - before);
}

function percent(pattern: string, values: readonly Value[]): string {
  const left = [...values];
  const text = pattern.replace(/%([-0]?)(\d*)(?:\.(\d+))?([sdifrx%])|%./g, (all, flag, width, digits, type) => {
    if (type === '%') return '%';
    const value = left.shift();
    if (type === undefined) throw new NotSimulated(`the format ${all}`);
    if (value === undefined) throw new Raised('TypeError', 'not enough arguments for format string');
    const shown =
      type === 's' || type === 'r'
        ? type === 's'
          ? textOf(value)
          : reprOf(value)
        : formatted(
            type === 'd' || type === 'i' ? wholeOf(value) : value,
            type === 'f' ? `.${digits ?? 6}f` : type === 'x' ? 'x' : 'd',
          );
    return flag === '-' ? shown.padEnd(Number(width)) : shown.padStart(Number(width), flag === '0' ? '0' : ' ');
  });
  if (left.length > 0) throw new Raised('TypeError', 'not all arguments converted during string formatting');
  return text;
}

function wholeOf(value: Value): bigint {
  const number = asNumber(value);
  if (number === undefined) throw new Raised('TypeError', `%d format: a real number is required, not ${typeOf(value)}`);
  return typeof number === 'bigint' ? number : BigInt(Math.trunc(number));
}
