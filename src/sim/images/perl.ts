import { print, printError } from '../kernel/libc/streams.js';
import type { Program } from '../kernel/sys.js';
import { SECOND } from '../kernel/time.js';

const VERSION = '5.42.0';
/** Digits that are computed beyond those that are shown. */
const GUARD_DIGITS = 10n;

/** One statement that is understood: what it prints, waits for or ends with. */
type Step =
  | { readonly text: string; readonly to: 1 | 2 }
  | { readonly seconds: number }
  | { readonly exit: number; readonly text?: string };

/** perl, as far as one-liners of jobs go: `print`, `say`, `sleep`, `exit`, `die`, `warn`, and pi of bignum. */
export const perl: Program = function* perl(sys) {
  const words = sys.args.slice(1);
  if (words[0] === '-v' || words[0] === '--version') {
    yield* print(sys, `\nThis is perl 5, version 42, subversion 0 (v${VERSION}) built for x86_64-linux-gnu\n`);
    return 0;
  }
  let program: string | undefined;
  let newline = '';
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('-')) break;
    const [, letters = '', last] = /^-([wlnpia]*)([eE])?$/.exec(word) ?? [];
    if (letters.includes('l')) newline = '\n';
    if (last !== undefined) program = words.shift() ?? '';
  }
  const steps = program === undefined ? 'a script' : stepsOf(program);
  if (typeof steps === 'string') {
    yield* printError(sys, `perl: not simulated: ${steps}\n`);
    return 255;
  }
  for (const step of steps) {
    if ('seconds' in step) yield* sys.sleep(step.seconds * SECOND);
    else if ('to' in step) yield* sys.write(step.to, step.to === 1 ? step.text + newline : step.text);
    else {
      if (step.text !== undefined) yield* printError(sys, step.text);
      return step.exit;
    }
  }
  return 0;
};

/** The steps of a program; a text is the first statement that is not understood. */
function stepsOf(program: string): Step[] | string {
  const steps: Step[] = [];
  const statements = program.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^;"'])+/g) ?? [];
  for (const raw of statements) {
    const statement = raw.trim();
    if (statement === '' || /^use\s/.test(statement)) continue;
    const [, verb = '', rest = ''] = /^(print|say|warn|die|sleep|exit)\b\s*([\s\S]*)$/.exec(statement) ?? [];
    const value = verb === '' ? undefined : textOf(rest.replace(/^\(([\s\S]*)\)$/, '$1').trim());
    if (value === undefined) return statement;
    if (verb === 'sleep') steps.push({ seconds: Number(value) || 0 });
    else if (verb === 'exit') steps.push({ exit: Number(value) & 255 });
    else if (verb === 'die') steps.push({ exit: 255, text: value.endsWith('\n') ? value : `${value} at -e line 1.\n` });
    else if (verb === 'warn') steps.push({ to: 2, text: value.endsWith('\n') ? value : `${value} at -e line 1.\n` });
    else steps.push({ to: 1, text: verb === 'say' ? `${value}\n` : value });
  }
  return steps;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0', e: '\x1b' };

/** What a list of texts, numbers and calls of bpi gives; undefined when it holds anything else. */
function textOf(source: string): string | undefined {
  let value = '';
  for (const part of source.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^.,"']|\.\d)+/g) ?? []) {
    const term = part.trim();
    const [, digits] = /^(?:bignum::)?bpi\s*\(\s*(\d+)\s*\)$/.exec(term) ?? [];
    const double = /^"((?:[^"\\]|\\.)*)"$/s.exec(term)?.[1];
    const single = /^'([^']*)'$/s.exec(term)?.[1];
    if (digits !== undefined) value += piDigits(Number(digits));
    else if (double !== undefined && !/[$@]\w/.test(double))
      value += double.replace(/\\(.)/gs, (_, letter: string) => ESCAPES[letter] ?? letter);
    else if (single !== undefined) value += single;
    else if (/^\d+(?:\.\d+)?$/.test(term)) value += term;
    else return undefined;
  }
  return value;
}

/** Pi to so many digits in all, by Machin's formula. */
function piDigits(digits: number): string {
  if (digits < 2) return '3';
  const scale = 10n ** (BigInt(digits) + GUARD_DIGITS);
  const pi = 4n * (4n * inverseTangent(5n, scale) - inverseTangent(239n, scale));
  const cut = 10n ** (GUARD_DIGITS + 1n);
  const text = String((pi + cut / 2n) / cut);
  return `3.${text.slice(1)}`;
}

/** arctan(1/x), times `scale`. */
function inverseTangent(x: bigint, scale: bigint): bigint {
  let power = scale / x;
  let sum = power;
  for (let odd = 3n, sign = -1n; power !== 0n; odd += 2n, sign = -sign) {
    power /= x * x;
    sum += (sign * power) / odd;
  }
  return sum;
}
