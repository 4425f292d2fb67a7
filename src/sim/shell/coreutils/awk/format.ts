import type { Directive } from '../../format/c-format.js';
import { formatFloat, formatInteger, padText } from '../../format/c-format.js';
import type { Scalar } from './values.js';
import { toNumber, toText } from './values.js';

/** Not enough arguments for a format. */
export class FormatError extends Error {}

/** awk's sprintf. `convert` is CONVFMT. */
export function formatAwk(format: string, args: readonly Scalar[], convert: string): string {
  let next = 0;
  const take = (): Scalar => {
    if (next >= args.length) throw new FormatError('not enough arguments passed to');
    next += 1;
    return args[next - 1];
  };
  return format.replace(
    /%([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?[hlLqjzt]*([a-zA-Z%])/g,
    (whole, flags: string, widthText: string, precisionText: string | undefined, conversion: string) => {
      if (conversion === '%') return '%';
      const width = widthText === '*' ? Math.trunc(toNumber(take())) : Number(widthText);
      const precision =
        precisionText === undefined ? -1 : precisionText === '*' ? Math.trunc(toNumber(take())) : Number(precisionText);
      const directive: Directive = {
        minus: flags.includes('-') || width < 0,
        plus: flags.includes('+'),
        space: flags.includes(' '),
        alternate: flags.includes('#'),
        zero: flags.includes('0'),
        width: Math.abs(width),
        precision,
        conversion,
      };
      return convertOne(directive, take, convert) ?? whole;
    },
  );
}

function convertOne(directive: Directive, take: () => Scalar, convert: string): string | undefined {
  const { conversion, precision } = directive;
  if ('diouxX'.includes(conversion)) return integer(toNumber(take()), directive);
  if ('eEfFgGaA'.includes(conversion)) return formatFloat(toNumber(take()), directive);
  if (conversion === 's') {
    const text = toText(take(), convert);
    return padText(precision >= 0 ? text.slice(0, precision) : text, directive);
  }
  if (conversion !== 'c') return undefined;
  const value = take();
  const isNumber = typeof value === 'number' || (typeof value === 'object' && value !== undefined);
  return padText(isNumber ? String.fromCharCode(toNumber(value) & 255) : toText(value, convert).slice(0, 1), directive);
}

function integer(value: number, directive: Directive): string {
  if (!Number.isFinite(value)) return formatFloat(value, { ...directive, conversion: 'f', zero: false });
  const limited = Math.max(-(2 ** 63), Math.min(Math.trunc(value), 2 ** 63));
  const whole = BigInt(limited);
  const fits = whole > 2n ** 63n - 1n ? 2n ** 63n - 1n : whole;
  return formatInteger(fits, directive);
}
