/** One `%` directive of C's printf. */
export interface Directive {
  readonly minus: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  /** -1: not given. */
  readonly precision: number;
  readonly conversion: string;
}

/** Pads text on the left, or on the right when the directive says so. Widths count characters. */
export function padText(text: string, directive: Pick<Directive, 'minus' | 'width'>): string {
  return directive.minus ? text.padEnd(directive.width) : text.padStart(directive.width);
}

/** `%s`. */
export function formatText(text: string, directive: Directive): string {
  return padText(directive.precision >= 0 ? [...text].slice(0, directive.precision).join('') : text, directive);
}

/** `%d %i %o %u %x %X` of a 64-bit number; negative numbers wrap around for the unsigned ones. */
export function formatInteger(value: bigint, directive: Directive): string {
  const { conversion } = directive;
  const signed = conversion === 'd' || conversion === 'i';
  const magnitude = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value);
  let digits = magnitude.toString(conversion === 'o' ? 8 : conversion === 'x' || conversion === 'X' ? 16 : 10);
  if (conversion === 'X') digits = digits.toUpperCase();
  if (directive.precision === 0 && magnitude === 0n) digits = '';
  if (directive.precision > digits.length) digits = digits.padStart(directive.precision, '0');
  if (directive.alternate && conversion === 'o' && !digits.startsWith('0')) digits = `0${digits}`;
  const base =
    directive.alternate && magnitude !== 0n && (conversion === 'x' || conversion === 'X') ? `0${conversion}` : '';
  const sign = signed ? signOf(value < 0n, directive) : '';
  return withZeros(sign + base, digits, directive, directive.precision < 0);
}

/** `%e %E %f %F %g %G %a %A`. */
export function formatFloat(value: number, directive: Directive): string {
  const upper = directive.conversion === directive.conversion.toUpperCase();
  const negative = value < 0 || Object.is(value, -0);
  const sign = signOf(negative, directive);
  if (!Number.isFinite(value)) {
    const word = Number.isNaN(value) ? 'nan' : 'inf';
    return padText(sign + (upper ? word.toUpperCase() : word), directive);
  }
  const body = floatDigits(Math.abs(value), directive);
  return withZeros(sign, upper ? body.toUpperCase() : body, directive, true);
}

/** Digits after the point as C rounds them: to nearest, ties to even, never in exponent form. */
function toFixedEven(value: number, digits: number): string {
  const capped = Math.min(digits, 100);
  const text =
    value >= 1e21 ? BigInt(value).toString() + (capped > 0 ? `.${'0'.repeat(capped)}` : '') : fixedEven(value, capped);
  return digits > capped ? text + '0'.repeat(digits - capped) : text;
}

function fixedEven(value: number, digits: number): string {
  const text = value.toFixed(digits);
  if (digits > 22) return text;
  // An exact tie is rounded up by JavaScript and to even by C.
  const scaled = value * 10 ** digits;
  if (
    Math.abs(scaled) < 2 ** 52 &&
    scaled - Math.floor(scaled) === 0.5 &&
    scaled / 10 ** digits === value &&
    isExactTie(value, digits)
  ) {
    const floor = Math.floor(scaled);
    return ((floor % 2 === 0 ? floor : floor + 1) / 10 ** digits).toFixed(digits);
  }
  return text;
}

/** A binary fraction has as many decimals as its power of two: a tie at `digits` has exactly one more, a 5. */
function isExactTie(value: number, digits: number): boolean {
  const exact = value.toFixed(Math.min(100, digits + 30));
  return /^50*$/.test(exact.slice(exact.indexOf('.') + 1 + digits));
}

function floatDigits(value: number, directive: Directive): string {
  const conversion = directive.conversion.toLowerCase();
  const precision = directive.precision < 0 ? 6 : directive.precision;
  if (conversion === 'a') return hexadecimalFloat(value, directive.precision);
  if (conversion === 'f') {
    const text = toFixedEven(value, precision);
    return directive.alternate && precision === 0 ? `${text}.` : text;
  }
  if (conversion === 'e') return exponentForm(value, precision, directive.alternate);
  return generalForm(value, precision === 0 ? 1 : precision, directive.alternate);
}

function exponentForm(value: number, precision: number, point: boolean): string {
  const [mantissa = '0', exponent = '+0'] = value.toExponential(Math.min(precision, 100)).split('e');
  const digits = exponent.slice(1).padStart(2, '0');
  return `${mantissa}${point && precision === 0 ? '.' : ''}e${exponent[0]}${digits}`;
}

function generalForm(value: number, precision: number, keepZeros: boolean): string {
  const exponent = value === 0 ? 0 : Number(value.toExponential(Math.min(precision - 1, 100)).split('e')[1]);
  if (exponent < -4 || exponent >= precision) {
    const text = exponentForm(value, precision - 1, keepZeros);
    if (keepZeros) return text;
    const [mantissa = '', rest = ''] = text.split('e');
    return `${trimZeros(mantissa)}e${rest}`;
  }
  const text = toFixedEven(value, precision - 1 - exponent);
  return keepZeros ? text : trimZeros(text);
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** As glibc prints a long double: the first digit is 8 to f. */
function hexadecimalFloat(value: number, precision: number): string {
  if (value === 0) return `0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+0`;
  let exponent = Math.floor(Math.log2(value));
  if (2 ** exponent > value) exponent -= 1;
  const scaled = BigInt(Math.round((value / 2 ** exponent) * 2 ** 52)) << 11n;
  let digits = scaled.toString(16);
  let point = exponent - 3;
  if (precision >= 0 && precision < digits.length - 1) {
    const shift = BigInt((digits.length - 1 - precision) * 4);
    let rounded = (scaled + (1n << (shift - 1n))) >> shift;
    if (rounded.toString(16).length > precision + 1) {
      rounded >>= 1n;
      point += 1;
    }
    digits = rounded.toString(16);
  } else digits = precision < 0 ? digits.replace(/0+$/, '') : digits.padEnd(precision + 1, '0');
  const fraction = digits.slice(1);
  return `0x${digits[0]}${fraction ? `.${fraction}` : ''}p${point < 0 ? '-' : '+'}${Math.abs(point)}`;
}

function signOf(negative: boolean, directive: Directive): string {
  return negative ? '-' : directive.plus ? '+' : directive.space ? ' ' : '';
}

function withZeros(prefix: string, digits: string, directive: Directive, mayFill: boolean): string {
  if (directive.zero && !directive.minus && mayFill)
    return prefix + digits.padStart(directive.width - prefix.length, '0');
  return padText(prefix + digits, directive);
}
