import type { Program } from '../../../kernel/sys.js';
import type { Micros } from '../../../kernel/time.js';
import { bytesToText } from '../../format/byte-text.js';
import type { Zone } from '../../format/civil-time.js';
import { strftime } from '../../format/strftime.js';
import { UTC } from '../../format/time-zone.js';
import { civilMicros, zoneOfProcess } from '../clock.js';
import type { Context } from '../command.js';
import { command, reason } from '../command.js';
import { UsageError } from '../options.js';
import { parseDate } from './parse-date.js';

const ISO: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
};
const RFC_3339: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  seconds: '%Y-%m-%d %H:%M:%S%:z',
  ns: '%Y-%m-%d %H:%M:%S.%N%:z',
};

/** `date`: shows a time. The clock cannot be set. */
export const date: Program = command(
  {
    name: 'date',
    usage: '[OPTION]... [+FORMAT]',
    summary: 'Display date and time in the given FORMAT.',
    options: [
      'd date=STRING : the time STRING describes instead of now',
      'debug : (ignored)',
      'f file=DATEFILE : the time of each line of DATEFILE',
      'I iso-8601?FMT : ISO 8601; FMT is date, hours, minutes, seconds or ns',
      'R rfc-email rfc-2822 : RFC 5322',
      'rfc-3339=FMT : RFC 3339; FMT is date, seconds or ns',
      'r reference=FILE : the modification time of FILE',
      's set=STRING : set the time',
      'u utc universal : Coordinated Universal Time',
    ],
  },
  (context) => {
    const zone = context.has('utc') ? UTC : zoneOfProcess(context.sys);
    const [operand, extra] = context.operands;
    if (extra !== undefined) throw new UsageError(`extra operand ${context.quote(extra)}`);
    const format = formatOf(context, operand);
    if (context.has('set') || (operand !== undefined && !operand.startsWith('+')))
      return setClock(context, context.value('set') ?? (operand as string), format, zone);
    const file = context.value('file');
    if (file !== undefined) return eachLine(context, file, format, zone);
    show(context, instantOf(context, zone), format, zone);
    return undefined;
  },
);

function show(context: Context, instant: Micros, format: string, zone: Zone): void {
  context.print(`${strftime(format, civilMicros(instant, zone))}\n`);
}

function instantOf(context: Context, zone: Zone): Micros {
  const { sys } = context;
  const reference = context.value('reference');
  if (reference !== undefined) {
    try {
      return sys.stat(reference).modified;
    } catch (thrown) {
      return context.die(`${context.showName(reference)}: ${reason(thrown)}`);
    }
  }
  const text = context.value('date');
  if (text === undefined) return sys.now();
  return parseDate(text, sys.now(), zone) ?? context.die(`invalid date ${context.quote(text)}`);
}

function formatOf(context: Context, operand: string | undefined): string {
  if (operand?.startsWith('+')) return operand.slice(1);
  const last = context.last('iso-8601', 'rfc-email', 'rfc-3339');
  if (last === 'rfc-email') return '%a, %d %b %Y %H:%M:%S %z';
  if (last === 'iso-8601') return chosen(context, ISO, context.value('iso-8601') ?? 'date', '--iso-8601');
  if (last === 'rfc-3339') return chosen(context, RFC_3339, context.value('rfc-3339') ?? '', '--rfc-3339');
  return '%a %b %e %H:%M:%S %Z %Y';
}

function chosen(context: Context, formats: Readonly<Record<string, string>>, word: string, option: string): string {
  const key = Object.keys(formats).find((name) => name.startsWith(word) && word !== '');
  if (key) return formats[key] as string;
  const valid = ['hours', 'minutes', 'date', 'seconds', 'ns'].filter((name) => name in formats);
  throw new UsageError(
    `invalid argument ${context.quote(word)} for ${context.quote(option)}\nValid arguments are:\n${valid.map((name) => `  - ${context.quote(name)}`).join('\n')}`,
  );
}

function setClock(context: Context, text: string, format: string, zone: Zone): number {
  const instant =
    parseDate(text, context.sys.now(), zone) ??
    (/^\d{8}(?:\d{2}){0,2}(?:\.\d{2})?$/.test(text) ? context.sys.now() : undefined);
  if (instant === undefined) return context.die(`invalid date ${context.quote(text)}`);
  context.warn('cannot set date: Operation not permitted');
  show(context, instant, format, zone);
  return 1;
}

function eachLine(context: Context, file: string, format: string, zone: Zone): undefined {
  let text = '';
  try {
    text = bytesToText(context.sys.readFile(file));
  } catch (thrown) {
    context.die(`${context.showName(file)}: ${reason(thrown)}`);
  }
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const instant = parseDate(line, context.sys.now(), zone);
    if (instant === undefined) context.fail(`invalid date ${context.quote(line)}`);
    else show(context, instant, format, zone);
  }
}
