import { isErrno } from '../../kernel/errno.js';
import { SECOND } from '../../kernel/time.js';
import { bytesToText } from '../format/byte-text.js';
import { civilTime } from '../format/civil-time.js';
import { formatEcho } from '../format/echo.js';
import { formatPrintf } from '../format/printf.js';
import { strftime } from '../format/strftime.js';
import { evaluateBracket, evaluateTest } from '../format/test-expression.js';
import { testContextOf } from '../format/test-files.js';
import { zoneOf } from '../format/time-zone.js';
import { isSet } from '../run/conditional.js';
import { SET_OPTIONS } from '../state/options.js';
import type { Builtin, Shell } from '../state/shell.js';
import { complainAs, misuse } from './usage.js';

/** `echo`. */
export const echo: Builtin = function* (shell, args) {
  try {
    yield* shell.sys.write(1, formatEcho(args.slice(1), { escapes: shell.options.on('xpg_echo') }));
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'EINTR') yield* shell.checkSignals();
    else yield* shell.complain(`echo: write error: ${error.message}`);
    return 1;
  }
};

/** A moment in the zone of $TZ, by strftime. */
function formatTime(shell: Shell, format: string, seconds: number): string {
  return strftime(format === '' ? '%X' : format, civilTime(seconds, 0, zoneOf(shell.variables.get('TZ') ?? 'UTC')));
}

/** `printf`. */
export const printf: Builtin = function* (shell, args) {
  let rest = args.slice(1);
  let variable: string | undefined;
  if (rest[0]?.startsWith('-v')) {
    variable = rest[0] === '-v' ? rest[1] : rest[0].slice(2);
    rest = rest.slice(rest[0] === '-v' ? 2 : 1);
    if (variable === undefined) return yield* misuse(shell, 'printf', '-v: option requires an argument');
    if (!/^[A-Za-z_]\w*(?:\[.+\])?$/s.test(variable))
      return yield* complainAs(shell, 'printf', `\`${variable}': not a valid identifier`, 2);
  }
  if (rest[0] === '--') rest = rest.slice(1);
  else if (/^-[^-]/.test(rest[0] ?? ''))
    return yield* misuse(shell, 'printf', `${(rest[0] as string).slice(0, 2)}: invalid option`);
  const [format, ...values] = rest;
  if (format === undefined) return yield* misuse(shell, 'printf');
  const now = Math.floor(shell.sys.now() / SECOND);
  const result = formatPrintf(format, values, {
    strftime: (pattern, seconds) =>
      formatTime(shell, pattern, seconds === -1 ? now : seconds === -2 ? Math.floor(shell.started / SECOND) : seconds),
  });
  if (variable === undefined) {
    const status = yield* shell.print('printf', bytesToText(result.output));
    for (const message of result.errors) yield* shell.complain(`printf: ${message}`);
    return status || result.status;
  }
  for (const message of result.errors) yield* shell.complain(`printf: ${message}`);
  const element = /^(\w+)\[(.*)\]$/s.exec(variable);
  if (element) shell.variables.setElement(element[1] as string, element[2] as string, bytesToText(result.output));
  else shell.variables.set(variable, bytesToText(result.output));
  return result.status;
};

/** `test` and `[`. */
export const test: Builtin = (shell, args) => {
  const name = args[0] as string;
  const context = {
    ...testContextOf(shell.sys),
    variableSet: (variable: string) => isSet(shell, variable),
    isReference: (variable: string) => shell.variables.raw(variable)?.has('n') ?? false,
    optionSet: (option: string) => SET_OPTIONS.some(([own]) => own === option && shell.options.has(own)),
  };
  const result = name === '[' ? evaluateBracket(args.slice(1), context) : evaluateTest(args.slice(1), context);
  return result.error === undefined ? result.status : complainAs(shell, name, result.error, result.status);
};
