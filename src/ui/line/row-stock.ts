import { textWidth, unpainted } from './line.js';

/** Stands before the number of a row in a frame; like that number, a character that no text has. */
const MARK = '\ue001';
const FIRST = 0xe100;
/** Rows kept at most: many times what the largest window shows. */
const KEPT_MAX = 4096;
const PLACEHOLDER_COLUMNS = 2;
const PLACEHOLDER = /\ue001([\ue100-\uf0ff])( *)(?=([\s\S]?))/g;

interface Kept {
  readonly text: string;
  readonly columns: number;
}

/**
 * Rows that are already as the terminal takes them. A frame holds two characters for each, and they are put in when it
 * is painted: Ink takes every character it is given apart, some fifteen milliseconds for a full window.
 */
export class RowStock {
  private readonly numbers = new Map<string, number>();
  private readonly kept: (Kept | undefined)[] = [];

  /** What is drawn in place of a row that fills a box of so many columns. */
  hold(text: string, columns: number): string {
    if (columns < PLACEHOLDER_COLUMNS || text.trim() === '') return text;
    const key = `${columns} ${text}`;
    const number = this.numbers.get(key) ?? this.free();
    this.kept[number] = { text, columns };
    this.renew(key, number);
    return MARK + String.fromCharCode(FIRST + number);
  }

  /** Puts the rows into a frame. */
  fill(frame: string): string {
    return frame.replace(PLACEHOLDER, (match, character: string, blanks: string, next: string) => {
      const number = character.charCodeAt(0) - FIRST;
      const row = this.kept[number];
      if (!row) return match;
      const { text, columns } = row;
      this.renew(`${columns} ${text}`, number);
      if (next === '' || next === '\n') return text.trimEnd();
      // To its right stands something else, at its own column.
      const width = textWidth(unpainted(text));
      return text + ' '.repeat(Math.max(0, PLACEHOLDER_COLUMNS + blanks.length - width));
    });
  }

  /** The rows of the present frame are always the newest, so that those that go were of earlier ones. */
  private renew(key: string, number: number): void {
    this.numbers.delete(key);
    this.numbers.set(key, number);
  }

  private free(): number {
    if (this.numbers.size < KEPT_MAX) return this.numbers.size;
    const [oldest] = this.numbers;
    const [key, number] = oldest as [string, number];
    this.numbers.delete(key);
    return number;
  }
}
