import { isErrno } from '../../kernel/errno.js';
import type { ChildOptions } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { ShellExit } from '../state/failures.js';
import type { Shell } from '../state/shell.js';
import { startForeground, waitForJob } from './foreground.js';

/** Why a program cannot be run, with the status that says so. */
interface Refusal {
  readonly words: string;
  readonly status: number;
}

/** The file that a command's name stands for: itself when it has a slash, else the first executable in $PATH. */
export function findProgram(shell: Shell, name: string): string | undefined {
  if (name.includes('/')) return name;
  const known = shell.hashed.get(name);
  if (known && isExecutable(shell, known.path)) {
    known.hits += 1;
    return known.path;
  }
  const [found] = findAllPrograms(shell, name);
  if (found !== undefined && shell.options.has('hashall') && found.startsWith('/'))
    shell.hashed.set(name, { path: found, hits: 1 });
  return found;
}

/** Every file in $PATH that the name could stand for; the first that is executable comes first. */
export function findAllPrograms(shell: Shell, name: string, path = shell.variables.get('PATH')): string[] {
  if (name === '' || path === undefined) return [];
  const candidates = path
    .split(':')
    .map((directory) => (directory === '' ? `./${name}` : `${directory.replace(/\/$/, '')}/${name}`));
  const executable = candidates.filter((candidate) => isExecutable(shell, candidate));
  if (executable.length > 0) return executable;
  return candidates.filter((candidate) => typeOf(shell, candidate) === 'file').slice(0, 1);
}

function typeOf(shell: Shell, path: string): string | undefined {
  try {
    return shell.sys.stat(path).type;
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

function isExecutable(shell: Shell, path: string): boolean {
  if (typeOf(shell, path) !== 'file') return false;
  try {
    shell.sys.access(path, { execute: true });
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** Runs a program in the foreground, or becomes it when this process has nothing else to do. */
export function* runProgram(
  shell: Shell,
  args: readonly string[],
  replace: boolean,
  environment?: ReadonlyMap<string, string>,
): Waiting<number> {
  const name = args[0] as string;
  const path = findProgram(shell, name);
  if (path === undefined) return yield* notFound(shell, args);
  const variables = environment ?? programEnvironment(shell, path);
  try {
    if (replace) return yield* become(shell, path, args, variables);
    const start = (options: ChildOptions) => shell.sys.spawn(path, args, { ...options, environment: variables });
    const job = yield* startForeground(shell, start, shell.executing || args.join(' '));
    return yield* waitForJob(shell, job);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'ENOEXEC') return yield* runAsScript(shell, path, args, variables, replace);
    const { words, status } = refusal(shell, path, error.code, error.message);
    yield* shell.complain(words);
    return status;
  }
}

/** What a program's environment is: exported variables and `$_`. */
export function programEnvironment(shell: Shell, path: string): Map<string, string> {
  const environment = shell.variables.environment();
  environment.set('_', path);
  for (const [name, definition] of shell.functions) {
    if (shell.exportedFunctions.has(name))
      environment.set(`BASH_FUNC_${name}%%`, definition.print().replace(/^\S+ /, ''));
  }
  return environment;
}

function* become(
  shell: Shell,
  path: string,
  args: readonly string[],
  environment: ReadonlyMap<string, string>,
): Waiting<number> {
  const status = yield* shell.sys.exec(path, args, environment);
  throw new ShellExit(status, true);
}

function* notFound(shell: Shell, args: readonly string[]): Waiting<number> {
  const name = args[0] as string;
  const handler = shell.functions.get('command_not_found_handle');
  if (handler) return yield* shell.runner.callFunction(shell, handler, ['command_not_found_handle', ...args]);
  yield* shell.complain(`${name}: command not found`);
  return 127;
}

function refusal(shell: Shell, path: string, code: string, message: string): Refusal {
  if (shell.dialect)
    return code === 'ENOENT'
      ? { words: `${path}: not found`, status: 127 }
      : { words: `${path}: Permission denied`, status: 126 };
  const type = typeOf(shell, path);
  if (type === undefined && code === 'ENOENT') return { words: `${path}: ${message}`, status: 127 };
  if (code === 'ENOENT') return { words: `${path}: cannot execute: required file not found`, status: 127 };
  if (type === 'directory') return { words: `${path}: Is a directory`, status: 126 };
  return { words: `${path}: ${message}`, status: 126 };
}

/** A text file without `#!` is a script for this shell. */
function* runAsScript(
  shell: Shell,
  path: string,
  args: readonly string[],
  environment: ReadonlyMap<string, string>,
  replace: boolean,
): Waiting<number> {
  const content = shell.sys.readFile(path);
  if (content.subarray(0, 80).includes(0)) {
    yield* shell.complain(`${path}: cannot execute binary file: Exec format error`);
    return 126;
  }
  const script = [shell.name, path, ...args.slice(1)];
  const body = function* (child: Shell): Waiting<number> {
    throw new ShellExit(yield* shell.runner.runProgram(child.sys, script, environment), true);
  };
  if (replace) return yield* body(shell);
  const start = (options: ChildOptions) => shell.fork(body, options);
  return yield* waitForJob(shell, yield* startForeground(shell, start, args.join(' ')));
}
