import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Builtin, Shell } from '../state/shell.js';
import { complainAs, misuse, readFlags } from './usage.js';

/** `cd`. */
export const cd: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'LPe@');
  if (flags.problem) return yield* misuse(shell, 'cd', flags.problem);
  const [given, extra] = flags.rest;
  if (extra !== undefined) return yield* complainAs(shell, 'cd', 'too many arguments');
  const physical = flags.letters.has('P') || (shell.options.has('physical') && !flags.letters.has('L'));
  let target = given;
  let show = false;
  if (target === undefined) {
    target = shell.variables.get('HOME');
    if (target === undefined) return yield* complainAs(shell, 'cd', 'HOME not set');
    if (target === '') return 0;
  } else if (target === '-') {
    target = shell.variables.get('OLDPWD');
    if (target === undefined) return yield* complainAs(shell, 'cd', 'OLDPWD not set');
    show = true;
  } else if (target !== '' && !/^\.{0,2}\//.test(target) && target !== '.' && target !== '..') {
    const found = throughPath(shell, target);
    if (found) {
      target = found;
      show = true;
    }
  }
  const problem = changeTo(shell, target, physical);
  if (problem) return yield* complainAs(shell, 'cd', `${target}: ${problem}`);
  if (show) return yield* shell.print('cd', `${shell.directory}\n`);
  return 0;
};

/** $CDPATH: directories in which `cd name` looks first. */
function throughPath(shell: Shell, target: string): string | undefined {
  const path = shell.variables.get('CDPATH');
  if (!path) return undefined;
  for (const base of path.split(':')) {
    if (base === '' || base === '.') continue;
    const candidate = `${base.replace(/\/$/, '')}/${target}`;
    if (isDirectory(shell, candidate)) return candidate;
  }
  return undefined;
}

function isDirectory(shell: Shell, path: string): boolean {
  try {
    return shell.sys.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** Changes the directory; without `physical` symbolic links stay in what is shown. Returns what is wrong. */
function changeTo(shell: Shell, target: string, physical: boolean): string | undefined {
  const { sys } = shell;
  const logical =
    target === '' ? shell.directory : normalize(target.startsWith('/') ? target : `${shell.directory}/${target}`);
  try {
    if (physical) sys.changeDirectory(target === '' ? '.' : target);
    else {
      // `..` after a link goes by the name shown, but only through directories that are there.
      if (
        target.includes('..') &&
        !isDirectory(shell, target.startsWith('/') ? target : `${shell.directory}/${target}`) &&
        !isDirectory(shell, logical)
      )
        sys.stat(target);
      sys.changeDirectory(logical);
    }
  } catch (error) {
    if (isErrno(error)) return error.message;
    throw error;
  }
  const old = shell.variables.get('PWD') ?? shell.directory;
  shell.directory = physical ? sys.directory() : logical;
  shell.variables.set('OLDPWD', old);
  shell.variables.set('PWD', shell.directory);
  return undefined;
}

function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** `pwd`. */
export const pwd: Builtin = (shell, args) => {
  const flags = readFlags(args, 'LP');
  if (flags.problem) return misuse(shell, 'pwd', flags.problem);
  return shell.print('pwd', `${flags.letters.has('P') ? shell.sys.directory() : shell.directory}\n`);
};

function shown(shell: Shell, directory: string, long: boolean): string {
  const home = shell.variables.get('HOME');
  if (long || !home || home === '/') return directory;
  return directory === home || directory.startsWith(`${home}/`) ? `~${directory.slice(home.length)}` : directory;
}

/** `dirs`. */
export const dirs: Builtin = (shell, args) => {
  const flags = readFlags(
    args.filter((arg, at) => at === 0 || !/^[-+]\d+$/.test(arg)),
    'clpv',
  );
  if (flags.problem) return misuse(shell, 'dirs', flags.problem);
  if (flags.letters.has('c')) {
    shell.directories = [];
    return 0;
  }
  const stack = [shell.directory, ...shell.directories].map((directory) =>
    shown(shell, directory, flags.letters.has('l')),
  );
  const pick = args.find((arg) => /^[-+]\d+$/.test(arg));
  if (pick) {
    const index = pick.startsWith('+') ? Number(pick.slice(1)) : stack.length - 1 - Number(pick.slice(1));
    return stack[index] === undefined
      ? complainAs(shell, 'dirs', `${pick.replace('+', '')}: directory stack index out of range`)
      : shell.print('dirs', `${stack[index]}\n`);
  }
  if (flags.letters.has('v'))
    return shell.print('dirs', stack.map((directory, at) => `${String(at).padStart(2)}  ${directory}\n`).join(''));
  return shell.print('dirs', `${stack.join(flags.letters.has('p') ? '\n' : ' ')}\n`);
};

/** `pushd`. */
export const pushd: Builtin = function* (shell, args) {
  const only = args.includes('-n');
  const [given] = args.slice(1).filter((arg) => arg !== '-n' && arg !== '--');
  const stack = [shell.directory, ...shell.directories];
  if (given === undefined) {
    if (stack.length < 2) return yield* complainAs(shell, 'pushd', 'no other directory');
    return yield* enter(shell, 'pushd', [stack[1] as string, stack[0] as string, ...stack.slice(2)]);
  }
  if (/^[-+]\d+$/.test(given)) {
    const index = given.startsWith('+') ? Number(given.slice(1)) : stack.length - 1 - Number(given.slice(1));
    if (stack[index] === undefined)
      return yield* complainAs(shell, 'pushd', `${given}: directory stack index out of range`);
    return yield* enter(shell, 'pushd', [...stack.slice(index), ...stack.slice(0, index)]);
  }
  if (only) {
    shell.directories = [given, ...shell.directories];
    return yield* dirs(shell, ['dirs']) as Waiting<number>;
  }
  const target = given === '-' ? (shell.variables.get('OLDPWD') ?? given) : given;
  const problem = changeTo(shell, target, false);
  if (problem) return yield* complainAs(shell, 'pushd', `${target}: ${problem}`);
  shell.directories = stack;
  return yield* dirs(shell, ['dirs']) as Waiting<number>;
};

/** `popd`. */
export const popd: Builtin = function* (shell, args) {
  const [given] = args.slice(1).filter((arg) => arg !== '-n');
  if (shell.directories.length === 0) return yield* complainAs(shell, 'popd', 'directory stack empty');
  const stack = [shell.directory, ...shell.directories];
  const index =
    given === undefined
      ? 0
      : given.startsWith('-')
        ? stack.length - 1 - Number(given.slice(1))
        : Number(given.slice(1));
  if (stack[index] === undefined)
    return yield* complainAs(shell, 'popd', `${given}: directory stack index out of range`);
  stack.splice(index, 1);
  if (index > 0) {
    shell.directories = stack.slice(1);
    return yield* dirs(shell, ['dirs']) as Waiting<number>;
  }
  return yield* enter(shell, 'popd', stack);
};

function* enter(shell: Shell, name: string, stack: readonly string[]): Waiting<number> {
  const [target = '/', ...rest] = stack;
  const problem = changeTo(shell, target, false);
  if (problem) return yield* complainAs(shell, name, `${target}: ${problem}`);
  shell.directories = rest;
  return yield* dirs(shell, ['dirs']) as Waiting<number>;
}
