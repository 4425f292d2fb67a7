import { isErrno } from '../../kernel/errno.js';
import { SIGNALS } from '../../kernel/signals.js';
import type { Waiting } from '../../kernel/wait.js';
import { readPattern } from '../expand/pattern.js';
import { passwd } from '../expand/tilde.js';
import { SET_OPTIONS, SHOPT_OPTIONS } from '../state/options.js';
import type { CompletionSpec, Shell } from '../state/shell.js';
import { RESERVED } from '../syntax/grammar.js';
import { captureText } from './capture.js';

/** What is being completed. */
export interface CompletionRequest {
  readonly command: string;
  readonly word: string;
  readonly previous: string;
  readonly words: readonly string[];
  readonly index: number;
  readonly line: string;
  readonly point: number;
}

/** The candidates that a specification makes for a word. */
export function* generate(shell: Shell, spec: CompletionSpec, request: CompletionRequest): Waiting<string[]> {
  const { word } = request;
  const found: string[] = [];
  for (const action of spec.actions) found.push(...actionCandidates(shell, action, word));
  if (spec.words !== undefined) {
    const expanded = yield* shell.runner.expandText(shell, spec.words.replace(/\\(?=["'])/g, '\\\\'));
    const separators = shell.variables.get('IFS') ?? ' \t\n';
    found.push(...splitAt(expanded, separators).filter((item) => item.startsWith(word)));
  }
  if (spec.glob !== undefined)
    found.push(
      ...fileCandidates(shell, '').filter((name) =>
        readPattern(spec.glob as string, { extglob: true, ignoreCase: false }).matches(name),
      ),
    );
  if (spec.function !== undefined) {
    const made = yield* byFunction(shell, spec.function, request);
    const other = made.status === RETRY ? shell.completions.get(request.command) : undefined;
    if (other && other !== spec) return yield* afresh(shell, other, request);
    found.push(...made.items);
  }
  if (spec.command !== undefined) found.push(...(yield* byCommand(shell, spec.command, request)));
  const kept = spec.filter === undefined ? found : found.filter(filterOf(spec.filter, word));
  return kept.map((item) => (spec.prefix ?? '') + item + (spec.suffix ?? ''));
}

/** The status by which a completion function says that it has set up another, which is to be asked now. */
const RETRY = 124;

/** What a specification makes that was set up while its command was completed. */
function* afresh(shell: Shell, spec: CompletionSpec, request: CompletionRequest): Waiting<string[]> {
  shell.completing?.clear();
  for (const option of spec.options) shell.completing?.add(option);
  return yield* generate(shell, spec, request);
}

function splitAt(text: string, separators: string): string[] {
  const parts: string[] = [''];
  for (const char of text) {
    if (separators.includes(char)) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.filter((part) => part !== '');
}

function filterOf(filter: string, word: string): (item: string) => boolean {
  const negated = filter.startsWith('!');
  const pattern = readPattern((negated ? filter.slice(1) : filter).replace(/(?<!\\)&/g, word), {
    extglob: true,
    ignoreCase: false,
  });
  return (item) => pattern.matches(item) === negated;
}

/** Runs a completion function with COMP_WORDS and its kin; it answers in COMPREPLY. */
function* byFunction(
  shell: Shell,
  name: string,
  request: CompletionRequest,
): Waiting<{ items: readonly string[]; status: number }> {
  const definition = shell.functions.get(name);
  if (!definition) return { items: [], status: 0 };
  const { variables } = shell;
  const values: Record<string, string> = {
    COMP_LINE: request.line,
    COMP_POINT: String(request.point),
    COMP_CWORD: String(request.index),
    COMP_KEY: '9',
    COMP_TYPE: '9',
  };
  for (const [key, value] of Object.entries(values)) variables.set(key, value);
  const words = variables.ensure('COMP_WORDS');
  words.items = undefined;
  for (const [index, item] of request.words.entries()) words.makeIndexed().set(index, item);
  variables.unset('COMPREPLY');
  const { status } = shell;
  const said = yield* shell.runner.callFunction(shell, definition, [
    name,
    request.command,
    request.word,
    request.previous,
  ]);
  shell.status = status;
  const reply = variables.find('COMPREPLY');
  const items = reply?.indexed?.values() ?? (reply?.read() ? [reply.read() as string] : []);
  for (const key of [...Object.keys(values), 'COMP_WORDS', 'COMPREPLY']) variables.unset(key);
  return { items, status: said };
}

/** Runs a completion command; it answers a candidate a line. */
function* byCommand(shell: Shell, command: string, request: CompletionRequest): Waiting<string[]> {
  const quoted = [request.command, request.word, request.previous]
    .map((text) => `'${text.replaceAll("'", "'\\''")}'`)
    .join(' ');
  const environment = `COMP_LINE='${request.line.replaceAll("'", "'\\''")}' COMP_POINT=${request.point} COMP_KEY=9 COMP_TYPE=9`;
  const text = yield* captureText(shell, `${environment} ${command} ${quoted}`);
  return text.split('\n').filter((line) => line !== '');
}

/** The candidates of an action such as `file`, `command`, `variable`. */
export function actionCandidates(shell: Shell, action: string, word: string): string[] {
  const starting = (names: Iterable<string>) => [...new Set(names)].filter((name) => name.startsWith(word)).sort();
  switch (action) {
    case 'alias':
      return starting(shell.aliases.keys());
    case 'builtin':
      return starting(shell.builtins.keys());
    case 'enabled':
    case 'disabled':
      return starting(
        [...shell.builtins.keys()].filter((name) => shell.disabled.has(name) === (action === 'disabled')),
      );
    case 'function':
      return starting(shell.functions.keys());
    case 'keyword':
      return starting(RESERVED);
    case 'variable':
      return starting(shell.variables.names().filter((name) => shell.variables.raw(name)?.isSet));
    case 'export':
      return starting(shell.variables.environment().keys());
    case 'arrayvar':
      return starting(shell.variables.names().filter((name) => shell.variables.raw(name)?.items));
    case 'command':
      return commandCandidates(shell, word);
    case 'directory':
      return fileCandidates(shell, word, true);
    case 'file':
      return fileCandidates(shell, word);
    case 'user':
      return starting(
        passwd(shell)
          .map(({ name }) => name)
          .filter((name) => name !== ''),
      );
    case 'signal':
      return starting(Object.keys(SIGNALS).map((name) => `SIG${name}`));
    case 'setopt':
      return starting(SET_OPTIONS.map(([name]) => name));
    case 'shopt':
      return starting(Object.keys(SHOPT_OPTIONS));
    case 'hostname':
      return starting(hostnames(shell));
    case 'job':
    case 'running':
    case 'stopped':
      return starting(shell.jobs.jobs.map(({ command }) => command.split(' ')[0] as string));
    default:
      return [];
  }
}

function hostnames(shell: Shell): string[] {
  try {
    const text = Buffer.from(shell.sys.readFile('/etc/hosts')).toString('utf8');
    return text.split('\n').flatMap((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1));
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

/** Everything that can be run by a name that begins like this. */
export function commandCandidates(shell: Shell, word: string): string[] {
  if (word.includes('/')) return fileCandidates(shell, word);
  const names = new Set<string>([...RESERVED, ...shell.aliases.keys(), ...shell.functions.keys()]);
  for (const name of shell.builtins.keys()) if (!shell.disabled.has(name)) names.add(name);
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    for (const name of namesIn(shell, directory === '' ? '.' : directory)) {
      if (name.startsWith(word) && isExecutable(shell, `${directory === '' ? '.' : directory}/${name}`))
        names.add(name);
    }
  }
  return [...names].filter((name) => name.startsWith(word)).sort();
}

function isExecutable(shell: Shell, path: string): boolean {
  try {
    if (shell.sys.stat(path).type !== 'file') return false;
    shell.sys.access(path, { execute: true });
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function namesIn(shell: Shell, directory: string): string[] {
  try {
    return shell.sys.readDirectory(directory).map(({ name }) => name);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

/** Names of files that begin like the word; its directory part is kept as written. */
export function fileCandidates(shell: Shell, word: string, directoriesOnly = false): string[] {
  const slash = word.lastIndexOf('/');
  const base = word.slice(0, slash + 1);
  const start = word.slice(slash + 1);
  const place = base.startsWith('~/') ? `${shell.variables.get('HOME') ?? ''}${base.slice(1)}` : base;
  const names = namesIn(shell, place === '' ? '.' : place).filter(
    (name) => name.startsWith(start) && (start !== '' || !name.startsWith('.')),
  );
  return names
    .filter((name) => !directoriesOnly || isDirectory(shell, place + name))
    .map((name) => base + name)
    .sort();
}

/** Whether a path names a directory; `~/` is the home. */
export function isDirectory(shell: Shell, path: string): boolean {
  const real = path.startsWith('~/') ? `${shell.variables.get('HOME') ?? ''}${path.slice(1)}` : path;
  try {
    return shell.sys.stat(real).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}
