import type { Waiting } from '../../../kernel/wait.js';
import { firstNonBlank } from '../../editor/characters.js';
import { patternOf, splitSearch } from '../motions/search.js';
import { reportLines } from '../operators/report.js';
import { matchFrom } from '../regex/match.js';
import type { Editor } from '../state/editor.js';
import { Beep, EditorError } from '../state/failures.js';
import { checkWritable } from '../state/writable.js';
import type { ExCall } from './command.js';

const REPORT = 2;

/** `:g` and `:v`: a command on every line that matches, or does not. */
export function* global(editor: Editor, { args, range, bang, name }: ExCall): Waiting<void> {
  if (editor.globalRunning) throw new EditorError('E147: Cannot do :global recursive with a range');
  const delimiter = args[0];
  if (delimiter === undefined) throw new EditorError(`E148: Regular expression missing from :global`);
  const { pattern: typed, offset } = splitSearch(args.slice(1), delimiter);
  const text = typed === '' ? editor.search?.pattern : typed;
  if (text === undefined) throw new EditorError('E35: No previous regular expression');
  const inverse = bang || name === 'vglobal';
  const [first, last] = range.given === 0 ? [0, editor.buffer.count - 1] : [range.first, range.last];
  const pattern = patternOf(editor, text);
  editor.search = { pattern: text, forward: true, offset: '' };
  const lines: number[] = [];
  for (let line = first; line <= last; line += 1) {
    if ((matchFrom(editor.buffer, pattern, line, 0) !== undefined) !== inverse) lines.push(line);
  }
  if (lines.length === 0) {
    editor.say(inverse ? `Pattern found in every line: ${text}` : `Pattern not found: ${text}`);
    return;
  }
  const before = editor.buffer.count;
  editor.substituted = { changes: 0, lines: 0 };
  const command = offset.trim() === '' ? 'print' : offset;
  if (/^\s*d(?:elete)?\s*$/.test(command)) deleteAll(editor, lines);
  else yield* onEach(editor, lines, command);
  reportLines(editor, editor.buffer.count - before);
  const { changes, lines: on } = editor.substituted;
  if (changes > REPORT) editor.say(`${changes} substitutions on ${on} line${on === 1 ? '' : 's'}`);
  if (editor.buffer.isEmpty && before > 1) editor.say('--No lines in buffer--');
}

function* onEach(editor: Editor, lines: readonly number[], command: string): Waiting<void> {
  const { buffer } = editor;
  buffer.tracked = [...lines];
  editor.substituted = { changes: 0, lines: 0 };
  editor.globalRunning = true;
  try {
    for (let line = buffer.tracked.shift(); line !== undefined; line = buffer.tracked.shift()) {
      if (line >= buffer.count) continue;
      editor.moveTo({ line, column: 0 });
      try {
        yield* editor.runEx(command);
      } catch (error) {
        if (!(error instanceof Beep)) throw error;
      }
    }
  } finally {
    buffer.tracked = [];
    editor.globalRunning = false;
  }
  // Only substitutions leave the cursor at the beginning of its line.
  if (editor.substituted.changes > 0) editor.moveTo({ line: editor.cursor.line, column: firstNonBlank(editor.line) });
}

/** `:g/…/d` at once: as thousands of single deletions would be slow. */
function deleteAll(editor: Editor, lines: readonly number[]): void {
  checkWritable(editor);
  const { buffer } = editor;
  const gone = new Set(lines);
  const [first, last] = [lines[0] as number, lines.at(-1) as number];
  editor.registers.remove(undefined, { kind: 'line', lines: [buffer.line(last)] });
  editor.cursor = { line: first, column: 0 };
  buffer.replace(
    first,
    last - first + 1,
    buffer.lines.slice(first, last + 1).filter((_, at) => !gone.has(first + at)),
  );
  const line = Math.min(last - lines.length + 1, buffer.count - 1);
  editor.moveTo({ line, column: firstNonBlank(buffer.line(line)) });
}
