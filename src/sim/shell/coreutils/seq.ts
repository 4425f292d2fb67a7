import type { Program } from '../../kernel/sys.js';
import type { Directive } from '../format/c-format.js';
import { formatFloat } from '../format/c-format.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { work } from './io.js';
import { UsageError } from './options.js';

/** `seq`: a sequence of numbers. */
export const seq: Program = command(
  {
    name: 'seq',
    usage: '[OPTION]... [FIRST [INCREMENT]] LAST',
    summary: 'Print numbers from FIRST to LAST, in steps of INCREMENT.',
    options: [
      'f format=FORMAT : printf style floating-point format',
      's separator=STRING : between the numbers instead of newline',
      'w equal-width : pad with leading zeros',
    ],
    inOrder: true,
    legacy: (word) => (/^-[\d.]/.test(word) ? { key: 'operand', value: word, as: '' } : undefined),
  },
  function* (context) {
    const words = [
      ...context.options.given.filter(({ key }) => key === 'operand').map(({ value }) => value as string),
      ...context.operands,
    ];
    if (words.length === 0) throw new UsageError('missing operand');
    if (words.length > 3) throw new UsageError(`extra operand ${context.quote(words[3] as string)}`);
    for (const word of words) checkNumber(context, word);
    const [firstText, stepText, lastText] =
      words.length === 1 ? ['1', '1', words[0]] : words.length === 2 ? [words[0], '1', words[1]] : words;
    const step = Number(stepText);
    if (step === 0) throw new UsageError(`invalid Zero increment value: ${context.quote(stepText as string)}`);
    const decimals = Math.max(decimalsOf(firstText as string), decimalsOf(stepText as string));
    const show = formatter(context, [firstText, stepText, lastText] as [string, string, string], decimals);
    const separator = context.value('separator') ?? '\n';
    const first = Number(firstText);
    const last = Number(lastText);
    const scale = 10 ** Math.max(decimals, decimalsOf(lastText as string));
    let printed = false;
    for (let index = 0; ; index += 1) {
      const value = Math.round(first * scale + index * Math.round(step * scale)) / scale;
      const at = Number.isFinite(value) ? value : first + index * step;
      if (step > 0 ? at > last : at < last) break;
      context.print(`${printed ? separator : ''}${show(at)}`);
      printed = true;
      if (context.output.size > 16_384) {
        yield* work(context.sys, context.output.size);
        yield* context.flush();
      }
    }
    if (printed) context.print('\n');
    return undefined;
  },
);

function checkNumber(context: Context, word: string): void {
  if (/^\s*[-+]?nan$/i.test(word))
    throw new UsageError(`invalid ${context.quote('not-a-number')} argument: ${context.quote(word)}`);
  if (/^\s*[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|0x[0-9a-f]+|inf(?:inity)?)$/i.test(word)) return;
  throw new UsageError(`invalid floating point argument: ${context.quote(word)}`);
}

function decimalsOf(text: string): number {
  const match = /\.(\d*)(?:[eE]([-+]?\d+))?$|[eE]([-+]?\d+)$/.exec(text);
  return Math.max(0, (match?.[1]?.length ?? 0) - Number(match?.[2] ?? match?.[3] ?? 0));
}

function formatter(context: Context, words: [string, string, string], decimals: number): (value: number) => string {
  const format = context.value('format');
  if (format !== undefined) return customFormat(context, format);
  const fixed = (value: number) =>
    Number.isFinite(value) ? value.toFixed(decimals) : String(value).replace('Infinity', 'inf');
  if (!context.has('equal-width')) return fixed;
  const width = Math.max(fixed(Number(words[0])).length, fixed(Number(words[2])).length);
  return (value) => (value < 0 ? `-${fixed(-value).padStart(width - 1, '0')}` : fixed(value).padStart(width, '0'));
}

function customFormat(context: Context, format: string): (value: number) => string {
  const directive = /%([-+ #0']*)(\d*)(?:\.(\d*))?(L?)([efgaEFGA])/;
  const plain = format.replaceAll('%%', '\0');
  const match = directive.exec(plain);
  if (!plain.includes('%')) return context.die(`format ${context.quote(format)} has no % directive`);
  if (!match) {
    const bad = /%[-+ #0']*\d*(?:\.\d*)?(.)/.exec(plain)?.[1];
    return context.die(
      bad === undefined
        ? `format ${context.quote(format)} ends in %`
        : `format ${context.quote(format)} has unknown %${bad} directive`,
    );
  }
  if (plain.indexOf('%', match.index + match[0].length) >= 0)
    context.die(`format ${context.quote(format)} has too many % directives`);
  const [whole, flags = '', width, precision, , conversion = 'f'] = match;
  const shape: Directive = {
    minus: flags.includes('-'),
    plus: flags.includes('+'),
    space: flags.includes(' '),
    alternate: flags.includes('#'),
    zero: flags.includes('0'),
    width: Number(width || 0),
    precision: precision === undefined ? -1 : Number(precision),
    conversion,
  };
  const before = plain.slice(0, match.index).replaceAll('\0', '%');
  const after = plain.slice(match.index + whole.length).replaceAll('\0', '%');
  return (value) => before + formatFloat(value, shape) + after;
}
