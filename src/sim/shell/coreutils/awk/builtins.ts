import { SECOND } from '../../../kernel/time.js';
import { textToBytes } from '../../format/byte-text.js';
import { civilTime, secondsOf } from '../../format/civil-time.js';
import { strftime } from '../../format/strftime.js';
import { UTC } from '../../format/time-zone.js';
import { zoneOfProcess } from '../clock.js';
import type { Context } from '../command.js';
import { rawText } from '../io.js';

/** Functions of numbers and texts alone, by name; all arguments are given as text and number. */
export interface PlainArguments {
  text(index: number): string;
  number(index: number): number;
  readonly count: number;
}

/** awk's functions that neither wait nor touch variables. */
export function plainFunctions(context: Context): Readonly<Record<string, (args: PlainArguments) => number | string>> {
  let random = context.sys.random();
  let seed = 0;
  return {
    atan2: (args) => Math.atan2(args.number(0), args.number(1)),
    cos: (args) => Math.cos(args.number(0)),
    exp: (args) => Math.exp(args.number(0)),
    index: (args) => args.text(0).indexOf(args.text(1)) + 1,
    int: (args) => Math.trunc(args.number(0)),
    log: (args) => Math.log(args.number(0)),
    mktime: (args) => makeTime(context, args.text(0)),
    rand: () => random.fraction(),
    sin: (args) => Math.sin(args.number(0)),
    sqrt: (args) => Math.sqrt(args.number(0)),
    srand: (args) => {
      const before = seed;
      seed = args.count > 0 ? args.number(0) : Math.floor(context.sys.now() / SECOND);
      random = context.sys.random().fork(`srand ${seed}`);
      return before;
    },
    strftime: (args) => {
      const format = args.count > 0 ? args.text(0) : '%c';
      const seconds = args.count > 1 ? Math.trunc(args.number(1)) : Math.floor(context.sys.now() / SECOND);
      const utc = args.count > 2 && args.number(2) !== 0;
      return rawText(textToBytes(strftime(format, civilTime(seconds, 0, utc ? UTC : zoneOfProcess(context.sys)))));
    },
    substr: (args) => substring(args),
    systime: () => Math.floor(context.sys.now() / SECOND),
    tolower: (args) => args.text(0).replace(/[A-Z]+/g, (word) => word.toLowerCase()),
    toupper: (args) => args.text(0).replace(/[a-z]+/g, (word) => word.toUpperCase()),
  };
}

/** POSIX: characters from round(m) to round(m + n), as far as there are any. */
function substring(args: PlainArguments): string {
  const text = args.text(0);
  const start = roundEven(args.number(1));
  const end = args.count > 2 ? roundEven(args.number(1) + args.number(2)) : Number.POSITIVE_INFINITY;
  if (Number.isNaN(start) || Number.isNaN(end)) return '';
  return text.slice(Math.max(0, start - 1), Math.max(0, end - 1));
}

function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function makeTime(context: Context, text: string): number {
  const [year, month, day, hour, minute, second] = text.trim().split(/\s+/).map(Number);
  if (second === undefined) return -1;
  return secondsOf(
    { year: year ?? 0, month: month ?? 0, day: day ?? 0, hour: hour ?? 0, minute: minute ?? 0, second },
    zoneOfProcess(context.sys),
  );
}

/** `sub` and `gsub`: the changed text and how often. `&` in the replacement is what matched. */
export function substituteAwk(
  text: string,
  exec: (text: string, from: number) => RegExpExecArray | null,
  replacement: string,
  all: boolean,
): { text: string; count: number } {
  let result = '';
  let from = 0;
  let count = 0;
  let lastEnd = -1;
  for (let at = 0; at <= text.length; ) {
    const match = exec(text, at);
    if (!match) break;
    const end = match.index + match[0].length;
    if (match[0] === '' && match.index === lastEnd) {
      at = end + 1;
      continue;
    }
    result +=
      text.slice(from, match.index) +
      replacement.replace(/\\\\&|\\&|&/g, (mark) => (mark === '&' ? match[0] : mark === '\\&' ? '&' : `\\${match[0]}`));
    from = end;
    lastEnd = end;
    count += 1;
    if (!all) break;
    at = match[0] === '' ? end + 1 : end;
  }
  return { text: result + text.slice(from), count };
}
