import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { BackToPrompt, FunctionReturn, LoopControl, ShellExit } from '../state/failures.js';
import type { Builtin, Shell } from '../state/shell.js';
import { complainAs } from './usage.js';

/** `:` and `true`. */
export const nothing: Builtin = () => 0;
export const falsehood: Builtin = () => 1;

/** `break` and `continue`. */
export function loopControl(kind: 'break' | 'continue'): Builtin {
  return function* (shell, args) {
    const [, first] = args;
    if (shell.loops === 0) {
      yield* complainAs(shell, kind, "only meaningful in a `for', `while', or `until' loop");
      return 0;
    }
    const count = first === undefined ? 1 : /^[-+]?\d+$/.test(first) ? Number(first) : undefined;
    if (count === undefined) {
      yield* complainAs(shell, kind, `${first}: numeric argument required`);
      throw new ShellExit(128);
    }
    if (count < 1) {
      yield* complainAs(shell, kind, `${first}: loop count out of range`);
      throw new LoopControl('break', shell.loops, 1);
    }
    shell.status = 0;
    throw new LoopControl(kind, Math.min(count, shell.loops));
  };
}

function* statusArgument(shell: Shell, name: string, given: string | undefined): Waiting<number> {
  if (given === undefined) return shell.status;
  if (/^[-+]?\d+$/.test(given.trim())) return Number(BigInt.asUintN(8, BigInt(given.trim())));
  yield* complainAs(shell, name, `${given}: numeric argument required`);
  return 2;
}

/** `return`. */
export const returning: Builtin = function* (shell, args) {
  const status = yield* statusArgument(shell, 'return', args[1] === '--' ? args[2] : args[1]);
  if (!shell.frames.some(({ kind }) => kind !== 'main')) {
    return yield* complainAs(
      shell,
      'return',
      "can only `return' from a function or sourced script",
      status === 0 ? 2 : 2,
    );
  }
  throw new FunctionReturn(status);
};

/** `exit` and `logout`. */
export const exiting: Builtin = function* (shell, args) {
  const name = args[0] as string;
  if (name === 'logout' && !shell.login) return yield* complainAs(shell, name, "not login shell: use `exit'");
  const given = args[1] === '--' ? args[2] : args[1];
  const status = yield* statusArgument(shell, name, given);
  if (given !== undefined && /^[-+]?\d+$/.test(given) && args.length > 2 && args[1] !== '--') {
    yield* complainAs(shell, name, 'too many arguments');
    throw new BackToPrompt(1);
  }
  if (shell.interactive) {
    if (!shell.dialect) yield* shell.write(2, shell.login ? 'logout\n' : 'exit\n');
    const stopped = shell.jobs.jobs.some((job) => [...job.processes.values()].some(({ kind }) => kind === 'stopped'));
    if (stopped && !shell.warnedOfJobs) {
      yield* shell.write(2, `${shell.dialect ? 'You have' : 'There are'} stopped jobs.\n`);
      shell.warnedOfJobs = true;
      return 1;
    }
  }
  throw new ShellExit(status);
};

/** `shift`. */
export const shift: Builtin = (shell, args) => {
  const [, given] = args;
  const count = given === undefined ? 1 : Number(given);
  if (!Number.isInteger(count)) return complainAs(shell, 'shift', `${given}: numeric argument required`);
  if (count < 0) return complainAs(shell, 'shift', `${given}: shift count out of range`);
  if (count > shell.positional.length) {
    return shell.options.on('shift_verbose')
      ? complainAs(shell, 'shift', `${given ?? 1}: shift count out of range`)
      : 1;
  }
  shell.positional = shell.positional.slice(count);
  return 0;
};

/** `eval`. */
export const evaluate: Builtin = function* (shell, args) {
  const text = args.slice(args[1] === '--' ? 2 : 1).join(' ');
  if (text.trim() === '') return 0;
  shell.traceDepth += 1;
  try {
    return yield* shell.runner.runText(shell, text, { line: shell.line, name: 'eval' });
  } finally {
    shell.traceDepth -= 1;
  }
};

/** `let`. */
export const letting: Builtin = (shell, args) => {
  if (args.length < 2) return complainAs(shell, 'let', 'expression expected');
  let value: number | bigint = 0;
  for (const arg of args.slice(1)) {
    try {
      value = shell.variables.calculate(arg);
    } catch (error) {
      if (error instanceof Error) return complainAs(shell, 'let', error.message);
      throw error;
    }
  }
  return value === 0 ? 1 : 0;
};

/** `times`. */
export const times: Builtin = (shell) => {
  const { own, children } = shell.sys.times();
  const show = (micros: number) => `${Math.floor(micros / SECOND / 60)}m${((micros / SECOND) % 60).toFixed(3)}s`;
  return shell.print('times', `${show(own)} 0m0.000s\n${show(children)} 0m0.000s\n`);
};

/** `caller`. */
export const caller: Builtin = (shell, args) => {
  const frames = [...shell.frames].reverse();
  const level = args[1] === undefined ? 0 : Number(args[1]);
  const frame = frames[level];
  const above = frames[level + 1];
  if (!frame || frame.kind === 'main') return 1;
  const file = above?.file || 'NULL';
  if (args[1] === undefined) return shell.print('caller', `${frame.callLine} ${file}\n`);
  return above ? shell.print('caller', `${frame.callLine} ${above.name} ${file}\n`) : 1;
};
