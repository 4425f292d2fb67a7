import type { NormalCommand } from '../normal/command.js';
import type { Editor, VisualKind } from '../state/editor.js';
import { LINE_END } from '../state/editor.js';
import { Beep } from '../state/failures.js';

/** `v`, `V` and Ctrl-V: a selection begins, changes its kind, or ends. */
export function beginVisual(kind: VisualKind): NormalCommand {
  return function* (editor, { count, counted }) {
    const { visual } = editor;
    if (!visual) {
      editor.visual = { kind, start: editor.cursor, toEnd: kind === 'block' && editor.wanted === LINE_END };
      editor.message = undefined;
      if (counted && count > 1) {
        const { line, column } = editor.cursor;
        if (kind === 'line') editor.moveTo({ line: line + count - 1, column });
        else editor.moveTo({ line, column: column + count - 1 });
      }
    } else if (visual.kind === kind) endVisual(editor);
    else visual.kind = kind;
  };
}

/** Ends the selection; `gv` and the marks `<` and `>` remember it. */
export function endVisual(editor: Editor): void {
  if (!editor.visual) return;
  editor.lastVisual = { visual: { ...editor.visual }, end: editor.cursor };
  editor.visual = undefined;
  editor.settle();
}

/** `gv`. */
export const reselect: NormalCommand = function* (editor) {
  const { lastVisual, visual } = editor;
  if (!lastVisual) throw new Beep();
  const now = visual ? { visual: { ...visual }, end: editor.cursor } : lastVisual;
  editor.visual = { ...lastVisual.visual, start: editor.buffer.clamp(lastVisual.visual.start, true) };
  editor.moveTo(lastVisual.end);
  editor.lastVisual = now;
};
