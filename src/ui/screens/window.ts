import type { Line } from '../line/line.js';
import { counted } from './words.js';

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
  return last < all ? [{ text: ` ${counted(all - last, 'more row')} below`, style: 'dim' }] : [];
}

/** The lines around a chosen one. */
export function windowAround(lines: readonly Line[], chosen: number, rows: number): Window {
  const room = Math.max(1, rows);
  if (lines.length <= room) return windowOf(lines, 0, room);
  return windowOf(lines, Math.max(0, chosen - Math.floor(room / 2)), room);
}
