import type { Waiting } from '../../../kernel/wait.js';
import type { Key } from '../../editor/decode-key.js';
import { MOTIONS } from '../motions/keys.js';
import type { Move } from '../motions/motion.js';
import { textObject } from '../motions/objects.js';
import { OPERATORS } from '../operators/operators.js';
import type { Region } from '../operators/region.js';
import { linesRegion, regionOf } from '../operators/region.js';
import type { Editor } from '../state/editor.js';
import { Beep } from '../state/failures.js';
import type { NormalCall } from './command.js';

const NUMBERED = new Set(['%', '(', ')', '`', '/', '?', 'n', 'N', '{', '}']);

/** An operator and the motion, text object or repetition that follows it. */
export function* runOperator(editor: Editor, call: NormalCall): Waiting<void> {
  const { key, register } = call;
  editor.pending += key;
  const { count, counted, keys, force } = yield* readMotion(editor, call);
  const operator = OPERATORS.get(key);
  if (!operator) throw new Beep();
  const region = yield* readRegion(editor, key, keys, count, counted, force);
  if (editor.operatorCount === undefined && counted) editor.operatorCount = count;
  yield* operator(editor, region, { register, count: 1, numbered: NUMBERED.has(keys) });
}

/** Reads a second count, and the motion's keys. Counts multiply; for `.` they are noted once, before the operator. */
function* readMotion(
  editor: Editor,
  call: NormalCall,
): Waiting<{ count: number; counted: boolean; keys: Key; force: string }> {
  const { keyboard } = editor;
  let typed = '';
  let force = '';
  let key: Key;
  for (;;) {
    if (!keyboard.waiting) yield* editor.redraw();
    key = yield* keyboard.nextMapped('o');
    if (/^[1-9]$/.test(key) || (key === '0' && typed !== '')) {
      typed += key;
      editor.pending += key;
      keyboard.noted?.pop();
    } else if (key === 'v' || key === 'V' || key === '\x16') force = key;
    else break;
  }
  if (key === 'g' || (key === '?' && call.key === 'g?')) {
    editor.pending += key;
    if (key === 'g') key += yield* keyboard.next();
  }
  const counted = call.counted || typed !== '';
  return { count: call.count * Number(typed || 1), counted, keys: key, force };
}

function* readRegion(
  editor: Editor,
  operator: string,
  keys: Key,
  count: number,
  counted: boolean,
  force: string,
): Waiting<Region> {
  const own = operator.length === 1 ? operator : operator.slice(1);
  if (keys === own || keys === operator) {
    const { line, column } = editor.cursor;
    const last = line + count - 1;
    if (last >= editor.buffer.count) {
      if (line === editor.buffer.count - 1 && count > 1 && operator !== 'y') throw new Beep();
      return linesRegion(line, editor.buffer.count - 1, column);
    }
    return linesRegion(line, last, column);
  }
  if (keys === 'i' || keys === 'a') {
    editor.pending += keys;
    const object = yield* editor.keyboard.next();
    return regionOf(editor, textObject(editor, object, keys === 'a', count), operator);
  }
  const motion = MOTIONS.get(keys);
  if (!motion) throw new Beep();
  const from = editor.cursor;
  const move = yield* motion(editor, { count, counted, operator });
  if (move.jump) editor.buffer.marks.set("'", from);
  return regionOf(editor, forced(move, force), operator);
}

/** `v` and `V` between operator and motion change what kind it is. */
function forced(move: Move, force: string): Move {
  if (force === 'V') return { ...move, kind: 'linewise' };
  if (force !== 'v') return move;
  return { ...move, kind: move.kind === 'exclusive' ? 'inclusive' : 'exclusive', exact: true };
}
