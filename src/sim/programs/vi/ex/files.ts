import type { Waiting } from '../../../kernel/wait.js';
import { firstNonBlank } from '../../editor/characters.js';
import { filterLines } from '../operators/filter.js';
import { reportLines } from '../operators/report.js';
import type { Editor } from '../state/editor.js';
import { EditorError, Quit } from '../state/failures.js';
import { checkWritable } from '../state/writable.js';
import type { ExCall } from './command.js';
import { openFile, readLines, writeFile } from './file-io.js';
import { expandBang, runFilter, runOnTerminal } from './shell.js';

type Run = (editor: Editor, call: ExCall) => Waiting<void>;

/** A file's name as it is typed: `%`, `#`, `~` and escaped blanks. */
function fileName(editor: Editor, typed: string): string {
  const home = editor.sys.environment.get('HOME') ?? '~';
  return typed
    .trim()
    .replace(/^~(?=\/|$)/, home)
    .replace(/\$(\w+)/g, (whole, name: string) => editor.sys.environment.get(name) ?? whole)
    .replace(/(\\?)([%#])/g, (_, escaped: string, sign: string) => {
      if (escaped) return sign;
      const name = sign === '%' ? editor.buffer.name : editor.alternate?.name;
      if (name === undefined)
        throw new EditorError(
          sign === '%'
            ? "E499: Empty file name for '%' or '#', only works with \":p:h\""
            : "E194: No alternate file name to substitute for '#'",
        );
      return name;
    })
    .replace(/\\(.)/g, '$1');
}

const modified = (): EditorError => new EditorError('E37: No write since last change (add ! to override)');

/** `:w`. */
export const write: Run = function* (editor, { args, bang, range }) {
  const part = range.given > 0 && !(range.first === 0 && range.last === editor.buffer.count - 1);
  const lines = part ? { first: range.first, last: range.last } : {};
  if (args.startsWith('!')) {
    const all = range.given > 0 ? editor.buffer.lines.slice(range.first, range.last + 1) : editor.buffer.lines;
    const { output, status } = yield* runFilter(editor, expandBang(editor, args.slice(1)), `${all.join('\n')}\n`);
    editor.printed.push(
      `:${range.given > 0 ? `${range.first + 1},${range.last + 1}` : ''}w ${args}`,
      ...output.replace(/\n$/, '').split('\n'),
    );
    if (status !== 0) editor.printed.push('', `shell returned ${status}`);
    return;
  }
  const append = args.startsWith('>>');
  const name = args.replace(/^>>/, '').trim();
  writeFile(editor, { name: name === '' ? undefined : fileName(editor, name), bang, append, ...lines });
};

/** `:r`: a file or a command's output, below the line. */
export const read: Run = function* (editor, { args, range }) {
  const { buffer } = editor;
  checkWritable(editor);
  const at = range.last + 1;
  if (args.startsWith('!')) {
    const { output, status } = yield* runFilter(editor, expandBang(editor, args.slice(1)), '');
    const lines = output === '' ? [] : output.replace(/\n$/, '').split('\n');
    if (lines.length > 0) buffer.insertLines(at, lines);
    const last = at + lines.length - 1;
    editor.moveTo({ line: Math.max(0, last), column: firstNonBlank(buffer.line(Math.max(0, last))) });
    if (status !== 0) editor.printed.push('', `shell returned ${status}`);
    else reportLines(editor, lines.length);
    return;
  }
  const name = args.trim() === '' ? buffer.name : fileName(editor, args);
  if (name === undefined) throw new EditorError('E32: No file name');
  const { lines, said } = readLines(editor, name);
  if (lines.length > 0) buffer.insertLines(at, lines);
  editor.moveTo({ line: at, column: firstNonBlank(buffer.line(at)) });
  editor.say(said);
};

function checkMoreFiles(editor: Editor, bang: boolean): void {
  const left = editor.files.length - editor.fileIndex - 1;
  if (bang || left <= 0 || editor.quitTried) return;
  editor.quitTried = true;
  throw new EditorError(`E173: ${left} more file${left === 1 ? '' : 's'} to edit`);
}

/** `:q`. */
export const quit: Run = function* (editor, { bang }) {
  if (!bang && editor.buffer.modified) {
    if (editor.buffer.name === undefined) throw new EditorError('E37: No write since last change (add ! to override)');
    throw modified();
  }
  checkMoreFiles(editor, bang);
  throw new Quit();
};

/** `:qa`. */
export const quitAll: Run = function* (editor, { bang }) {
  if (!bang && editor.buffer.modified)
    throw new EditorError(
      editor.buffer.name === undefined
        ? 'E162: No write since last change for buffer "[No Name]"'
        : `E37: No write since last change (add ! to override)`,
    );
  throw new Quit();
};

/** `:cq`: leaves with an error for whoever started the editor. */
export const quitFailing: Run = function* (_, { range }) {
  throw new Quit(range.given > 0 ? range.last + 1 : 1);
};

/** `:wq`. */
export const writeQuit: Run = function* (editor, call) {
  checkMoreFiles(editor, call.bang);
  yield* write(editor, call);
  yield* editor.redraw();
  throw new Quit();
};

/** `:x` and `ZZ`: writes only what was changed. */
export const exit: Run = function* (editor, call) {
  if (editor.buffer.modified || (editor.buffer.isNew && call.args !== '')) {
    checkMoreFiles(editor, call.bang);
    yield* write(editor, call);
    yield* editor.redraw();
  } else checkMoreFiles(editor, call.bang);
  throw new Quit();
};

/** `:wqa`, `:xa`. */
export const writeQuitAll: Run = function* (editor, call) {
  if (editor.buffer.modified) yield* write(editor, { ...call, args: '' });
  throw new Quit();
};

/** `:wa`. */
export const writeAll: Run = function* (editor, call) {
  if (editor.buffer.modified) yield* write(editor, { ...call, args: '' });
};

/** `:up`. */
export const update: Run = function* (editor, call) {
  if (editor.buffer.modified) yield* write(editor, call);
};

/** `:e`. */
export const edit: Run = function* (editor, { args, bang }) {
  const name = args.trim() === '' ? editor.buffer.name : fileName(editor, args);
  if (!bang && editor.buffer.modified) throw modified();
  if (name === undefined) {
    if (bang) return openFile(editor, undefined);
    throw new EditorError('E32: No file name');
  }
  const cursor =
    name === editor.buffer.name ? editor.cursor : name === editor.alternate?.name ? editor.alternate.cursor : undefined;
  openFile(editor, name);
  if (cursor)
    editor.moveTo({
      line: Math.min(cursor.line, editor.buffer.count - 1),
      column: firstNonBlank(editor.buffer.line(Math.min(cursor.line, editor.buffer.count - 1))),
    });
};

/** `:view`: as `:e`, read-only. */
export const view: Run = function* (editor, call) {
  yield* edit(editor, call);
  editor.buffer.readonly = true;
};

/** `:sav`: writes under another name and goes on with it. */
export const saveAs: Run = function* (editor, { args, bang }) {
  if (args.trim() === '') throw new EditorError('E471: Argument required');
  const { buffer } = editor;
  const name = fileName(editor, args);
  writeFile(editor, { name, bang });
  if (buffer.name !== undefined) editor.alternate = { name: buffer.name, cursor: editor.cursor };
  Object.assign(buffer, { name, modified: false, isNew: false, readonly: false });
};

/** `:ene`. */
export const enew: Run = function* (editor, { bang }) {
  if (!bang && editor.buffer.modified) throw modified();
  openFile(editor, undefined);
};

/** Goes to another file of those the editor was started with. */
function goToFile(editor: Editor, index: number, bang: boolean): void {
  if (index >= editor.files.length)
    throw new EditorError(
      editor.files.length > 1 ? 'E165: Cannot go beyond last file' : 'E163: There is only one file to edit',
    );
  if (index < 0)
    throw new EditorError(
      editor.files.length > 1 ? 'E164: Cannot go before first file' : 'E163: There is only one file to edit',
    );
  if (!bang && editor.buffer.modified) throw modified();
  editor.fileIndex = index;
  openFile(editor, editor.files[index], editor.readonlyStart);
}

/** `:n`, `:N`, `:rew`, `:last`. */
export function otherFile(which: (editor: Editor, count: number) => number): Run {
  return function* (editor, { bang, range }) {
    goToFile(editor, which(editor, range.given > 0 ? range.last + 1 : 1), bang);
  };
}

/** `:wn`. */
export const writeNext: Run = function* (editor, call) {
  yield* write(editor, { ...call, range: { ...call.range, given: 0 } });
  goToFile(editor, editor.fileIndex + 1, call.bang);
};

/** `:args`. */
export const listFiles: Run = function* (editor) {
  editor.printed.push(editor.files.map((name, at) => (at === editor.fileIndex ? `[${name}]` : name)).join(' '));
};

/** `:f` and Ctrl-G. */
export const fileInfo: Run = function* (editor, { args }) {
  if (args.trim() !== '') editor.buffer.name = fileName(editor, args);
  editor.say(infoLine(editor));
};

/** `"f" line 3 of 12 --25%-- col 1`, as far as it fits. */
export function infoLine({ buffer, cursor, global }: Editor): string {
  const name = buffer.name === undefined ? '"[No Name]"' : `"${buffer.name}"`;
  const notes =
    `${buffer.modified ? ' [Modified]' : ''}${buffer.isNew ? ' [New]' : ''}${buffer.readonly ? ' [readonly]' : ''}`.replace(
      '] [',
      '][',
    );
  if (buffer.isEmpty) return `${name}${notes} --No lines in buffer--`;
  const share = Math.floor(((cursor.line + 1) * 100) / buffer.count);
  const lines = `${buffer.count} line${buffer.count === 1 ? '' : 's'} --${share}%--`;
  return global.ruler
    ? `${name}${notes} ${lines}`
    : `${name}${notes} line ${cursor.line + 1} of ${buffer.count} --${share}%-- col ${cursor.column + 1}`;
}

/** `:!cmd`, or with a range a filter. */
export const bang: Run = function* (editor, { args, range }) {
  if (range.given > 0) return yield* filterLines(editor, range.first, range.last, args);
  const command = expandBang(editor, args.trim());
  yield* runOnTerminal(editor, command);
};

/** `:sh`. */
export const shell: Run = function* (editor) {
  yield* runOnTerminal(editor, undefined);
};

/** `:normal`: with a range on each line; with a `!` no key is taken as a mapping. */
export const normal: Run = function* (editor, { args, range, bang: asTyped }) {
  if (range.given === 0) return yield* editor.runNormal(args, asTyped);
  for (let line = range.first; line <= range.last && line < editor.buffer.count; line += 1) {
    editor.moveTo({ line, column: 0 });
    yield* editor.runNormal(args, asTyped);
  }
};
