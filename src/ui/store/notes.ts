/** A notepad: plain text, and where in it the next character goes. */
export interface Notes {
  readonly text: string;
  readonly cursor: number;
}

export type NotesMove = 'left' | 'right' | 'up' | 'down' | 'home' | 'end';
export type NotesEdit = NotesMove | 'newline' | 'erase' | 'delete';

/** Characters that a notepad holds at most. */
const NOTES_MAX = 20_000;
const SEGMENTS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Puts text in at the cursor; what finds no room, and what is no character, is left out. */
export function typeNotes({ text, cursor }: Notes, typed: string): Notes {
  const plain = typed
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '  ')
    .replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, '')
    .slice(0, Math.max(0, NOTES_MAX - text.length));
  return { text: text.slice(0, cursor) + plain + text.slice(cursor), cursor: cursor + plain.length };
}

/** The notepad after a key. */
export function editNotes(notes: Notes, edit: NotesEdit): Notes {
  const { text, cursor } = notes;
  switch (edit) {
    case 'newline':
      return typeNotes(notes, '\n');
    case 'erase': {
      const from = before(text, cursor);
      return { text: text.slice(0, from) + text.slice(cursor), cursor: from };
    }
    case 'delete':
      return { text: text.slice(0, cursor) + text.slice(after(text, cursor)), cursor };
    default:
      return { text, cursor: moved(notes, edit) };
  }
}

function moved({ text, cursor }: Notes, move: NotesMove): number {
  const start = lineStart(text, cursor);
  const end = lineEnd(text, cursor);
  switch (move) {
    case 'left':
      return before(text, cursor);
    case 'right':
      return after(text, cursor);
    case 'home':
      return start;
    case 'end':
      return end;
    case 'up':
      return start === 0 ? 0 : atColumn(text, lineStart(text, start - 1), columnOf(text, cursor));
    case 'down':
      return end === text.length ? end : atColumn(text, end + 1, columnOf(text, cursor));
  }
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** How many characters of its line stand before a place. */
function columnOf(text: string, at: number): number {
  return [...SEGMENTS.segment(text.slice(lineStart(text, at), at))].length;
}

/** The place in a line that has so many characters before it, or the line's end. */
function atColumn(text: string, start: number, column: number): number {
  const line = [...SEGMENTS.segment(text.slice(start, lineEnd(text, start)))];
  return start + (line[column]?.index ?? lineEnd(text, start) - start);
}

/** Where the character before a place begins. */
function before(text: string, at: number): number {
  if (at === 0) return 0;
  if (text[at - 1] === '\n') return at - 1;
  const start = lineStart(text, at);
  return start + ([...SEGMENTS.segment(text.slice(start, at))].at(-1)?.index ?? 0);
}

/** Where the character at a place ends. */
function after(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const [next] = SEGMENTS.segment(text.slice(at, at + 64));
  return at + (next?.segment.length ?? 1);
}
