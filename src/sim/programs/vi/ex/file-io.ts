import { concatBytes } from '../../../kernel/bytes.js';
import { isErrno } from '../../../kernel/errno.js';
import { exists } from '../../../kernel/libc/exists.js';
import type { TextBuffer } from '../../editor/buffer.js';
import { decodeLines, encodeLines, PLAIN } from '../../editor/coding.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import { runAutoCommands } from './autocmd.js';
import { detectFileType } from './file-type.js';
import { putFile } from './put-file.js';

/** `12L, 230B`, with what is special about a file before it. */
function sizes(name: string, notes: readonly string[], lines: number, bytes: number, last = ''): string {
  return `"${name}" ${[...notes.map((note) => `[${note}]`), `${lines}L, ${bytes}B${last}`].join('')}`.replace(
    /\](\d)/,
    '] $1',
  );
}

function notesOf(buffer: TextBuffer): string[] {
  return [
    ...(buffer.readonly ? ['readonly'] : []),
    ...(buffer.coding.endOfLine ? [] : ['noeol']),
    ...(buffer.coding.format === 'dos' ? ['dos'] : []),
    ...(buffer.coding.encoding === 'latin1' ? ['converted'] : []),
  ];
}

/** Reads a file into a buffer of its own and makes it the current one; says what was read. */
export function openFile(editor: Editor, name: string | undefined, readonly = false): void {
  const { sys } = editor;
  if (editor.buffer.name !== undefined && editor.buffer.name !== name)
    editor.alternate = { name: editor.buffer.name, cursor: editor.cursor };
  const buffer = editor.newBuffer(name);
  for (const key of [...editor.buffer.marks.keys()])
    if (/[A-Z]/.test(key)) buffer.marks.set(key, editor.buffer.marks.get(key) as never);
  editor.buffer = buffer;
  editor.cursor = { line: 0, column: 0 };
  editor.wanted = 0;
  editor.top = 0;
  editor.topRows = 0;
  editor.visual = undefined;
  editor.warnedReadonly = false;
  if (name === undefined) return;
  try {
    if (sys.stat(name).type === 'directory') {
      buffer.isNew = true;
      return editor.say(`"${name}" is a directory`);
    }
    const bytes = sys.readFile(name);
    const { lines, coding } = decodeLines(bytes);
    buffer.load(lines, coding);
    buffer.readonly = readonly || !mayWrite(editor, name);
    editor.say(sizes(name, notesOf(buffer), lines.length, bytes.length));
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'ENOENT') {
      buffer.isNew = true;
      buffer.readonly = readonly;
      editor.say(`"${name}" ${folderExists(editor, name) ? '[New]' : '[New DIRECTORY]'}`);
    } else {
      editor.complain(`"${name}" [Permission Denied]`);
      buffer.readonly = readonly;
    }
  }
  detectFileType(editor);
  runAutoCommands(
    editor,
    [...(buffer.isNew ? ['bufnewfile'] : ['bufread', 'bufreadpost']), 'bufenter', 'bufwinenter'],
    name,
  );
}

function mayWrite({ sys }: Editor, name: string): boolean {
  try {
    sys.access(name, { write: true });
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function folderExists({ sys }: Editor, name: string): boolean {
  const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) || '/' : '.';
  try {
    return sys.stat(folder).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

export interface WriteOptions {
  readonly name?: string | undefined;
  readonly bang?: boolean;
  readonly append?: boolean;
  /** Lines, both included; all without it. */
  readonly first?: number;
  readonly last?: number;
}

function checkWrite(editor: Editor, name: string, own: boolean, { bang, append, first }: WriteOptions): void {
  if (bang) return;
  if (own && first === undefined && editor.buffer.readonly) {
    throw new EditorError("E45: 'readonly' option is set (add ! to override)");
  }
  if (own && first !== undefined && !append) throw new EditorError('E140: Use ! to write partial buffer');
  if (!own && !append && exists(editor.sys, name)) {
    if (editor.sys.stat(name).type === 'directory') throw new EditorError(`E17: "${name}" is a directory`);
    throw new EditorError('E13: File exists (add ! to override)');
  }
  if (own && exists(editor.sys, name) && !mayWrite(editor, name))
    throw new EditorError(`E505: "${name}" is read-only (add ! to override)`);
}

/** Writes the text, or lines of it; says how much. Throws E32, E45, E13, E212. */
export function writeFile(editor: Editor, options: WriteOptions = {}): void {
  const { buffer, sys } = editor;
  const name = options.name ?? buffer.name;
  if (name === undefined) throw new EditorError('E32: No file name');
  const own = name === buffer.name;
  checkWrite(editor, name, own, options);
  const part = options.first !== undefined;
  const lines = buffer.lines.slice(options.first ?? 0, (options.last ?? buffer.count - 1) + 1);
  const isEmpty = !part && buffer.noLines;
  const coding = { ...buffer.coding, endOfLine: true };
  const bytes = encodeLines(isEmpty ? [] : lines, coding);
  const isNew = !exists(editor.sys, name);
  try {
    if (!isNew && sys.stat(name).type === 'directory') throw new EditorError(`E502: "${name}" is a directory`);
    if (own && !part && options.bang) buffer.readonly = false;
    if (isNew) sys.writeFile(name, bytes, 0o666 & ~sys.umask());
    else putFile(sys, name, options.append ? concatBytes([sys.readFile(name), bytes]) : bytes, options.bang === true);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'ENOSPC') throw new EditorError('E514: Write error (file system full?)');
    throw new EditorError(`"${name}" E212: Can't open file for writing`, `"${name}"`);
  }
  const notes = [...(isNew ? ['New'] : []), ...(coding.format === 'dos' ? ['dos'] : [])];
  editor.say(sizes(name, notes, isEmpty ? 0 : lines.length, bytes.length, options.append ? ' appended' : ' written'));
  if (own && !part) {
    buffer.modified = false;
    buffer.isNew = false;
    buffer.coding = coding;
  } else if (buffer.name === undefined && !part) {
    buffer.name = name;
    buffer.modified = false;
    detectFileType(editor);
  }
}

/** The lines of a file that is read into a text, and what is said about it. Throws E484. */
export function readLines({ sys }: Editor, name: string): { lines: string[]; said: string } {
  try {
    const bytes = sys.readFile(name);
    const { lines, coding } = decodeLines(bytes);
    const notes = [...(coding.endOfLine ? [] : ['noeol']), ...(coding.format === 'dos' ? ['dos'] : [])];
    return { lines, said: sizes(name, notes, lines.length, bytes.length) };
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new EditorError(`E484: Can't open file ${name}`);
  }
}

/** A text that came from somewhere else than a file. */
export function textBuffer(editor: Editor, text: Uint8Array): void {
  const { lines, coding } = decodeLines(text);
  editor.buffer.load(lines, lines.length === 0 ? PLAIN : coding);
  editor.buffer.modified = true;
}
