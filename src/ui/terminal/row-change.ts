import { textWidth, unpainted } from '../line/line.js';

/** Where a row begins to differ from the one that stands there. */
export interface RowChange {
  /** Counted from 1. */
  readonly column: number;
  /** What is to be written from there on, its colours and all. */
  readonly text: string;
}

/** Characters that every terminal shows in one column; behind any other one no column is certain. */
const ONE_COLUMN = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2010-\u2027\u2030-\u205e\u2070-\u209f\u2190-\u21ff\u2500-\u25ff]*$/;
const COLOURS = /\x1b\[[0-9;:]*m/g;
/** What may belong to the character before it. */
const MARK = /[^\x1b\x20-\x7e]/;
const RESET = '\x1b[0m';

/** Whether every terminal gives a text, without colours, as many columns as it is counted for. */
export function isCertainWidth(text: string): boolean {
  return ONE_COLUMN.test(text);
}

/**
 * The end of a row from the first character on that is another one, so that a clock's tick writes the clock and a key its
 * character. The whole row where it is not certain in which column that is.
 */
export function rowChange(before: string, after: string): RowChange {
  const whole: RowChange = { column: 1, text: after };
  const kept = after.slice(0, commonLength(before, after));
  const bare = unpainted(kept);
  if (bare === '' || kept.includes('\x1b]') || !isCertainWidth(bare)) return whole;
  const colours = kept.slice(kept.lastIndexOf(RESET) + 1).match(COLOURS) ?? [];
  return { column: textWidth(bare) + 1, text: colours.join('') + after.slice(kept.length) };
}

/** How much is alike: whole characters, and whole sequences. */
function commonLength(before: string, after: string): number {
  let at = 0;
  while (at < after.length && before[at] === after[at]) at += 1;
  // A mark that stands on the character before belongs to it.
  if (MARK.test(before[at] ?? ' ')) at -= 1;
  while (at > 0 && MARK.test(after[at] ?? ' ')) at -= 1;
  const begun = after.lastIndexOf('\x1b', at - 1);
  if (begun < 0) return Math.max(0, at);
  const sequence = /^\x1b(?:\[[0-9;:]*m|\][^\x1b]*\x1b\\)/.exec(after.slice(begun));
  return sequence && begun + sequence[0].length <= at ? at : begun;
}
