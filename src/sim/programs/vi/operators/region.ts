import type { Position } from '../../editor/characters.js';
import { columnAtScreen, compare, firstNonBlank, lastCell, nextColumn, screenColumn } from '../../editor/characters.js';
import type { Move } from '../motions/motion.js';
import type { Editor } from '../state/editor.js';
import type { RegisterText } from '../state/registers.js';

/** The text an operator works on. */
export interface Region {
  readonly kind: 'char' | 'line' | 'block';
  readonly start: Position;
  /** Behind the last character; of lines, only its line counts. */
  readonly end: Position;
  /** The screen columns of a block, both included; the right one is infinite with `$`. */
  readonly left: number;
  readonly right: number;
  readonly visual: boolean;
}

/** Lines of a region, both included. */
export function lineRange({ start, end }: Region): { first: number; last: number; count: number } {
  return { first: start.line, last: end.line, count: end.line - start.line + 1 };
}

/** Whole lines. */
export function linesRegion(first: number, last: number, column = 0, visual = false): Region {
  return { kind: 'line', start: { line: first, column }, end: { line: last, column: 0 }, left: 0, right: 0, visual };
}

/** What an operator works on when a motion follows it: vim's rules for motions that end at the beginning of a line. */
export function regionOf(editor: Editor, move: Move, operator: string): Region {
  const { buffer } = editor;
  const origin = move.from ?? editor.cursor;
  const [start, last] = compare(origin, move.to) <= 0 ? [origin, move.to] : [move.to, origin];
  if (move.kind === 'linewise') return linesRegion(start.line, last.line, start.column);
  const behind = (place: Position): Position => ({
    line: place.line,
    column: nextColumn(buffer.line(place.line), place.column),
  });
  let end = move.kind === 'inclusive' ? behind(last) : last;
  const char = (): Region => ({ kind: 'char', start, end, left: 0, right: 0, visual: false });
  if (move.kind === 'exclusive' && !move.exact && end.column === 0 && end.line > start.line) {
    if (start.column <= firstNonBlank(buffer.line(start.line)))
      return linesRegion(start.line, end.line - 1, start.column);
    end = { line: end.line - 1, column: buffer.line(end.line - 1).length };
  }
  if (operator === 'd' && end.line > start.line) {
    const rest = buffer.line(end.line).slice(end.column).trim();
    const inIndent = start.column <= firstNonBlank(buffer.line(start.line));
    if (rest === '' && inIndent) return linesRegion(start.line, end.line, start.column);
  }
  return char();
}

/** What is selected. */
export function visualRegion(editor: Editor): Region {
  const { visual, cursor, buffer } = editor;
  if (!visual) throw new Error('nothing is selected');
  const forward = compare(visual.start, cursor) <= 0;
  const start = buffer.clamp(forward ? visual.start : cursor, true);
  const last = buffer.clamp(forward ? cursor : visual.start, true);
  if (visual.kind === 'line') return linesRegion(start.line, last.line, start.column, true);
  if (visual.kind === 'char') {
    const text = buffer.line(last.line);
    // The end of a line can be selected: it takes the newline with it.
    const end =
      last.column >= text.length && last.line < buffer.count - 1
        ? { line: last.line + 1, column: 0 }
        : { line: last.line, column: nextColumn(text, last.column) };
    return { kind: 'char', start, end, left: 0, right: 0, visual: true };
  }
  const cells = [start, last].map(({ line, column }) => {
    const text = buffer.line(line);
    return [screenColumn(text, column, editor.tabstop), lastCell(text, column, editor.tabstop)] as const;
  });
  const left = Math.min(...cells.map(([first]) => first));
  const right = visual.toEnd ? Number.POSITIVE_INFINITY : Math.max(...cells.map(([, end]) => end));
  return { kind: 'block', start, end: last, left, right, visual: true };
}

/** The columns of a line that lie in a block. */
export function blockColumns(editor: Editor, line: number, { left, right }: Region): { from: number; to: number } {
  const text = editor.buffer.line(line);
  const from = columnAtScreen(text, left, editor.tabstop);
  const to =
    right === Number.POSITIVE_INFINITY ? text.length : nextColumn(text, columnAtScreen(text, right, editor.tabstop));
  return { from, to: Math.max(from, to) };
}

/** The text of a region. */
export function textOf(editor: Editor, region: Region): RegisterText {
  const { buffer } = editor;
  const { start, end, kind } = region;
  const lines = buffer.lines.slice(start.line, end.line + 1);
  if (kind === 'line') return { kind, lines };
  if (kind === 'block')
    return {
      kind,
      lines: lines.map((line, at) => {
        const { from, to } = blockColumns(editor, start.line + at, region);
        return line.slice(from, to);
      }),
    };
  if (lines.length === 1) return { kind, lines: [(lines[0] as string).slice(start.column, end.column)] };
  return {
    kind,
    lines: [
      (lines[0] as string).slice(start.column),
      ...lines.slice(1, -1),
      (lines.at(-1) as string).slice(0, end.column),
    ],
  };
}

/** Takes a region's text away. */
export function cut(editor: Editor, region: Region): void {
  const { buffer } = editor;
  const { start, end, kind } = region;
  if (kind === 'line') {
    buffer.replace(start.line, end.line - start.line + 1, []);
  } else if (kind === 'block') {
    const changed = buffer.lines.slice(start.line, end.line + 1).map((line, at) => {
      const { from, to } = blockColumns(editor, start.line + at, region);
      return line.slice(0, from) + line.slice(to);
    });
    buffer.replace(start.line, changed.length, changed);
  } else {
    const joined = buffer.line(start.line).slice(0, start.column) + buffer.line(end.line).slice(end.column);
    buffer.replace(start.line, end.line - start.line + 1, [joined]);
  }
}
