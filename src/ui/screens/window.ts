import type { Line } from '../line/line.js';
import type { State } from '../store/state.js';
import { say } from '../words/words.js';

/** A part of many lines that fits, and where it begins. */
export interface Window {
  readonly lines: readonly Line[];
  readonly first: number;
  readonly last: number;
  readonly all: number;
}

/** The lines seen from `scroll` on; a position beyond the end is brought back. */
export function windowOf(lines: readonly Line[], scroll: number, rows: number): Window {
  const room = Math.max(0, rows);
  const first = Math.max(0, Math.min(scroll, lines.length - room));
  return {
    lines: lines.slice(first, first + room),
    first,
    last: Math.min(lines.length, first + room),
    all: lines.length,
  };
}

/** Says how much of it lies below what is seen; empty when nothing does. */
export function rowsBelow({ last, all }: Window): Line {
  return last < all ? [{ text: ` ${say('window.rows-below', { rows: all - last })}`, style: 'dim' }] : [];
}

/** The lines around a chosen one. */
export function windowAround(lines: readonly Line[], chosen: number, rows: number): Window {
  const room = Math.max(1, rows);
  if (lines.length <= room) return windowOf(lines, 0, room);
  return windowOf(lines, Math.max(0, chosen - Math.floor(room / 2)), room);
}

/** Rows of what lies over a screen: one above them while an exam's clock runs, one below says how much more there is. */
export function overlayRows({ size, lab, exam }: Pick<State, 'size' | 'lab' | 'exam'>): number {
  return Math.max(1, size.rows - 2 - (clockStays({ lab, exam }) ? 1 : 0));
}

/** Whether the exam's header stands above what lies over its screen. */
export function clockStays({ lab, exam }: Pick<State, 'lab' | 'exam'>): boolean {
  return exam !== undefined && exam.result === undefined && lab?.task !== undefined;
}
