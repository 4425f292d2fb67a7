import { isErrno } from '../kernel/errno.js';
import type { Program, Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import type { Invocation } from './arguments.js';
import { readInvocation, usageText } from './arguments.js';
import { runFile } from './builtins/commands.js';
import { BUILTINS } from './builtins/index.js';
import { setOption } from './builtins/options.js';
import { bytesToText } from './format/byte-text.js';
import { runInteractive } from './interactive/session.js';
import { createRunner } from './run/runner.js';
import { runStandardInput } from './run/standard-input.js';
import type { Dialect } from './state/dialect.js';
import { BackToPrompt, HangUp, isTooDeep, ShellExit, TOO_DEEP } from './state/failures.js';
import type { ShellParts } from './state/shell.js';
import { endShell, installSpecials, Shell } from './state/shell.js';
import { BASH_VERSION } from './state/specials.js';
import { prepareVariables } from './state/startup.js';

/** A shell as a program: bash, or what its engine is in another dialect. */
export function shellProgram(dialect?: Dialect): Program {
  const runner = createRunner((sys, args, environment) => {
    sys.environment.clear();
    for (const [name, value] of environment) sys.environment.set(name, value);
    return run(sys, args, parts);
  });
  const parts = { builtins: dialect?.builtins ?? BUILTINS, runner, dialect };
  return (sys) => run(sys, sys.args, parts);
}

/** bash 5.2, by that name or as `sh`. */
export const bash: Program = shellProgram();

function* run(sys: Sys, args: readonly string[], parts: ShellParts): Waiting<number> {
  const invocation = readInvocation(args);
  const shell = new Shell(sys, parts);
  installSpecials(shell);
  shell.name = args[0] ?? 'bash';
  if (typeof invocation === 'string' && parts.dialect) return yield* refuseOptions(shell, args, parts.dialect);
  if (typeof invocation === 'string') {
    yield* shell.write(
      2,
      `${shell.name}: ${invocation}\n${invocation.includes('invalid option') ? usageText(shell.name) : ''}`,
    );
    return 2;
  }
  if (invocation.version && parts.dialect) return yield* refuseOptions(shell, args, parts.dialect);
  if (invocation.version)
    return yield* shell.print('bash', `GNU bash, version ${BASH_VERSION} (x86_64-pc-linux-gnu)\n`);
  yield* setUp(shell, invocation);
  let status: number;
  let hungUp = false;
  try {
    status = yield* runShell(shell, invocation);
  } catch (error) {
    if (error instanceof ShellExit) {
      if (error.replaced) return error.status;
      hungUp = error instanceof HangUp;
      ({ status } = error);
    } else if (error instanceof BackToPrompt) ({ status } = error);
    else if (isTooDeep(error)) {
      yield* shell.complain(TOO_DEEP);
      status = 2;
    } else throw error;
  }
  status = yield* endShell(shell, status);
  if (hungUp) {
    sys.onSignal('HUP', 'default');
    sys.kill(sys.pid, 'HUP');
  }
  return status;
}

/** Options that ash and dash do not know: the first wrong letter is named. */
function* refuseOptions(shell: Shell, args: readonly string[], dialect: Dialect): Waiting<number> {
  const wrong = args.find((arg) => /^-./.test(arg)) ?? '';
  const option = wrong.startsWith('--') ? '--' : wrong.slice(0, 2);
  const illegal = dialect.name === 'ash' ? 'illegal' : 'Illegal';
  yield* shell.write(2, `${shell.name}: ${dialect.name === 'ash' ? '' : '0: '}${illegal} option ${option}\n`);
  return 2;
}

function* setUp(shell: Shell, invocation: Invocation): Waiting<void> {
  const { sys } = shell;
  shell.login = invocation.login;
  if (invocation.login) shell.options.shopt.set('login_shell', true);
  if (invocation.posix && !shell.dialect) {
    shell.options.set.add('posix');
    shell.options.shopt.set('expand_aliases', true);
  }
  for (const { name, on } of invocation.set) setOption(shell, name, on);
  for (const { name, on } of invocation.shopt) shell.options.shopt.set(name, on);
  if (shell.dialect) {
    shell.options.shopt.set('expand_aliases', true);
    shell.options.set.delete('hashall');
    if (shell.dialect.name === 'dash') shell.options.shopt.set('promptvars', true);
  }
  prepareVariables(shell);
  yield* importFunctions(shell);
  const terminal = isTerminal(sys, 0) && isTerminal(sys, 2);
  shell.interactive = invocation.interactive || (invocation.command === undefined && invocation.readsInput && terminal);
  shell.atPrompt = shell.interactive;
  shell.readsInput = invocation.readsInput;
}

/** Functions that `export -f` put into the environment. */
function* importFunctions(shell: Shell): Waiting<void> {
  for (const [name, value] of shell.sys.environment) {
    const function_ = /^BASH_FUNC_(.+)%%$/.exec(name)?.[1];
    if (function_ === undefined || !value.startsWith('()')) continue;
    yield* shell.runner.runText(shell, `${function_} ${value}`);
    shell.exportedFunctions.add(function_);
    shell.variables.unset(name);
  }
}

function isTerminal(sys: Sys, descriptor: number): boolean {
  try {
    return sys.terminal(descriptor) !== undefined;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function* runShell(shell: Shell, invocation: Invocation): Waiting<number> {
  const { command, operands } = invocation;
  if (shell.interactive) return yield* runInteractive(shell, invocation, () => startUp(shell, invocation));
  yield* startUp(shell, invocation);
  if (command !== undefined) {
    if (operands[0] !== undefined) {
      shell.name = operands[0];
      shell.namedCommand = true;
    }
    shell.positional = operands.slice(1);
    shell.commandString = command;
    if (!shell.dialect) shell.variables.set('BASH_EXECUTION_STRING', command);
    shell.mayReplace = shell.traps.size === 0;
    return yield* shell.runner.runText(shell, command, { name: '-c' });
  }
  if (!invocation.readsInput) return yield* runScript(shell, operands);
  shell.positional = [...operands];
  return yield* runStandardInput(shell);
}

/** The files a shell reads first: a login shell its profile, an interactive one its rc file, a script $BASH_ENV. */
function* startUp(shell: Shell, invocation: Invocation): Waiting<void> {
  const home = shell.variables.get('HOME') ?? '/';
  if (shell.login && !invocation.noProfile) {
    yield* sourceIfThere(shell, '/etc/profile');
    const names = invocation.posix || shell.dialect ? ['.profile'] : ['.bash_profile', '.bash_login', '.profile'];
    const found = names.map((name) => `${home}/${name}`).find((path) => readable(shell, path));
    if (found) yield* sourceIfThere(shell, found);
  } else if (shell.interactive && !invocation.noRc && !invocation.posix && !shell.dialect) {
    yield* sourceIfThere(shell, '/etc/bash.bashrc');
    yield* sourceIfThere(shell, invocation.rcFile ?? `${home}/.bashrc`);
  }
  if (shell.dialect) {
    const given = shell.interactive ? shell.variables.get('ENV') : undefined;
    if (given) yield* sourceIfThere(shell, yield* shell.runner.expandText(shell, given));
    return;
  }
  const file = shell.variables.get('BASH_ENV');
  if (!shell.interactive && file && !invocation.posix)
    yield* sourceIfThere(shell, yield* shell.runner.expandText(shell, file));
}

function readable(shell: Shell, path: string): boolean {
  try {
    shell.sys.access(path, { read: true });
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function* sourceIfThere(shell: Shell, path: string): Waiting<void> {
  if (!readable(shell, path)) return;
  try {
    yield* runFile(shell, path, bytesToText(shell.sys.readFile(path)));
  } catch (error) {
    if (!(error instanceof BackToPrompt) && !isErrno(error)) throw error;
  }
}

function* runScript(shell: Shell, operands: readonly string[]): Waiting<number> {
  const [file = '', ...rest] = operands;
  const report = function* (words: string, status: number): Waiting<number> {
    if (shell.dialect) {
      const missing = status === 127 ? 'ENOENT' : 'EACCES';
      const said = shell.dialect.cannotOpen(file, false, missing, words);
      const ash = `${shell.name}: can't open '${file}': ${words}\n`;
      yield* shell.write(2, shell.dialect.name === 'ash' ? ash : `${shell.name}: 0: ${said}\n`);
      return status === 127 ? 127 : 2;
    }
    yield* shell.write(2, `${shell.name}: ${file}: ${words}\n`);
    return status;
  };
  let text: string;
  try {
    if (shell.sys.stat(file).type === 'directory') return yield* report('Is a directory', 126);
    const bytes = shell.sys.readFile(file);
    if (bytes.subarray(0, 80).includes(0)) {
      yield* shell.write(2, `${file}: ${file}: cannot execute binary file\n`);
      return 126;
    }
    text = bytesToText(bytes);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return yield* report(error.message, error.code === 'ENOENT' ? 127 : 126);
  }
  shell.name = file;
  shell.positional = rest;
  shell.frames = [{ kind: 'main', name: 'main', file, callLine: 0, args: rest }];
  return yield* shell.runner.runText(shell, text, { keepsGoing: true });
}
