import type { Waiting } from '../../../kernel/wait.js';
import { MOTIONS } from '../motions/keys.js';
import type { Editor } from '../state/editor.js';
import { Beep } from '../state/failures.js';
import type { NormalCall } from './command.js';

/** A motion by itself: the cursor goes there. */
export function* runMotion(editor: Editor, { key, count, counted }: NormalCall): Waiting<void> {
  const motion = MOTIONS.get(key);
  if (!motion) throw new Beep();
  const from = editor.cursor;
  editor.pending += key;
  const move = yield* motion(editor, { count, counted, operator: '' });
  if (move.jump) editor.buffer.marks.set("'", from);
  const { visual } = editor;
  if (visual?.kind === 'block')
    visual.toEnd = key === '$' || key === '<end>' || (visual.toEnd && /^(?:[jk]|<up>|<down>)$/.test(key));
  editor.moveTo(move.to, move.wanted);
  if (
    visual &&
    visual.kind !== 'block' &&
    editor.wanted !== Number.MAX_SAFE_INTEGER &&
    editor.cursor.column >= editor.line.length &&
    editor.line !== '' &&
    !/^(?:\$|<end>|l|<right>| )$/.test(key)
  )
    editor.moveTo({ line: editor.cursor.line, column: editor.line.length - 1 }, editor.wanted);
}
