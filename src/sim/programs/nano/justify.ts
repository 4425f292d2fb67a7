import type { NanoState } from './state.js';

const indentOf = (text: string): string => /^[ \t]*/.exec(text)?.[0] ?? '';
const isBlank = (text: string): boolean => text.trim() === '';

/** ^J: the paragraph at the cursor, or the next one, is filled up to the width that is asked for. */
export function justify(state: NanoState): void {
  const { buffer } = state;
  let first = state.cursor.line;
  while (first < buffer.count && isBlank(buffer.line(first))) first += 1;
  if (first >= buffer.count) return state.moveTo({ line: buffer.count - 1, column: 0 });
  const goesOn = (line: number): boolean =>
    !isBlank(buffer.line(line)) && indentOf(buffer.line(line)) === indentOf(buffer.line(line - 1));
  while (first > 0 && goesOn(first)) first -= 1;
  let last = first;
  while (last + 1 < buffer.count && goesOn(last + 1)) last += 1;
  const indent = indentOf(buffer.line(first));
  const width = Math.max(1, state.fill > 0 ? state.fill : state.columns + state.fill);
  const behind = state.has('trimblanks') ? '' : ' ';
  const lines = fill(buffer.lines.slice(first, last + 1), indent, width);
  // Where a line is broken its blank stays.
  const filled = lines.map((line, at) => (at < lines.length - 1 ? line + behind : line));
  buffer.replace(first, last - first + 1, filled);
  state.moveTo({ line: Math.min(first + filled.length, buffer.count - 1), column: 0 });
  state.say('Justified paragraph');
}

/** Words of some lines, put into lines of at most `width`. */
function fill(lines: readonly string[], indent: string, width: number): string[] {
  const filled: string[] = [];
  for (const word of lines
    .join(' ')
    .trim()
    .split(/[ \t]+/)) {
    const last = filled.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) filled[filled.length - 1] = `${last} ${word}`;
    else filled.push(indent + word);
  }
  return filled;
}
