import type { Editor } from '../state/editor.js';

const REPORT = 2;

/** `3 fewer lines`, `4 more lines`: said of more than two. */
export function reportLines(editor: Editor, change: number): void {
  if (Math.abs(change) <= REPORT || editor.globalRunning) return;
  editor.say(`${Math.abs(change)} ${change > 0 ? 'more' : 'fewer'} lines`);
}

/** `3 lines yanked`. */
export function reportCount(editor: Editor, count: number, what: (count: number) => string): void {
  if (count > REPORT && !editor.globalRunning) editor.say(what(count));
}
