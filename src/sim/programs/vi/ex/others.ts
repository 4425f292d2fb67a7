import type { Waiting } from '../../../kernel/wait.js';
import type { Editor } from '../state/editor.js';
import { Beep, EditorError } from '../state/failures.js';
import type { ExCall } from './command.js';

type Run = (editor: Editor, call: ExCall) => Waiting<void>;

/** Commands that are taken and change nothing. */
export const nothing: Run = function* () {};

/** `:help`: there is none here. */
export const help: Run = function* (_, { args }) {
  throw new EditorError(
    args.trim() === ''
      ? 'E433: No tags file: the help files are not installed'
      : `E149: Sorry, no help for ${args.trim()}`,
  );
};

/** Register content as `:registers` shows it. */
function shown(lines: readonly string[], kind: string): string {
  return (lines.join('^J') + (kind === 'line' ? '^J' : '')).replace(
    /[\x00-\x1f]/g,
    (char) => `^${String.fromCharCode(char.charCodeAt(0) + 64)}`,
  );
}

/** `:registers`. */
export const registers: Run = function* (editor, { args }) {
  editor.printsBelow = true;
  editor.printed.push('Type Name Content');
  for (const [name, { kind, lines }] of editor.registers.list()) {
    if (args !== '' && !args.includes(name)) continue;
    const letter = kind === 'line' ? 'l' : kind === 'block' ? 'b' : 'c';
    editor.printed.push(`  ${letter}  "${name}   ${shown(lines, kind)}`.slice(0, Math.max(1, editor.columns - 1)));
  }
};

/** `:marks`. */
export const marks: Run = function* (editor) {
  editor.printsBelow = true;
  editor.printed.push('mark line  col file/text');
  for (const [name, { line, column }] of [...editor.buffer.marks].sort(([one], [other]) => (one < other ? -1 : 1)))
    editor.printed.push(
      ` ${name} ${String(line + 1).padStart(6)} ${String(column).padStart(4)} ${editor.buffer.line(line).trim()}`.slice(
        0,
        Math.max(1, editor.columns - 1),
      ),
    );
};

/** `:k` and `:mark`. */
export const mark: Run = function* (editor, { args, range }) {
  const name = args.trim();
  if (!/^[a-zA-Z'`]$/.test(name))
    throw new EditorError(
      name === '' ? 'E471: Argument required' : 'E191: Argument must be a letter or forward/backward quote',
    );
  editor.buffer.marks.set(name === '`' ? "'" : name, { line: range.last, column: 0 });
};

/** `:=`. */
export const lineNumber: Run = function* (editor, { range }) {
  editor.printed.push(String((range.given === 0 ? editor.buffer.count - 1 : range.last) + 1));
};

/** `:history`. */
export const history: Run = function* (editor) {
  editor.printed.push('      #  cmd history');
  for (const [at, line] of editor.histories[':'].entries())
    editor.printed.push(`${at === editor.histories[':'].length - 1 ? '>' : ' '}${String(at + 1).padStart(6)}  ${line}`);
};

/** `:noh`. */
export const noHighlight: Run = function* (editor) {
  editor.highlight = false;
};

/** `:@x`: a register as commands of the `:` line. */
export const fromRegister: Run = function* (editor, { args }) {
  const name = args.trim() === '' || args.trim() === '@' ? editor.lastMacro : args.trim();
  if (name === ':') {
    if (editor.lastCommand === undefined) throw new Beep();
    return yield* editor.runEx(editor.lastCommand);
  }
  for (const line of editor.registers.get(name)?.lines ?? []) yield* editor.runEx(line);
};
