import type { Editor } from './editor.js';

/** Before the first change of a text that is read-only vim warns, and lets one go on. */
export function checkWritable(editor: Editor): void {
  if (!editor.buffer.readonly || editor.warnedReadonly || editor.buffer.modified) return;
  editor.warnedReadonly = true;
  editor.complain('W10: Warning: Changing a readonly file');
}
