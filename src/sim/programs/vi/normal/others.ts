import type { Waiting } from '../../../kernel/wait.js';
import { columnAtScreen } from '../../editor/characters.js';
import { askLine } from '../ex/command-line.js';
import { openFile } from '../ex/file-io.js';
import { infoLine } from '../ex/files.js';
import { substituteAgain } from '../ex/substitute.js';
import { undo as undoChanges } from '../ex/undo.js';
import { keysOf } from '../keys/keyboard.js';
import type { Editor } from '../state/editor.js';
import { Beep, EditorError } from '../state/failures.js';
import type { NormalCall, NormalCommand } from './command.js';

/** `:`: with a count the range is put before. */
export const colon: NormalCommand = function* (editor, { count, counted }) {
  const range = editor.visual ? "'<,'>" : counted ? (count === 1 ? '.' : `.,.+${count - 1}`) : '';
  if (editor.visual) {
    editor.lastVisual = { visual: { ...editor.visual }, end: editor.cursor };
  }
  const { message } = editor;
  const typed = yield* askLine(editor, ':', range);
  if (editor.visual) editor.visual = undefined;
  if (typed === undefined) return;
  if (typed.trim() !== '' && typed !== editor.lastCommand) editor.lastCommand = typed;
  editor.executing = typed;
  if (editor.keyboard.silent) editor.message = message;
  else editor.echo(`:${typed}`);
  try {
    yield* editor.runEx(typed);
  } finally {
    editor.buffer.history.close();
  }
};

/** `u` and Ctrl-R. */
export function undo(direction: 'undo' | 'redo'): NormalCommand {
  return function* (editor, { count }) {
    undoChanges(editor, count, direction);
  };
}

/** `.`: the last change again. */
export const repeat: NormalCommand = function* (editor, { count, counted }) {
  const { repeat: what, keyboard } = editor;
  if (!what || editor.replaying) throw new Beep();
  const { visual } = what;
  if (visual) {
    const { line, column } = editor.cursor;
    const end = Math.min(editor.buffer.count - 1, line + visual.lines - 1);
    editor.visual = { kind: visual.kind, start: editor.cursor, toEnd: visual.toEnd };
    const across =
      visual.kind === 'block'
        ? columnAtScreen(editor.buffer.line(end), column + visual.columns - 1, editor.tabstop)
        : visual.lines > 1
          ? visual.columns - 1
          : column + visual.columns - 1;
    const text = editor.buffer.line(end);
    editor.cursor = {
      line: end,
      column: Math.max(0, Math.min(across, visual.kind === 'block' ? text.length : text.length - 1)),
    };
  }
  const times = counted ? count : what.count;
  const register = what.register;
  const keys = [
    ...(register ? ['"', register] : []),
    ...(times && times > 0 && (counted || what.count) ? [...String(times)] : []),
    ...what.keys,
  ];
  editor.replaying = true;
  keyboard.push(keys, true, false);
  try {
    yield* editor.runOne();
  } finally {
    keyboard.pop();
    editor.replaying = false;
  }
  if (counted) editor.repeat = { ...what, count };
  editor.notRepeatable = true;
};

/** `m`. */
export const setMark: NormalCommand = function* (editor) {
  const name = yield* editor.keyboard.next();
  if (!/^[a-zA-Z'`[\]]$/.test(name)) throw new Beep();
  editor.buffer.marks.set(name === '`' ? "'" : name, editor.cursor);
};

/** `q`: begins to record a macro, or ends it. */
export const record: NormalCommand = function* (editor) {
  const { keyboard } = editor;
  if (editor.recording !== undefined) {
    const keys = (keyboard.recorded ?? []).slice(0, -1);
    const name = editor.recording.toLowerCase();
    const all = editor.recording === name ? keys : [...(editor.macros.get(name) ?? []), ...keys];
    editor.registers.set(name, {
      kind: 'char',
      lines: all
        .map((key) => (key.startsWith('<paste:') && key.length > 7 ? key.slice(7) : key))
        .join('')
        .split('\n'),
    });
    editor.macros.set(name, all);
    editor.recording = undefined;
    keyboard.recorded = undefined;
    editor.message = undefined;
    return;
  }
  const name = yield* keyboard.next();
  if (!/^[a-zA-Z0-9"]$/.test(name)) throw new Beep();
  editor.recording = name;
  keyboard.recorded = [];
};

/** `@`. */
export const macro: NormalCommand = function* (editor, { count }) {
  const typed = yield* editor.keyboard.next();
  const name = typed === '@' ? editor.lastMacro : typed;
  if (name === undefined) throw new EditorError('E748: No previously used register');
  if (name === ':') {
    if (editor.lastCommand === undefined) throw new EditorError('E30: No previous command line');
    for (let left = count; left > 0; left -= 1) yield* editor.runEx(editor.lastCommand);
    editor.lastMacro = ':';
    return;
  }
  if (!/^[a-zA-Z0-9".*+]$/.test(name)) throw new Beep();
  editor.lastMacro = name;
  runMacro(editor, name.toLowerCase(), count);
};

/** A macro: the keys of a register, as often as asked for. */
function runMacro(editor: Editor, name: string, count: number): void {
  const text = editor.registers.get(name);
  if (!text) throw new Beep();
  const recorded = editor.macros.get(name);
  const keys = recorded ?? keysOf(text.lines.join('\n') + (text.kind === 'line' ? '\n' : ''));
  for (let left = count; left > 0; left -= 1) editor.keyboard.push(keys);
}

/** `ZZ`. */
export const saveAndLeave: NormalCommand = function* (editor) {
  yield* editor.runEx('x');
};
/** `ZQ`. */
export const leave: NormalCommand = function* (editor) {
  yield* editor.runEx('q!');
};

/** Ctrl-G. */
export const info: NormalCommand = function* (editor) {
  editor.say(infoLine(editor));
};

/** `ga`: the character's number. */
export const characterInfo: NormalCommand = function* (editor) {
  const code = editor.line.codePointAt(editor.cursor.column);
  if (code === undefined) return editor.say('NUL');
  const char = code < 32 ? `^${String.fromCharCode(code + 64)}` : String.fromCodePoint(code);
  if (code < 128)
    editor.say(
      `<${char}>  ${code},  Hex ${code.toString(16).padStart(2, '0')},  Oct ${code.toString(8).padStart(3, '0')}`,
    );
  else editor.say(`<${char}> ${code}, Hex ${code.toString(16).padStart(4, '0')}, Oct ${code.toString(8)}`);
};

/** Escape by itself. */
export const nothing: NormalCommand = function* () {};
/** Ctrl-C tells how one gets out. */
export const interrupt: NormalCommand = function* (editor) {
  editor.say(
    editor.buffer.modified
      ? 'Type  :qa!  and press <Enter> to abandon all changes and exit Vim'
      : 'Type  :qa  and press <Enter> to exit Vim',
  );
};

/** Ctrl-^: the file that was edited before. */
export const alternate: NormalCommand = function* (editor) {
  if (!editor.alternate) throw new EditorError('E23: No alternate file');
  if (editor.buffer.modified) throw new EditorError('E37: No write since last change (add ! to override)');
  const { name, cursor } = editor.alternate;
  openFile(editor, name);
  editor.moveTo(cursor);
};

/** `&`: the last substitution on this line. */
export const substituteLine: NormalCommand = function* (editor) {
  editor.echo(':s');
  yield* substituteAgain(editor, '', editor.cursor.line, editor.cursor.line);
};
/** `g&`: the last substitution on every line. */
export const substituteAll: NormalCommand = function* (editor) {
  yield* substituteAgain(editor, editor.substitute?.flags ?? '', 0, editor.buffer.count - 1);
};

/** `[[` and the like, which are for programs' sections: to the text's ends. */
export function toEnd(last: boolean): (editor: Editor, call: NormalCall) => Waiting<void> {
  return function* (editor) {
    editor.rememberJump();
    editor.moveTo({ line: last ? editor.buffer.count - 1 : 0, column: 0 });
  };
}
