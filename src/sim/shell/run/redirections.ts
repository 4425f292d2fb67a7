import type { Redirection, Word } from 'unbash';
import { isErrno } from '../../kernel/errno.js';
import type { OpenFlags } from '../../kernel/files.js';
import type { Waiting } from '../../kernel/wait.js';
import { expandBraces } from '../expand/braces.js';
import type { WordContext } from '../expand/compile-word.js';
import { compileHereDocument, compileText, compileWord } from '../expand/compile-word.js';
import type { CompiledWord } from '../expand/word.js';
import { addFieldsWaiting, expandSingle } from '../expand/word.js';
import { textToBytes } from '../format/byte-text.js';
import { CommandFailure } from '../state/failures.js';
import type { Shell } from '../state/shell.js';
import { HereDocumentFile } from './here-document.js';

/** A redirection ready to be made. */
export interface CompiledRedirection {
  readonly operator: string;
  readonly descriptor: number | undefined;
  /** `{name}>`: the variable that gets the number. */
  readonly variable: string | undefined;
  readonly target: CompiledWord;
}

/** What undoes a redirection. */
export type Undo = (() => void)[];

const PRIVATE_FROM = 10;

/** Compiles the redirections of a command. */
export function compileRedirections(redirections: readonly Redirection[], context: WordContext): CompiledRedirection[] {
  return redirections.map((redirection) => {
    const { descriptor } = redirection;
    return {
      operator: redirection.operator,
      descriptor: descriptor?.type === 'FileDescriptor' ? descriptor.value : undefined,
      variable: descriptor?.type === 'FileDescriptorVariable' ? descriptor.name : undefined,
      target: targetOf(redirection, context),
    };
  });
}

function targetOf(redirection: Redirection, context: WordContext): CompiledWord {
  if (redirection.type === 'HereDoc') return documentOf(redirection, context);
  const target = redirection.target as Word;
  const several = redirection.type === 'Redirect' && expandBraces(target.text).length > 1;
  if (!several) return compileWord(target, context);
  return { ...compileText(target.text, context), ...ambiguous(target.text) };
}

function ambiguous(source: string): Partial<CompiledWord> {
  const put = (): void => {
    throw new CommandFailure(`${source}: ambiguous redirect`);
  };
  return { pieces: [{ waits: false, put }], constant: undefined };
}

function documentOf(redirection: Extract<Redirection, { type: 'HereDoc' }>, context: WordContext): CompiledWord {
  const strip = redirection.operator === '<<-';
  const { text, parts } = redirection.body;
  if (redirection.delimiter?.quoted) {
    const body = strip ? text.replace(/^\t+/gm, '') : text;
    return {
      pieces: [{ waits: false, put: (_shell, builder) => builder.quoted(body) }],
      waits: false,
      constant: undefined,
      source: text,
    };
  }
  if (!strip) return compileHereDocument(text, parts, context);
  const stripped = text.replace(/^\t+/gm, '');
  if (!parts) return compileHereDocument(stripped, undefined, context);
  const without = parts.map((part, index) =>
    part.type === 'Literal' ? { ...part, text: part.text.replace(index === 0 ? /^\t+/gm : /(?<=\n)\t+/g, '') } : part,
  );
  return compileHereDocument(stripped, without, context);
}

/** Makes redirections in this process. When one fails those before it are undone and CommandFailure is thrown. */
export function* redirect(
  shell: Shell,
  redirections: readonly CompiledRedirection[],
  undo: Undo | undefined,
): Waiting<void> {
  for (const redirection of redirections) yield* redirectOne(shell, redirection, undo);
}

/** Undoes redirections, the last first. */
export function restore(undo: Undo): void {
  for (const action of undo.reverse()) action();
  undo.length = 0;
}

function* redirectOne(shell: Shell, redirection: CompiledRedirection, undo: Undo | undefined): Waiting<void> {
  const { operator, target } = redirection;
  switch (operator) {
    case '<<':
    case '<<-':
      return place(shell, redirection, documentFile(shell, yield* expandSingle(shell, target)), 0, undo);
    case '<<<':
      return place(shell, redirection, documentFile(shell, `${yield* expandSingle(shell, target)}\n`), 0, undo);
    case '<&':
    case '>&':
      return yield* duplicate(shell, redirection, undo);
    case '&>':
    case '&>>': {
      const file = open(shell, yield* fileName(shell, target), operator === '&>' ? '>' : '>>');
      place(shell, { ...redirection, descriptor: 1 }, file, 1, undo, true);
      put(shell, 2, 1, undo);
      return;
    }
    default: {
      const name = yield* fileName(shell, target);
      place(shell, redirection, open(shell, name, operator), operator === '<' || operator === '<>' ? 0 : 1, undo);
    }
  }
}

function* fileName(shell: Shell, target: CompiledWord): Waiting<string> {
  const fields: string[] = [];
  yield* addFieldsWaiting(shell, target, fields);
  if (fields.length !== 1) throw new CommandFailure(`${target.source}: ambiguous redirect`);
  return fields[0] as string;
}

function documentFile(shell: Shell, text: string): number {
  const { sys } = shell;
  return sys.install(new HereDocumentFile(textToBytes(text), sys.now(), sys.credentials));
}

const FLAGS: Readonly<Record<string, OpenFlags>> = {
  '<': { read: true },
  '<>': { read: true, write: true, create: true },
  '>': { write: true, create: true, truncate: true },
  '>|': { write: true, create: true, truncate: true },
  '>>': { write: true, create: true, append: true },
};

function open(shell: Shell, name: string, operator: string): number {
  try {
    if (operator === '>' && shell.options.has('noclobber')) refuseOverwriting(shell, name);
    return shell.sys.open(name, FLAGS[operator] as OpenFlags);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const { dialect } = shell;
    if (!dialect) throw new CommandFailure(`${name}: ${error.message}`);
    const words = dialect.cannotOpen(name, operator !== '<', error.code, error.message);
    throw new CommandFailure(words, dialect.name === 'dash' ? 2 : 1);
  }
}

function refuseOverwriting(shell: Shell, name: string): void {
  try {
    if (shell.sys.stat(name).type !== 'file') return;
  } catch (error) {
    if (isErrno(error)) return;
    throw error;
  }
  const { dialect } = shell;
  if (!dialect) throw new CommandFailure(`${name}: cannot overwrite existing file`);
  throw new CommandFailure(dialect.cannotOpen(name, true, 'EEXIST', 'File exists'), dialect.name === 'dash' ? 2 : 1);
}

/** Puts a newly opened descriptor where the redirection wants it. */
function place(
  shell: Shell,
  redirection: CompiledRedirection,
  opened: number,
  usual: number,
  undo: Undo | undefined,
  keep = false,
): void {
  const { sys } = shell;
  if (redirection.variable !== undefined) {
    const number = sys.duplicate(opened, { from: PRIVATE_FROM });
    sys.close(opened);
    shell.variables.set(redirection.variable, String(number));
    return;
  }
  const number = redirection.descriptor ?? usual;
  if (opened === number) {
    undo?.push(() => closeQuietly(shell, number));
    return;
  }
  put(shell, number, opened, undo);
  if (!keep || opened !== 2) sys.close(opened);
}

/** `number` becomes a copy of `from`; what it was comes back with `undo`. */
function put(shell: Shell, number: number, from: number, undo: Undo | undefined): void {
  save(shell, number, undo);
  try {
    shell.sys.duplicate(from, { exactly: number });
  } catch (error) {
    if (isErrno(error)) throw new CommandFailure(`${number}: ${error.message}`);
    throw error;
  }
}

function save(shell: Shell, number: number, undo: Undo | undefined): void {
  if (!undo) return;
  const { sys } = shell;
  let saved: number | undefined;
  try {
    saved = sys.duplicate(number, { from: PRIVATE_FROM });
    sys.closeOnExec(saved, true);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  undo.push(() => {
    if (saved === undefined) return closeQuietly(shell, number);
    sys.duplicate(saved, { exactly: number });
    sys.close(saved);
  });
}

function closeQuietly(shell: Shell, number: number): void {
  try {
    shell.sys.close(number);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

/** `n>&m`, `n>&-`, `n>&m-`, and `>&file`. */
function* duplicate(shell: Shell, redirection: CompiledRedirection, undo: Undo | undefined): Waiting<void> {
  const { operator, target } = redirection;
  const fields: string[] = [];
  yield* addFieldsWaiting(shell, target, fields);
  const word = fields.length === 1 ? (fields[0] as string) : '';
  const number = redirection.descriptor ?? (operator === '<&' ? 0 : 1);
  if (word === '-') return closeDescriptor(shell, redirection, number, undo);
  const copy = /^(\d+)(-?)$/.exec(word);
  if (!copy) return redirectBoth(shell, redirection, word, undo);
  const from = Number(copy[1]);
  try {
    shell.sys.openFile(from);
  } catch (error) {
    if (isErrno(error))
      throw new CommandFailure(`${word.replace(/-$/, '')}: ${error.message}`, shell.dialect?.name === 'dash' ? 2 : 1);
    throw error;
  }
  if (redirection.variable !== undefined) {
    shell.variables.set(redirection.variable, String(shell.sys.duplicate(from, { from: PRIVATE_FROM })));
    return;
  }
  if (from === number) return;
  put(shell, number, from, undo);
  if (copy[2]) closeDescriptor(shell, redirection, from, undo);
}

function redirectBoth(shell: Shell, redirection: CompiledRedirection, word: string, undo: Undo | undefined): void {
  if (redirection.operator !== '>&' || redirection.descriptor !== undefined || word === '') {
    throw new CommandFailure(`${redirection.target.source}: ambiguous redirect`);
  }
  const file = open(shell, word, '>');
  put(shell, 1, file, undo);
  put(shell, 2, 1, undo);
  shell.sys.close(file);
}

function closeDescriptor(shell: Shell, redirection: CompiledRedirection, number: number, undo: Undo | undefined): void {
  if (redirection.variable !== undefined) {
    closeQuietly(shell, Number(shell.variables.get(redirection.variable)));
    return;
  }
  save(shell, number, undo);
  closeQuietly(shell, number);
}
