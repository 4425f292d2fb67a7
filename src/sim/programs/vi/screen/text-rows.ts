import { cellsOf, nextColumn, shownAs } from '../../editor/characters.js';
import { patternOf } from '../motions/search.js';
import { blockColumns, visualRegion } from '../operators/region.js';
import { matchesOf } from '../regex/match.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import { numberColumns, rowsOfLine, textColumns } from './line-rows.js';
import type { Piece, Style } from './style.js';
import { addPiece } from './style.js';

/** A stretch of a line that looks different. */
interface Mark {
  readonly from: number;
  readonly to: number;
  readonly style: Style;
}

/** The rows of the window: text, `~` behind its end, `@` where a line has no room. */
export function textRows(editor: Editor): Piece[][] {
  const rows: Piece[][] = [];
  const { textRows: height, buffer } = editor;
  const marker = new Marker(editor);
  let line = editor.top;
  for (; line < buffer.count && rows.length < height; line += 1) {
    const skip = line === editor.top ? editor.topRows : 0;
    const needs = rowsOfLine(editor, line) - skip;
    const room = height - rows.length;
    if (needs > room && line > editor.top) break;
    rows.push(...lineRows(editor, line, skip, room, marker.of(line)));
  }
  if (line < buffer.count) fillWithAt(editor, rows, line, marker);
  while (rows.length < height) rows.push([{ text: '~', style: 'beyond' }]);
  return rows;
}

/** The last line does not fit: vim shows `@` rows, or with `display=truncate` its beginning and `@@@`. */
function fillWithAt(editor: Editor, rows: Piece[][], line: number, marker: Marker): void {
  const room = editor.textRows - rows.length;
  if (room <= 0) return;
  if (editor.global.lastline === 'truncate') {
    rows.push(...lineRows(editor, line, 0, room - 1, marker.of(line)));
    rows.push([{ text: '@@@'.slice(0, editor.columns), style: 'beyond' }]);
  } else while (rows.length < editor.textRows) rows.push([{ text: '@', style: 'beyond' }]);
}

class Marker {
  private readonly editor: Editor;

  constructor(editor: Editor) {
    this.editor = editor;
  }

  of(line: number): Mark[] {
    return [...this.selected(line), ...this.current(line), ...this.matches(line)];
  }

  private selected(line: number): Mark[] {
    const { editor } = this;
    if (!editor.visual) return [];
    const region = visualRegion(editor);
    if (line < region.start.line || line > region.end.line) return [];
    const { length } = editor.buffer.line(line);
    if (region.kind === 'line') return [{ from: 0, to: Math.max(1, length), style: 'selected' }];
    if (region.kind === 'block') return [{ ...blockColumns(editor, line, region), style: 'selected' }];
    const from = line === region.start.line ? region.start.column : 0;
    const to = line === region.end.line ? region.end.column : length + 1;
    return [{ from, to, style: 'selected' }];
  }

  private current(line: number): Mark[] {
    const { incremental, buffer } = this.editor;
    if (!incremental || line < incremental.start.line || line > incremental.end.line) return [];
    const from = line === incremental.start.line ? incremental.start.column : 0;
    const to = line === incremental.end.line ? incremental.end.column : buffer.line(line).length;
    return [{ from, to: Math.max(to, from + 1), style: 'current' }];
  }

  private matches(line: number): Mark[] {
    const { editor } = this;
    if (!editor.global.hlsearch || !editor.highlight || !editor.search) return [];
    try {
      const pattern = patternOf(editor, editor.search.pattern);
      return matchesOf(editor.buffer, pattern, line).map(({ start, end }) => ({
        from: start.column,
        to: end.line > line ? editor.buffer.line(line).length : end.column,
        style: 'match',
      }));
    } catch (error) {
      if (error instanceof EditorError) return [];
      throw error;
    }
  }
}

function lineNumber(editor: Editor, line: number): string {
  const { number, relativenumber } = editor.global;
  const width = numberColumns(editor) - 1;
  const distance = Math.abs(line - editor.cursor.line);
  if (relativenumber && (distance > 0 || !number)) return `${String(distance).padStart(width)} `;
  if (relativenumber) return `${String(line + 1).padEnd(width)} `;
  return `${String(line + 1).padStart(width)} `;
}

/** The rows of one line, from its row `skip` on, at most so many. */
function lineRows(editor: Editor, line: number, skip: number, most: number, marks: readonly Mark[]): Piece[][] {
  if (most <= 0) return [];
  const { wrap, list } = editor.global;
  const text = editor.buffer.line(line);
  const width = textColumns(editor);
  const numbers = numberColumns(editor);
  const rows: Piece[][] = [];
  const start = wrap ? skip * width : editor.leftColumn;
  const end = wrap ? (skip + most) * width : editor.leftColumn + width;
  const begin = (row: number): Piece[] => {
    const pieces: Piece[] = [];
    if (numbers > 0) addPiece(pieces, row === 0 ? lineNumber(editor, line) : ' '.repeat(numbers), 'number');
    return pieces;
  };
  let pieces = begin(skip);
  let column = 0;
  const put = (cell: string, style: Style, cells: number): void => {
    const from = column;
    column += cells;
    if (from < start || from >= end) return;
    if (wrap && from > start && from % width === 0) {
      rows.push(pieces);
      pieces = begin(rows.length + skip);
    }
    addPiece(pieces, cell, style);
  };
  for (let at = 0; at < text.length && column < end; ) {
    const next = nextColumn(text, at);
    const char = text.slice(at, next);
    const shown = list && char === '\t' ? '^I' : shownAs(char, column, editor.tabstop);
    const mark = marks.find(({ from, to }) => at >= from && at < to)?.style;
    const plain = char === '\t' ? (list ? 'special' : 'plain') : shown === char ? 'plain' : 'special';
    const style = mark ?? plain;
    const wide = cellsOf(shown);
    if (shown.length > 1 && shown !== char) for (const cell of shown) put(cell, style, 1);
    else {
      const left = width - (column % width);
      // A wide character that does not fit leaves a `>` at the margin.
      if (wrap && wide > left) for (let cell = 0; cell < left; cell += 1) put('>', 'beyond', 1);
      put(shown, style, wide);
    }
    at = next;
  }
  const behind = marks.find(({ from, to }) => text.length >= from && text.length < to && to > text.length)?.style;
  if (list) put('$', 'beyond', 1);
  else if (behind && column < end && column % width !== 0) put(' ', behind, 1);
  else if (behind && text === '') put(' ', behind, 1);
  rows.push(pieces);
  return rows.slice(0, most);
}
