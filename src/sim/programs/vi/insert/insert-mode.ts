import type { Waiting } from '../../../kernel/wait.js';
import { previousColumn, screenColumn } from '../../editor/characters.js';
import type { Key } from '../../editor/decode-key.js';
import { setIndent, wantedIndent } from '../operators/indent.js';
import type { Editor } from '../state/editor.js';
import type { BlockInsert } from './block.js';
import { repeatOnBlock } from './block.js';
import { Insertion } from './insertion.js';
import { handleKey } from './keys.js';

/** How an insertion begins. */
export interface InsertOptions {
  readonly count: number;
  readonly replace?: boolean;
  /** The line holds nothing but an indent that goes when nothing is typed. */
  readonly autoIndented?: boolean;
  /** The line was opened, and gets its indent by the rules of the file type. */
  readonly reindents?: boolean;
  /** Each repetition opens a line. */
  readonly opens?: boolean;
  readonly block?: BlockInsert;
}

/** Insert and replace mode, from the cursor, until Escape. */
export function* insertText(editor: Editor, options: InsertOptions): Waiting<void> {
  editor.mode = options.replace ? 'replace' : 'insert';
  editor.message = undefined;
  const insertion = new Insertion(editor, options.autoIndented ?? false);
  if (options.reindents && !editor.global.paste) {
    setIndent(editor, editor.cursor.line, wantedIndent(editor, editor.cursor.line));
    editor.moveTo({ line: editor.cursor.line, column: editor.line.length });
    insertion.autoIndented = editor.line !== '';
  }
  const before = editor.line;
  const { column } = editor.cursor;
  yield* readKeys(editor, insertion);
  yield* repeat(editor, insertion, options);
  if (options.block) repeatOnBlock(editor, options.block, before, column);
  leave(editor, insertion, options.block !== undefined);
}

function* readKeys(editor: Editor, insertion: Insertion): Waiting<void> {
  for (;;) {
    const run = editor.keyboard.plainRun();
    if (run !== '') {
      for (const key of run) insertion.keys.push(key);
      insertion.type(run);
      continue;
    }
    if (!editor.keyboard.waiting) yield* editor.redraw();
    const key: Key = yield* editor.keyboard.nextMapped('i');
    if (key === '\x1b' || key === '\x03') {
      if (key === '\x03') insertion.interrupted = true;
      return;
    }
    insertion.keys.push(key);
    yield* handleKey(editor, insertion, key);
  }
}

function* repeat(editor: Editor, insertion: Insertion, { count, opens }: InsertOptions): Waiting<void> {
  if (insertion.moved || insertion.interrupted) return;
  const { keys } = insertion;
  for (let left = count; left > 1; left -= 1) {
    if (opens) {
      editor.cursor = { line: editor.cursor.line, column: editor.line.length };
      insertion.newline();
    }
    editor.keyboard.push(keys, true);
    try {
      while (!editor.keyboard.exhausted) yield* handleKey(editor, insertion, yield* editor.keyboard.nextUnnoted());
    } finally {
      editor.keyboard.pop();
    }
  }
}

function leave(editor: Editor, insertion: Insertion, block: boolean): void {
  const { line, column } = editor.cursor;
  if (insertion.autoIndented && editor.line.slice(0, column).trim() === '') {
    editor.buffer.setLine(line, editor.line.slice(column));
    editor.cursor = { line, column: 0 };
  }
  editor.lastInserted = insertion.typed;
  const at = editor.cursor;
  editor.buffer.marks.set('^', at);
  editor.mode = 'normal';
  if (!block) editor.cursor = { line: at.line, column: at.column > 0 ? previousColumn(editor.line, at.column) : 0 };
  editor.settle();
  editor.wanted = screenColumn(editor.line, editor.cursor.column, editor.tabstop);
  if (editor.message && !editor.message.error) editor.message = undefined;
}
