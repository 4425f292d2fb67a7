import type { Position } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';
import { Beep } from '../state/failures.js';
import type { Move } from './motion.js';

/** `it` and `at`: the pair of tags around the cursor. */
export function tagObject({ buffer, cursor }: Editor, around: boolean, count: number): Move {
  const text = buffer.lines.join('\n');
  let at = cursor.column;
  for (let line = 0; line < cursor.line; line += 1) at += buffer.line(line).length + 1;
  const open: { name: string; start: number; end: number }[] = [];
  const found: { start: number; innerStart: number; innerEnd: number; end: number }[] = [];
  for (const match of text.matchAll(/<(\/?)([A-Za-z][^\s>/]*)[^>]*?(\/?)>/g)) {
    const [whole, slash, name = '', empty] = match;
    const end = match.index + whole.length;
    if (empty) continue;
    if (!slash) open.push({ name, start: match.index, end });
    else {
      const from = open.findLastIndex((each) => each.name === name);
      const tag = open[from];
      if (!tag) continue;
      open.length = from;
      if (tag.start <= at && at < end)
        found.push({ start: tag.start, innerStart: tag.end, innerEnd: match.index, end });
    }
  }
  const pair = found[count - 1];
  if (!pair) throw new Beep();
  const place = (offset: number): Position => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length - 1, column: (before.at(-1) as string).length };
  };
  const [from, to] = around ? [pair.start, pair.end] : [pair.innerStart, pair.innerEnd];
  return { from: place(from), to: place(to), kind: 'exclusive', exact: true };
}
