import { byteLength, lastCell, nextColumn, screenColumn } from '../../editor/characters.js';
import { bottomLine } from '../motions/screen.js';
import { visualRegion } from '../operators/region.js';
import type { Editor } from '../state/editor.js';
import type { Piece } from './style.js';
import { addPiece } from './style.js';

const RULER = 18;
const SHOWN_COMMAND = 10;

/** The row and column of the ruler, as `3,7-10`. */
function rulerText(editor: Editor): string {
  const { buffer, cursor, line, tabstop } = editor;
  if (buffer.isEmpty) return '0,0-1';
  const byte = byteLength(line.slice(0, cursor.column)) + 1;
  const insert = editor.mode !== 'normal' || cursor.column >= line.length;
  const onTab = line.charAt(cursor.column) === '\t';
  const shown =
    (insert || !onTab ? screenColumn(line, cursor.column, tabstop) : lastCell(line, cursor.column, tabstop)) + 1;
  const column = line === '' ? '0-1' : byte === shown ? String(byte) : `${byte}-${shown}`;
  return `${cursor.line + 1},${column}`;
}

/** `All`, `Top`, `Bot` or how far down the window is. */
function share(editor: Editor): string {
  const above = editor.top;
  const below = editor.buffer.count - 1 - bottomLine(editor);
  if (below <= 0) return above === 0 ? 'All' : 'Bot';
  if (above <= 0) return 'Top';
  return `${String(Math.floor((above * 100) / (above + below))).padStart(2)}%`;
}

/** The ruler with its share at the right end. */
function ruler(editor: Editor): { column: number; text: string } {
  const { columns } = editor;
  const column = Math.max(columns - RULER, Math.floor((columns + 1) / 2));
  const place = rulerText(editor);
  const part = share(editor);
  const width = columns - column - 1;
  const gap = Math.max(1, width - place.length - part.length);
  return {
    column,
    text: (place + ' '.repeat(gap) + part).slice(
      0,
      Math.max(0, columns - column - (place.length + part.length + 1 > width ? 0 : 1)),
    ),
  };
}

/** The mode as vim names it; empty in normal mode. */
function modeText(editor: Editor): string {
  const recording = editor.recording === undefined ? '' : `recording @${editor.recording}`;
  const paste = editor.global.paste ? ' (paste)' : '';
  if (editor.visual) {
    const kind = { char: 'VISUAL', line: 'VISUAL LINE', block: 'VISUAL BLOCK' }[editor.visual.kind];
    return `-- ${kind} --${recording}`;
  }
  if (editor.mode === 'insert') return `-- INSERT${paste} --${recording}`;
  if (editor.mode === 'replace') return `-- REPLACE${paste} --${recording}`;
  return recording;
}

/** What stands left of the ruler while a command is typed, or how much is selected. */
function shownCommand(editor: Editor): string {
  if (!editor.global.showcmd) return '';
  if (editor.pending !== '') return editor.pending.slice(-SHOWN_COMMAND);
  const { visual } = editor;
  if (!visual) return '';
  const region = visualRegion(editor);
  const lines = region.end.line - region.start.line + 1;
  if (visual.kind === 'block')
    return region.right === Number.POSITIVE_INFINITY ? `${lines}x` : `${lines}x${region.right - region.left + 1}`;
  if (visual.kind === 'line' || editor.cursor.line !== visual.start.line)
    return String(Math.abs(editor.cursor.line - visual.start.line) + 1);
  let count = 0;
  for (let at = region.start.column; at < region.end.column; at = nextColumn(editor.line, at)) count += 1;
  return String(Math.max(1, count));
}

/** The bottom row: message or mode, the command that is typed, the ruler. */
export function statusRow(editor: Editor): Piece[] {
  const { columns, global } = editor;
  const message = editor.message;
  const mode = editor.mode !== 'normal' || editor.visual ? modeText(editor) : '';
  const text = message?.text ?? (mode === '' ? modeText(editor) : mode);
  const withRuler = global.ruler && !global.paste;
  const room = Math.max(
    1,
    columns - 1 - (withRuler ? RULER : 0) - (global.showcmd ? SHOWN_COMMAND + (withRuler ? 0 : 1) : 0),
  );
  const pieces: Piece[] = [];
  const left = shortened(text, room);
  addPiece(pieces, left, message ? (message.error ? 'error' : 'plain') : 'mode');
  let used = [...left].length;
  const pad = (column: number): void => {
    if (column > used) addPiece(pieces, ' '.repeat(column - used), 'plain');
    used = Math.max(used, column);
  };
  const command = shownCommand(editor);
  const right = withRuler ? ruler(editor) : undefined;
  if (command !== '') {
    const column = (right ? columns - RULER : columns - 1) - SHOWN_COMMAND;
    if (column >= used) {
      pad(column);
      addPiece(pieces, command, 'plain');
      used += command.length;
    }
  }
  if (right && right.column >= used) {
    pad(right.column);
    addPiece(pieces, right.text, 'plain');
  }
  return pieces;
}

/** A message that is too long loses its middle. */
function shortened(text: string, room: number): string {
  const shown = text.replace(/[\x00-\x1f]/g, (char) => `^${String.fromCharCode(char.charCodeAt(0) + 64)}`);
  if (shown.length <= room) return shown;
  if (/^".*" .*\d+L, \d+B/.test(shown) || /^".*" \[New/.test(shown)) return `<${shown.slice(shown.length - room + 1)}`;
  if (room < 8) return shown.slice(0, room);
  const half = Math.floor((room - 3) / 2);
  return `${shown.slice(0, half)}...${shown.slice(shown.length - (room - 3 - half))}`;
}
