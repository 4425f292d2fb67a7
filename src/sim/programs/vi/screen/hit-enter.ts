import type { Waiting } from '../../../kernel/wait.js';
import { cellsOf } from '../../editor/characters.js';
import type { PaintedRows } from '../../editor/painted-rows.js';
import type { Editor } from '../state/editor.js';
import { rowText } from './style.js';

const PROMPT = 'Press ENTER or type command to continue';
const MORE = '-- More --';

/** Output of a command that needs more than the bottom line: it pushes the text up, page by page. */
export class HitEnter {
  private readonly editor: Editor;
  private readonly screen: PaintedRows;
  private readonly write: (output: string) => Waiting<void>;

  constructor(editor: Editor, screen: PaintedRows, write: (output: string) => Waiting<void>) {
    this.editor = editor;
    this.screen = screen;
    this.write = write;
  }

  /** Shows lines; when this ends, the prompt stands at the bottom. */
  *show(lines: readonly string[]): Waiting<void> {
    const { rows, columns } = this.editor;
    const wrapped = [...(this.editor.executing === '' ? [] : [`:${this.editor.executing}`]), ...lines].flatMap((line) =>
      cut(line, columns),
    );
    this.editor.executing = '';
    let shown = Math.min(wrapped.length, Math.max(1, rows - 1));
    let before = [...this.screen.rows.slice(0, -1)];
    for (;;) {
      const ends = shown >= wrapped.length;
      const page = [
        ...before,
        ...wrapped.slice(0, shown),
        rowText([{ text: ends ? PROMPT : MORE, style: 'question' }]),
      ].slice(-rows);
      yield* this.write(
        this.screen.update(
          page.map((text) => ({ text, width: cellsOf(text.replace(/\x1b\[[\d;]*m/g, '')) })),
          columns,
        ) + this.screen.place({ row: page.length - 1, column: Math.min(columns - 1, (ends ? PROMPT : MORE).length) }),
      );
      if (ends) return;
      const key = yield* this.editor.keyboard.nextUnnoted();
      before = [];
      if (key === 'q' || key === '\x03' || key === '\x1b') shown = wrapped.length;
      else if (key === '\r' || key === 'j' || key === '<down>') shown += 1;
      else if (key === 'G') shown = wrapped.length;
      else shown = Math.min(wrapped.length, shown + rows - 1);
    }
  }
}

function cut(line: string, columns: number): string[] {
  const parts: string[] = [];
  let rest = line
    .replace(/\t/g, '        ')
    .replace(/[\x00-\x1f]/g, (char) => `^${String.fromCharCode(char.charCodeAt(0) + 64)}`);
  do {
    parts.push(rest.slice(0, columns));
    rest = rest.slice(columns);
  } while (rest !== '');
  return parts;
}
