import { goFloat } from '../../../api/go-number.js';
import { goQuote } from '../../../api/go-text.js';
import { goSyntax, sortedEntries } from '../../../api/go-value.js';
import { kindOf, type MaybeValue, plain, printValue, type Value } from './value.js';

interface Format {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly verb: string;
}

const DIRECTIVE = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?(.)?/gsu;
const WIDTH_MAX = 1_000_000;

/** Formats as Go's Sprintf does, complaints such as `%!d(string=x)` included. */
export function goSprintf(format: string, args: readonly MaybeValue[]): string {
  let used = 0;
  const next = (): MaybeValue => args[used++];
  let complaint = '';
  const size = (written: string | undefined, name: string): number | undefined => {
    if (written !== '*') return written === undefined ? undefined : Math.min(Number(written), WIDTH_MAX);
    const count = next();
    if (kindOf(count) === 'int' && Math.abs(count?.data as number) <= WIDTH_MAX) return count?.data as number;
    complaint += `%!(BAD${name})`;
    return undefined;
  };
  const text = format.replace(DIRECTIVE, (_all, flags: string, width?: string, precision?: string, verb?: string) => {
    complaint = '';
    const wide = size(width, 'WIDTH');
    const precise = size(precision, 'PREC');
    if (verb === undefined) return `${complaint}%!(NOVERB)`;
    if (verb === '%') return `${complaint}%`;
    if (used >= args.length) return `${complaint}%!${verb}(MISSING)`;
    // A width below zero means the left side, a precision below zero means none.
    const parsed = {
      flags: wide !== undefined && wide < 0 ? `${flags}-` : flags,
      width: wide === undefined ? undefined : Math.abs(wide),
      precision: precise !== undefined && precise < 0 ? undefined : precise,
      verb,
    };
    return complaint + formatValue(next(), parsed);
  });
  if (used >= args.length) return text;
  const extra = args
    .slice(used)
    .map((arg) => (arg === undefined || arg.data === null ? '<nil>' : `${arg.type}=${printValue(arg)}`));
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

/** Values one after another as Go's Sprint does: a space only between two that are no strings. */
export function goSprint(args: readonly MaybeValue[]): string {
  return args
    .map((arg, i) => {
      const before = args[i - 1];
      const apart = i > 0 && typeof arg?.data !== 'string' && typeof before?.data !== 'string';
      return (apart ? ' ' : '') + printValue(arg);
    })
    .join('');
}

function formatValue(value: MaybeValue, format: Format): string {
  if (format.verb === 'T') return pad(value === undefined ? '<nil>' : value.type, format);
  if (value === undefined || value.data === null) {
    return format.verb === 'v' ? pad('<nil>', format) : `%!${format.verb}(<nil>)`;
  }
  if (format.verb === 'v' && format.flags.includes('#')) return pad(goSyntax(value.data), format);
  if (typeof value.data === 'object') return formatCollection(value.data, format);
  switch (kindOf(value)) {
    case 'string':
      return formatString(value, format);
    case 'int':
      return formatInteger(value, format);
    case 'float':
      return formatFloat(value, format);
    default:
      return 'tv'.includes(format.verb) ? pad(String(value.data), format) : mismatch(value, format);
  }
}

/** A verb that does not fit is shown with the value as `%v` would print it under the same flags. */
function mismatch(value: Value, format: Format): string {
  const shown = formatValue(value, { ...format, verb: 'v', flags: format.flags.replaceAll('#', '') });
  return `%!${format.verb}(${value.type}=${shown})`;
}

function formatCollection(data: object, format: Format): string {
  const inner = (item: unknown): string =>
    item === null || item === undefined ? '<nil>' : formatValue(plain(item), format);
  if (Array.isArray(data)) return `[${data.map(inner).join(' ')}]`;
  return `map[${sortedEntries(data)
    .map(([key, item]) => `${inner(key)}:${inner(item)}`)
    .join(' ')}]`;
}

function formatString(value: Value, format: Format): string {
  const text = value.data as string;
  const cut = format.precision === undefined ? text : [...text].slice(0, format.precision).join('');
  if (format.verb === 's' || format.verb === 'v') return pad(cut, format);
  if (format.verb === 'q')
    return pad(format.flags.includes('#') && !cut.includes('`') ? `\`${cut}\`` : goQuote(cut), format);
  if (format.verb !== 'x' && format.verb !== 'X') return mismatch(value, format);
  const bytes = Buffer.from(text, 'utf8').subarray(0, format.precision ?? undefined);
  const hex = (format.flags.includes('#') && bytes.length > 0 ? '0x' : '') + bytes.toString('hex');
  return pad(format.verb === 'x' ? hex : hex.toUpperCase(), format);
}

const BASES: Readonly<Record<string, number>> = { b: 2, o: 8, O: 8, d: 10, v: 10, x: 16, X: 16 };
const PREFIXES: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' };

function formatInteger(value: Value, format: Format): string {
  const number = value.data as number;
  if (format.verb === 'c') return pad(String.fromCodePoint(inUnicode(number)), format);
  if (format.verb === 'q') return pad(goQuote(String.fromCodePoint(inUnicode(number))).replace(/^"|"$/g, "'"), format);
  if (format.verb === 'U') return pad(`U+${number.toString(16).toUpperCase().padStart(4, '0')}`, format);
  const base = BASES[format.verb];
  if (base === undefined) return mismatch(value, format);
  const magnitude = BigInt(Math.abs(number)).toString(base);
  let digits = (format.verb === 'X' ? magnitude.toUpperCase() : magnitude).padStart(format.precision ?? 1, '0');
  const prefix = format.verb === 'O' ? '0o' : format.flags.includes('#') ? (PREFIXES[format.verb] ?? '') : '';
  const sign = signOf(number, format.flags);
  if (zeroPads(format) && format.precision === undefined)
    digits = digits.padStart((format.width ?? 0) - sign.length, '0');
  return pad(sign + prefix + digits, format);
}

function inUnicode(number: number): number {
  return number >= 0 && number <= 0x10ffff ? number : 0xfffd;
}

function signOf(number: number, flags: string): string {
  if (number < 0) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function formatFloat(value: Value, format: Format): string {
  const number = value.data as number;
  const digits = floatDigits(Math.abs(number), format);
  if (digits === undefined) return mismatch(value, format);
  const sign = signOf(number, format.flags);
  return pad(sign + (zeroPads(format) ? digits.padStart((format.width ?? 0) - sign.length, '0') : digits), format);
}

function floatDigits(number: number, format: Format): string | undefined {
  const { verb, precision } = format;
  switch (verb) {
    case 'f':
    case 'F':
      return number >= 1e21
        ? `${BigInt(number)}.${'0'.repeat(precision ?? 6)}`
        : number.toFixed(Math.min(precision ?? 6, 100));
    case 'e':
    case 'E': {
      const text = twoDigitExponent(number.toExponential(Math.min(precision ?? 6, 100)));
      return verb === 'e' ? text : text.toUpperCase();
    }
    case 'g':
    case 'G':
    case 'v': {
      const text =
        precision === undefined
          ? goFloat(number)
          : goFloat(Number(number.toPrecision(Math.min(Math.max(precision, 1), 100))));
      return verb === 'G' ? text.toUpperCase() : text;
    }
    default:
      return undefined;
  }
}

function twoDigitExponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

function zeroPads(format: Format): boolean {
  return format.flags.includes('0') && !format.flags.includes('-');
}

function pad(text: string, format: Format): string {
  const missing = (format.width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  if (format.flags.includes('-')) return text + ' '.repeat(missing);
  return (zeroPads(format) && 'sqv'.includes(format.verb) ? '0' : ' ').repeat(missing) + text;
}
