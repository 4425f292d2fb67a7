import {
  columnAtScreen,
  compare,
  firstNonBlank,
  nextColumn,
  previousColumn,
  screenColumn,
} from '../editor/characters.js';
import { replaceLines } from '../editor/undo.js';
import type { NanoState } from './state.js';

/** Puts a text at the cursor. */
export function insert(state: NanoState, text: string): void {
  const { buffer, cursor, line } = state;
  const lines = text.split('\n');
  const put = [...lines];
  const last = put.at(-1) as string;
  put[0] = line.slice(0, cursor.column) + (put[0] as string);
  put[put.length - 1] += line.slice(cursor.column);
  // Behind the last line there is always an empty one.
  if (cursor.line === buffer.count - 1 && put.at(-1) !== '') put.push('');
  buffer.replace(cursor.line, 1, put);
  state.moveTo({
    line: cursor.line + lines.length - 1,
    column: lines.length === 1 ? cursor.column + last.length : last.length,
  });
}

/** Enter: a new line, indented as this one where that is asked for. */
export function newline(state: NanoState): void {
  const { line, cursor } = state;
  const indent = state.has('autoindent') ? line.slice(0, Math.min(firstNonBlank(line), cursor.column)) : '';
  insert(state, `\n${indent}`);
}

/** Tab: one, or blanks up to the next stop. */
export function tab(state: NanoState): void {
  const { tabstop } = state.buffer.options;
  const column = screenColumn(state.line, state.cursor.column, tabstop);
  insert(state, state.has('tabstospaces') ? ' '.repeat(tabstop - (column % tabstop)) : '\t');
}

/** Takes the character before the cursor away, or joins two lines. */
export function backspace(state: NanoState): void {
  const { line, column } = state.cursor;
  if (state.mark && state.has('zap')) return zap(state);
  if (line === 0 && column === 0) return;
  left(state);
  remove(state);
}

/** Takes the character at the cursor away, or joins two lines. */
export function remove(state: NanoState): void {
  const { buffer, cursor, line } = state;
  if (state.mark && state.has('zap')) return zap(state);
  if (cursor.column < line.length)
    buffer.setLine(cursor.line, line.slice(0, cursor.column) + line.slice(nextColumn(line, cursor.column)));
  else if (cursor.line < buffer.count - 1) buffer.replace(cursor.line, 2, [line + buffer.line(cursor.line + 1)]);
}

/** To the character before, across the beginning of a line. */
export function left(state: NanoState): void {
  const { line, column } = state.cursor;
  if (column > 0) state.moveTo({ line, column: previousColumn(state.line, column) });
  else if (line > 0) state.moveTo({ line: line - 1, column: state.buffer.line(line - 1).length });
}

/** To the next character, across the end of a line. */
export function right(state: NanoState): void {
  const { line, column } = state.cursor;
  if (column < state.line.length) state.moveTo({ line, column: nextColumn(state.line, column) });
  else if (line < state.buffer.count - 1) state.moveTo({ line: line + 1, column: 0 });
}

/** So many lines down, or up when negative; keeps the column that is wanted. */
export function vertical(state: NanoState, amount: number): void {
  const line = Math.max(0, Math.min(state.buffer.count - 1, state.cursor.line + amount));
  const { wanted } = state;
  state.moveTo({ line, column: columnAtScreen(state.buffer.line(line), wanted, state.buffer.options.tabstop) }, wanted);
}

/** The marked text's ends, in order; undefined without a mark. */
function marked({ mark, cursor }: NanoState) {
  if (!mark) return undefined;
  return compare(mark, cursor) <= 0 ? ([mark, cursor] as const) : ([cursor, mark] as const);
}

/** The marked text, line by line. */
export function textBetween(state: NanoState): string[] {
  const ends = marked(state);
  if (!ends) return [];
  const [from, to] = ends;
  const lines = state.buffer.lines.slice(from.line, to.line + 1);
  lines[lines.length - 1] = (lines.at(-1) as string).slice(0, to.column);
  lines[0] = (lines[0] as string).slice(from.column);
  return lines;
}

/** With -Z the marked text goes, and is not kept. */
function zap(state: NanoState): void {
  const { cutText } = state;
  cut(state);
  state.cutText = cutText;
}

/** ^K: the marked text, or the line; cuts in a row are kept together. */
export function cut(state: NanoState): void {
  state.status = undefined;
  const { buffer, cursor } = state;
  const ends = marked(state);
  if (ends) {
    const [from, to] = ends;
    state.cutText = textBetween(state);
    buffer.replace(from.line, to.line - from.line + 1, [
      buffer.line(from.line).slice(0, from.column) + buffer.line(to.line).slice(to.column),
    ]);
    state.moveTo(from);
    state.mark = undefined;
    return;
  }
  if (state.has('cutfromcursor')) return cutToEnd(state);
  const before = state.cutting ? state.cutText.slice(0, -1) : [];
  if (cursor.line === buffer.count - 1) {
    if (state.line === '') return;
    state.cutText = [...before, state.line];
    buffer.setLine(cursor.line, '');
  } else {
    state.cutText = [...before, state.line, ''];
    buffer.replace(cursor.line, 1, []);
  }
  state.moveTo({ line: cursor.line, column: 0 });
}

/** With -k: what is behind the cursor, or there the line's end; cuts in a row are kept together. */
function cutToEnd(state: NanoState): void {
  const { buffer, cursor, line } = state;
  const atEnd = cursor.column === line.length;
  if (atEnd && cursor.line === buffer.count - 1) return;
  const before = state.cutting ? state.cutText : [''];
  const last = before.at(-1) ?? '';
  state.cutText = atEnd ? [...before, ''] : [...before.slice(0, -1), last + line.slice(cursor.column)];
  if (atEnd) buffer.replace(cursor.line, 2, [line + buffer.line(cursor.line + 1)]);
  else buffer.setLine(cursor.line, line.slice(0, cursor.column));
  state.moveTo(cursor);
}

/** M-6: as ^K, but the text stays. */
export function copy(state: NanoState): void {
  state.status = undefined;
  if (state.mark) {
    state.cutText = textBetween(state);
    state.mark = undefined;
    return;
  }
  state.cutText = [...(state.cutting ? state.cutText.slice(0, -1) : []), state.line, ''];
  vertical(state, 1);
  state.moveTo({ line: state.cursor.line, column: 0 });
}

/** How many letters two texts have in common at their ends. */
function sameEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  for (let letters = 0; letters < most; letters += 1)
    if (one.at(-1 - letters) !== other.at(-1 - letters)) return letters;
  return most;
}

/** M-U and M-E. */
export function undo(state: NanoState, direction: 'undo' | 'redo'): void {
  const { buffer } = state;
  if (buffer.noLines) replaceLines(buffer.lines, 0, 1, []);
  let place = state.cursor;
  const done = buffer.history[direction](buffer.lines, (top, old, put) => {
    place = {
      line: top,
      column: direction === 'redo' ? (put[0]?.length ?? 0) - sameEnd(old[0] ?? '', put[0] ?? '') : 0,
    };
  });
  buffer.mend();
  if (!done) return state.say(`Nothing to ${direction}`, true);
  buffer.modified = direction === 'undo' ? done.wasModified : true;
  state.moveTo(direction === 'undo' ? done.cursor : place);
  state.say(
    `${direction === 'undo' ? 'Undid' : 'Redid'} ${done.oldLines > done.newLines ? (direction === 'undo' ? 'paste' : 'cut') : done.oldLines < done.newLines ? (direction === 'undo' ? 'cut' : 'paste') : 'addition'}`,
  );
}
