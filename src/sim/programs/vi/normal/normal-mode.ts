import type { Waiting } from '../../../kernel/wait.js';
import { screenColumn } from '../../editor/characters.js';
import type { Key } from '../../editor/decode-key.js';
import { keysOf } from '../keys/keyboard.js';
import { MOTIONS } from '../motions/keys.js';
import { OPERATORS } from '../operators/operators.js';
import type { Editor } from '../state/editor.js';
import { Beep, EditorError, Interrupted } from '../state/failures.js';
import { VISUAL_COMMANDS } from '../visual/keys.js';
import { visualObject } from '../visual/objects.js';
import type { NormalCall } from './command.js';
import { NORMAL_COMMANDS } from './keys.js';
import { runMotion } from './motion.js';
import { runOperator } from './operator.js';

const COUNT_MAX = 99_999_999;
/** Commands of two keys begin with these. */
const PREFIXES = new Set(['g', 'z', 'Z', '[', ']', '\x17']);
/** What `.` repeats, beside operators. */
const REPEATABLE = new Set([
  ...'aAiIoOxXDCsSYpPrRJ~&',
  'gp',
  'gP',
  'gJ',
  'gi',
  'gI',
  '<del>',
  '<insert>',
  '\x01',
  '\x18',
]);

/** Reads one command and does it. Failures beep: what was typed ahead is thrown away. */
export function* oneCommand(editor: Editor): Waiting<void> {
  const inVisual = editor.visual !== undefined;
  try {
    yield* readCommand(editor);
  } catch (error) {
    failed(editor, error);
    if (inVisual && error instanceof EditorError) editor.visual = undefined;
  } finally {
    editor.pending = '';
    if (!editor.replaying) editor.keyboard.noted = undefined;
  }
  if (editor.mode === 'normal') editor.settle();
  if (editor.mode === 'normal' && !editor.globalRunning && !editor.keyboard.inBatch) editor.buffer.history.close();
}

function complain(editor: Editor, { message, above }: EditorError): void {
  if (above === undefined) return editor.complain(message);
  editor.executing = '';
  editor.printed.push(above, message);
}

function failed(editor: Editor, error: unknown): void {
  if (error instanceof EditorError) complain(editor, error);
  else if (!(error instanceof Beep) && !(error instanceof Interrupted)) throw error;
  editor.keyboard.flush();
  editor.failures += 1;
  if (editor.mode !== 'normal') {
    editor.mode = 'normal';
    editor.settle();
  }
}

function* readCommand(editor: Editor): Waiting<void> {
  const { keyboard } = editor;
  let register: string | undefined;
  let count = '';
  let key: Key;
  for (;;) {
    key = yield* keyboard.nextMapped(editor.visual ? 'v' : 'n');
    if (key === '"') {
      editor.pending += '"';
      register = yield* keyboard.next();
      editor.pending += register;
      if (!/^[a-zA-Z0-9"+*_.%:/-]$/.test(register)) throw new Beep();
    } else if (/^[1-9]$/.test(key) || (key === '0' && count !== '')) {
      count += key;
      editor.pending += key;
    } else if (key === '<del>' && count !== '') {
      count = count.slice(0, -1);
      editor.pending = editor.pending.slice(0, -1);
    } else break;
  }
  if (!editor.replaying) keyboard.noted = [key];
  if (PREFIXES.has(key)) {
    editor.pending += shownKey(key);
    if (!keyboard.waiting) yield* editor.redraw();
    key += yield* keyboard.next();
  }
  const call = { key, count: Math.min(COUNT_MAX, Number(count || 1)), counted: count !== '', register };
  yield* dispatch(editor, call);
}

function shownKey(key: Key): string {
  return key < ' ' ? `^${String.fromCharCode(key.charCodeAt(0) + 64)}` : key;
}

function* dispatch(editor: Editor, call: NormalCall): Waiting<void> {
  const { key } = call;
  if (editor.visual) return yield* dispatchVisual(editor, call);
  const isOperator = OPERATORS.has(key);
  if (isOperator) return yield* noted(editor, call, key !== 'y', runOperator);
  const command = NORMAL_COMMANDS.get(key);
  if (command) return yield* noted(editor, call, REPEATABLE.has(key), command);
  if (MOTIONS.has(key)) return yield* runMotion(editor, call);
  throw new Beep();
}

function* dispatchVisual(editor: Editor, call: NormalCall): Waiting<void> {
  const { key, count } = call;
  if (key === 'i' || key === 'a') {
    if (!(editor.visual?.kind === 'block')) {
      editor.pending += key;
      const object = yield* editor.keyboard.next();
      return visualObject(editor, object, key === 'a', count);
    }
  }
  const command = VISUAL_COMMANDS.get(key);
  if (!command) {
    if (MOTIONS.has(key)) return yield* runMotion(editor, call);
    const shared = NORMAL_COMMANDS.get(key);
    if (shared && /^(?:z.|[\x02\x04-\x06\x15\x19\x0c\x07]|m|:|<page.*>)$/.test(key)) return yield* shared(editor, call);
    throw new Beep();
  }
  const { visual, cursor, buffer } = editor;
  const shape = visual && {
    kind: visual.kind,
    lines: Math.abs(cursor.line - visual.start.line) + 1,
    columns:
      visual.kind === 'block'
        ? Math.abs(
            screenColumn(editor.line, cursor.column, editor.tabstop) -
              screenColumn(buffer.line(visual.start.line), visual.start.column, editor.tabstop),
          ) + 1
        : visual.start.line === cursor.line
          ? Math.abs(cursor.column - visual.start.column) + 1
          : (cursor.line > visual.start.line ? cursor.column : visual.start.column) + 1,
    toEnd: visual.toEnd,
  };
  yield* command(editor, call);
  if (
    editor.visual === undefined &&
    editor.keyboard.noted &&
    !editor.replaying &&
    shape &&
    command !== VISUAL_COMMANDS.get('y') &&
    !/^[:\x1b\x03vVyYZ]|^\x16$/.test(key)
  )
    editor.repeat = { keys: [...editor.keyboard.noted], visual: shape, count: call.count, register: call.register };
}

/** Does a command, and keeps its keys when `.` should repeat it. */
function* noted(
  editor: Editor,
  call: NormalCall,
  repeats: boolean,
  run: (editor: Editor, call: NormalCall) => Waiting<void>,
): Waiting<void> {
  yield* run(editor, call);
  const { noted: keys } = editor.keyboard;
  if (repeats && keys && !editor.replaying && !editor.notRepeatable)
    editor.repeat = {
      keys: [...keys],
      count: editor.operatorCount ?? (call.counted ? call.count : undefined),
      register: call.register,
    };
  editor.operatorCount = undefined;
  editor.notRepeatable = false;
}

/** `:normal`: keys that are typed, and given up when they are not whole. */
export function* normalKeys(editor: Editor, keys: string, asTyped = false): Waiting<void> {
  const { keyboard, failures } = editor;
  const { noted: before } = keyboard;
  keyboard.push(keysOf(keys), true, !asTyped);
  try {
    while (!keyboard.exhausted && editor.failures === failures) yield* oneCommand(editor);
  } finally {
    keyboard.pop();
    keyboard.noted = before;
  }
  editor.visual = undefined;
}
