import type { Waiting } from '../../../kernel/wait.js';
import type { Editor } from '../state/editor.js';
import type { Insertion } from './insertion.js';

const WORD = /[\p{L}\p{N}_]+/gu;

/** Ctrl-N and Ctrl-P: words of the text that begin as the one before the cursor; pressed again, the next one. */
export function completeWord(direction: -1 | 1): (editor: Editor, insertion: Insertion) => Waiting<void> {
  return function* (editor, insertion) {
    const { line, cursor } = editor;
    const start = /[\p{L}\p{N}_]*$/u.exec(line.slice(0, cursor.column))?.[0] ?? '';
    const words = candidates(editor, start);
    if (words.length === 0) {
      editor.complain('-- Keyword completion (^N^P) Pattern not found');
      return;
    }
    const cycle = [...words, start];
    let chosen = direction > 0 ? 0 : words.length - 1;
    let current = start;
    for (;;) {
      insertion.removeTo(editor.cursor.column - current.length);
      current = cycle[chosen] as string;
      insertion.type(current);
      if (!editor.keyboard.waiting) yield* editor.redraw();
      const key = yield* editor.keyboard.next();
      if (key === '\x0e' || key === '\x10') {
        chosen = (chosen + (key === '\x0e' ? 1 : -1) + cycle.length) % cycle.length;
        continue;
      }
      editor.keyboard.noted?.pop();
      if (key !== '\x19') editor.keyboard.push([key]);
      return;
    }
  };
}

/** Words that begin so, those behind the cursor first, then from the top. */
function candidates({ buffer, cursor }: Editor, start: string): string[] {
  const behind: string[] = [];
  const before: string[] = [];
  for (const [at, text] of buffer.lines.entries()) {
    for (const match of text.matchAll(WORD)) {
      const word = match[0];
      if (!word.startsWith(start) || word === start) continue;
      const later = at > cursor.line || (at === cursor.line && match.index >= cursor.column);
      (later ? behind : before).push(word);
    }
  }
  return [...new Set([...behind, ...before])];
}
