import { OutputError } from '../../../api/output-error.js';
import { equalsAny, isLess } from './compare.js';
import { htmlEscape, jsEscape, queryEscape } from './escapers.js';
import { existsValue, indexValue, lengthOf, sliceValue } from './index-value.js';
import { goSprint, goSprintf } from './printf.js';
import { isTrue, type MaybeValue, plain, printValue } from './value.js';

/** A function a template may call. */
export interface TemplateFunction {
  /** How many arguments it takes at least. */
  readonly fixed: number;
  /** Whether it takes any number more. */
  readonly variadic: boolean;
  /** Its first argument must be a string. */
  readonly takesString?: boolean;
  /** Throws OutputError with the complaint alone. */
  call(args: readonly MaybeValue[]): MaybeValue;
}

function fixed(count: number, call: TemplateFunction['call'], takesString = false): TemplateFunction {
  return { fixed: count, variadic: false, takesString, call };
}

function variadic(count: number, call: TemplateFunction['call'], takesString = false): TemplateFunction {
  return { fixed: count, variadic: true, takesString, call };
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function base64Decode([value]: readonly MaybeValue[]): MaybeValue {
  const text = String(value?.data ?? '').replace(/[\r\n]/g, '');
  if (!BASE64.test(text)) {
    throw new OutputError(`base64 decode failed: illegal base64 data at input byte ${illegalByte(text)}`);
  }
  return plain(Buffer.from(text, 'base64').toString('utf8'));
}

/** Where Go's decoder stops: at the first character that cannot stand there, or at the end of the last whole group. */
function illegalByte(text: string): number {
  const good = /^[A-Za-z0-9+/]*/.exec(text)?.[0].length ?? 0;
  if (good === text.length) return good - (good % 4);
  if (text[good] !== '=') return good;
  const place = good % 4;
  if (place < 2) return good;
  const padding = 4 - place;
  const written = /^=*/.exec(text.slice(good))?.[0].length ?? 0;
  return written < padding ? good + written : good + padding;
}

/**
 * `and`, `or` and `call` are here for their names and counts; they are run where their arguments are: the first
 * two skip some, and the last one names its first, for no value in an object can be called.
 */
export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['and', variadic(1, () => undefined)],
  ['base64decode', fixed(1, base64Decode, true)],
  ['call', variadic(1, () => undefined)],
  ['eq', variadic(1, ([first, ...others]) => plain(equalsAny(first, others)))],
  ['exists', variadic(1, ([item, ...indexes]) => plain(existsValue(item, indexes)))],
  ['ge', fixed(2, ([a, b]) => plain(!isLess(a, b)))],
  ['gt', fixed(2, ([a, b]) => plain(!isLess(a, b) && !equalsAny(a, [b])))],
  ['html', variadic(0, (args) => plain(htmlEscape(args)))],
  ['index', variadic(1, ([item, ...indexes]) => indexValue(item, indexes))],
  ['js', variadic(0, (args) => plain(jsEscape(args)))],
  ['le', fixed(2, ([a, b]) => plain(isLess(a, b) || equalsAny(a, [b])))],
  ['len', fixed(1, ([item]) => lengthOf(item))],
  ['lt', fixed(2, ([a, b]) => plain(isLess(a, b)))],
  ['ne', fixed(2, ([a, b]) => plain(!equalsAny(a, [b])))],
  ['not', fixed(1, ([value]) => plain(!isTrue(value)))],
  ['or', variadic(1, () => undefined)],
  ['print', variadic(0, (args) => plain(goSprint(args)))],
  ['printf', variadic(1, ([format, ...args]) => plain(goSprintf(String(format?.data ?? ''), args)), true)],
  ['println', variadic(0, (args) => plain(`${args.map(printValue).join(' ')}\n`))],
  ['slice', variadic(1, ([item, ...indexes]) => sliceValue(item, indexes))],
  ['urlquery', variadic(0, (args) => plain(queryEscape(args)))],
]);
