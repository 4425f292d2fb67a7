import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import { singleQuote } from '../expand/quoting.js';
import { bytesToText } from '../format/byte-text.js';
import { findAllPrograms, findProgram, programEnvironment } from '../run/programs.js';
import { FunctionReturn, SHELL_LIMITS, ShellExit } from '../state/failures.js';
import type { Builtin, Shell } from '../state/shell.js';
import { RESERVED } from '../syntax/grammar.js';
import { complainAs, misuse, readFlags } from './usage.js';

/** `source` and `.`. */
export const source: Builtin = function* (shell, args) {
  const name = args[0] as string;
  const rest = args[1] === '--' ? args.slice(2) : args.slice(1);
  const [file, ...values] = rest;
  if (file === undefined) return yield* misuse(shell, name, 'filename argument required');
  const path = file.includes('/') || !shell.options.on('sourcepath') ? file : (findAllReadable(shell, file) ?? file);
  let text: string;
  try {
    if (shell.sys.stat(path).type === 'directory') return yield* complainAs(shell, name, `${file}: is a directory`);
    text = bytesToText(shell.sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'EAGAIN') text = yield* readAll(shell, path);
    else {
      yield* shell.complain(`${file}: ${error.message}`);
      return 1;
    }
  }
  return yield* runFile(shell, file, text, values);
};

/** A pipe (`source <(command)`) is read to its end first. */
function* readAll(shell: Shell, path: string): Waiting<string> {
  const descriptor = shell.sys.open(path, { read: true });
  let text = '';
  for (;;) {
    const bytes = yield* shell.sys.read(descriptor);
    if (bytes.length === 0) break;
    text += decodeText(bytes);
  }
  shell.sys.close(descriptor);
  return text;
}

/** Runs a file's text in this shell, as `source` does. */
export function* runFile(shell: Shell, file: string, text: string, values: readonly string[] = []): Waiting<number> {
  if (shell.frames.length >= SHELL_LIMITS.nesting_max)
    return yield* complainAs(
      shell,
      'source',
      `${file}: maximum source nesting level exceeded (${SHELL_LIMITS.nesting_max})`,
    );
  const { positional, line } = shell;
  shell.frames.push({ kind: 'source', name: 'source', file, callLine: line, args: values });
  if (values.length > 0) shell.positional = [...values];
  try {
    return yield* shell.runner.runText(shell, text);
  } catch (error) {
    if (error instanceof FunctionReturn) return error.status;
    throw error;
  } finally {
    shell.frames.pop();
    if (values.length > 0) shell.positional = positional;
    shell.line = line;
  }
}

function findAllReadable(shell: Shell, file: string): string | undefined {
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    const path = `${directory === '' ? '.' : directory}/${file}`;
    try {
      if (shell.sys.stat(path).type === 'file') return path;
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  return undefined;
}

/** `exec`. */
export const exec: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'cla:');
  if (flags.problem) return yield* misuse(shell, 'exec', flags.problem);
  const [name, ...rest] = flags.rest;
  if (name === undefined) return 0;
  const path = findProgram(shell, name);
  if (path === undefined) {
    yield* shell.complain(`exec: ${name}: not found`);
    if (shell.interactive || shell.options.on('execfail')) return 127;
    throw new ShellExit(127);
  }
  const shown = flags.values.get('a') ?? name;
  const environment = flags.letters.has('c') ? new Map<string, string>() : programEnvironment(shell, path);
  try {
    if (shell.interactive)
      for (const signal of ['INT', 'QUIT', 'TERM', 'TSTP', 'TTIN', 'TTOU'] as const)
        shell.sys.onSignal(signal, 'default');
    throw new ShellExit(
      yield* shell.sys.exec(path, [flags.letters.has('l') ? `-${shown}` : shown, ...rest], environment),
      true,
    );
  } catch (error) {
    if (!isErrno(error)) throw error;
    const directory = isDirectory(shell, path);
    yield* shell.complain(
      directory
        ? `${path}: Is a directory`
        : `exec: ${path}: cannot execute: ${error.code === 'ENOENT' ? 'required file not found' : error.message}`,
    );
    const status = error.code === 'ENOENT' ? 127 : 126;
    if (shell.interactive || shell.options.on('execfail')) return status;
    throw new ShellExit(status);
  }
};

function isDirectory(shell: Shell, path: string): boolean {
  try {
    return shell.sys.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

/** `builtin`. */
export const builtin: Builtin = function* (shell, args) {
  const rest = args[1] === '--' ? args.slice(2) : args.slice(1);
  const [name] = rest;
  if (name === undefined) return 0;
  const run = shell.builtins.get(name);
  if (!run) return yield* complainAs(shell, 'builtin', `${name}: not a shell builtin`);
  const step = run(shell, rest);
  return typeof step === 'number' ? step : yield* step;
};

/** `command`. */
export const command: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'pvV');
  if (flags.problem) return yield* misuse(shell, 'command', flags.problem);
  const { rest, letters } = flags;
  if (rest.length === 0) return 0;
  if (!letters.has('v') && !letters.has('V')) return yield* shell.runner.runWords(shell, rest, { functions: false });
  let status = 1;
  for (const name of rest) {
    const [meaning] = meaningsOf(shell, name, false);
    if (meaning) status = 0;
    if (meaning)
      yield* shell.print('command', letters.has('V') ? describe(name, meaning) : `${shortForm(name, meaning)}\n`);
    else if (letters.has('V')) yield* shell.complain(`command: ${name}: not found`);
  }
  return status;
};

/** What a command's name can mean. */
type Meaning = {
  readonly kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file';
  readonly text: string;
  readonly hashed?: boolean;
};

function meaningsOf(shell: Shell, name: string, all: boolean, skipFunctions = false): Meaning[] {
  const found: Meaning[] = [];
  const alias = shell.aliases.get(name);
  if (alias !== undefined && shell.options.on('expand_aliases')) found.push({ kind: 'alias', text: alias });
  if (RESERVED.has(name)) found.push({ kind: 'keyword', text: '' });
  const definition = skipFunctions ? undefined : shell.functions.get(name);
  if (definition) found.push({ kind: 'function', text: definition.print() });
  if (shell.builtins.has(name) && !shell.disabled.has(name)) found.push({ kind: 'builtin', text: '' });
  if (found.length > 0 && !all) return found;
  if (name.includes('/')) {
    if (isExecutable(shell, name)) found.push({ kind: 'file', text: name });
    return found;
  }
  const hashed = shell.hashed.get(name);
  if (hashed && !all && found.length === 0) return [{ kind: 'file', text: hashed.path, hashed: true }];
  for (const path of findAllPrograms(shell, name))
    if (isExecutable(shell, path)) found.push({ kind: 'file', text: path });
  return found;
}

function isExecutable(shell: Shell, path: string): boolean {
  try {
    shell.sys.access(path, { execute: true });
    return shell.sys.stat(path).type === 'file';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function describe(name: string, { kind, text, hashed }: Meaning): string {
  switch (kind) {
    case 'alias':
      return `${name} is aliased to \`${text}'\n`;
    case 'keyword':
      return `${name} is a shell keyword\n`;
    case 'function':
      return `${name} is a function\n${text}\n`;
    case 'builtin':
      return `${name} is a shell builtin\n`;
    default:
      return hashed ? `${name} is hashed (${text})\n` : `${name} is ${text}\n`;
  }
}

function shortForm(name: string, { kind, text }: Meaning): string {
  return kind === 'alias' ? `alias ${name}=${singleQuote(text)}` : kind === 'file' ? text : name;
}

/** `type`. */
export const type: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'afptP');
  if (flags.problem) return yield* misuse(shell, 'type', flags.problem);
  const { letters } = flags;
  let status = 0;
  for (const name of flags.rest) {
    let meanings = meaningsOf(shell, name, letters.has('a') || letters.has('P'), letters.has('f'));
    if (letters.has('P')) meanings = meanings.filter(({ kind }) => kind === 'file');
    if (!letters.has('a')) meanings = meanings.slice(0, 1);
    if (meanings.length === 0) {
      status = 1;
      if (!letters.has('t') && !letters.has('p') && !letters.has('P'))
        yield* shell.complain(`type: ${name}: not found`);
      continue;
    }
    for (const meaning of meanings) {
      if (letters.has('t')) yield* shell.print('type', `${meaning.kind}\n`);
      else if (letters.has('p') || letters.has('P')) {
        if (meaning.kind === 'file') yield* shell.print('type', `${meaning.text}\n`);
      } else yield* shell.print('type', describe(name, meaning));
    }
  }
  return status;
};

/** `hash`. */
export const hash: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'dlp:rt');
  if (flags.problem) return yield* misuse(shell, 'hash', flags.problem);
  const { letters, rest } = flags;
  if (letters.has('r')) shell.hashed.clear();
  if (rest.length === 0) {
    if (letters.has('r')) return 0;
    if (shell.hashed.size === 0) return yield* shell.print('hash', 'hash: hash table empty\n');
    const lines = [...shell.hashed].map(([name, { path, hits }]) =>
      letters.has('l') ? `builtin hash -p ${path} ${name}\n` : `${String(hits).padStart(4)}\t${path}\n`,
    );
    return yield* shell.print('hash', `${letters.has('l') ? '' : 'hits\tcommand\n'}${lines.join('')}`);
  }
  let status = 0;
  for (const name of rest) {
    const known = shell.hashed.get(name);
    if (letters.has('t') || letters.has('d')) {
      if (!known) status = yield* complainAs(shell, 'hash', `${name}: not found`);
      else if (letters.has('d')) shell.hashed.delete(name);
      else yield* shell.print('hash', rest.length > 1 ? `${name}\t${known.path}\n` : `${known.path}\n`);
      continue;
    }
    const given = flags.values.get('p');
    const path = given ?? findAllPrograms(shell, name)[0];
    if (path === undefined) {
      if (!shell.builtins.has(name) && !shell.functions.has(name))
        status = yield* complainAs(shell, 'hash', `${name}: not found`);
    } else shell.hashed.set(name, { path, hits: 0 });
  }
  return status;
};

/** `enable`. */
export const enable: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'adnpsf:');
  if (flags.problem) return yield* misuse(shell, 'enable', flags.problem);
  const off = flags.letters.has('n');
  if (flags.rest.length === 0) {
    const names = [...shell.builtins.keys()]
      .sort()
      .filter((name) => flags.letters.has('a') || shell.disabled.has(name) === off);
    return yield* shell.print(
      'enable',
      names.map((name) => `enable ${shell.disabled.has(name) ? '-n ' : ''}${name}\n`).join(''),
    );
  }
  let status = 0;
  for (const name of flags.rest) {
    if (!shell.builtins.has(name)) status = yield* complainAs(shell, 'enable', `${name}: not a shell builtin`);
    else if (off) shell.disabled.add(name);
    else shell.disabled.delete(name);
  }
  return status;
};

/** `alias`. */
export const alias: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'p');
  if (flags.problem) return yield* misuse(shell, 'alias', flags.problem);
  const line = (name: string) => `alias ${name}=${singleQuote(shell.aliases.get(name) as string)}\n`;
  if (flags.rest.length === 0 || flags.letters.has('p'))
    yield* shell.print('alias', [...shell.aliases.keys()].sort().map(line).join(''));
  let status = 0;
  for (const word of flags.rest) {
    const at = word.indexOf('=');
    if (at > 0) {
      const name = word.slice(0, at);
      if (/[\s/$`=|&;()<>'"\\]/.test(name))
        status = yield* complainAs(shell, 'alias', `\`${name}': invalid alias name`);
      else shell.aliases.set(name, word.slice(at + 1));
    } else if (shell.aliases.has(word)) yield* shell.print('alias', line(word));
    else status = yield* complainAs(shell, 'alias', `${word}: not found`);
  }
  return status;
};

/** `unalias`. */
export const unalias: Builtin = function* (shell, args) {
  const flags = readFlags(args, 'a');
  if (flags.problem) return yield* misuse(shell, 'unalias', flags.problem);
  if (flags.letters.has('a')) shell.aliases.clear();
  else if (flags.rest.length === 0) return yield* misuse(shell, 'unalias');
  let status = 0;
  for (const name of flags.rest)
    if (!shell.aliases.delete(name)) status = yield* complainAs(shell, 'unalias', `${name}: not found`);
  return status;
};
