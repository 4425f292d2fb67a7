import { mean } from '../../labs/progress/mastery.js';
import type { PracticeDay } from '../../labs/progress/practice-days.js';
import { type Line, padStartText, textWidth } from '../line/line.js';
import { say } from '../words/words.js';
import { dateText } from './date-text.js';

const EIGHTHS = ['', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const AXIS = 7;
/** Widths of a bar with the gap after it, the best first. */
const STEPS = [
  { bar: 3, gap: 1 },
  { bar: 2, gap: 1 },
  { bar: 1, gap: 1 },
  { bar: 1, gap: 0 },
] as const;

interface ScoreBar {
  /** 0 to 1. */
  readonly share: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The mean score of each day on which something was graded, as upright bars with an axis, and below them the first and
 * the last day. Where there are more days than columns, neighbours share a bar. No lines without a score.
 */
export function scoreChart(days: readonly PracticeDay[], columns: number, rows: number): Line[] {
  const room = Math.max(1, columns - AXIS - 1);
  const bars = barsOf(days, room);
  const [first] = bars;
  const last = bars.at(-1);
  if (!first || !last) return [];
  const step = STEPS.find((one) => bars.length * (one.bar + one.gap) - one.gap <= room) ?? { bar: 1, gap: 0 };
  const width = bars.length * (step.bar + step.gap) - step.gap;
  const plot = Array.from({ length: rows }, (_, row): Line => {
    const cells = bars.map(({ share }) => cell(share, rows, row).repeat(step.bar) + ' '.repeat(step.gap));
    return [{ text: axisText(row, rows), style: 'dim' }, { text: cells.join('').trimEnd() }];
  });
  return [...plot, dates(dateText(first.first), dateText(last.last), width)];
}

function barsOf(days: readonly PracticeDay[], room: number): ScoreBar[] {
  const scored = days.flatMap(({ day, share }) => (share === undefined ? [] : [{ share, first: day, last: day }]));
  const each = Math.max(1, Math.ceil(scored.length / room));
  // The latest are always whole: what does not fill a bar stands at the beginning.
  const begin = scored.length % each;
  const groups = begin === 0 ? [] : [scored.slice(0, begin)];
  for (let at = begin; at < scored.length; at += each) groups.push(scored.slice(at, at + each));
  return groups.map((group) => ({
    share: mean(group.map(({ share }) => share)),
    first: group[0]?.first ?? 0,
    last: group.at(-1)?.last ?? 0,
  }));
}

/** One row of a bar; row 0 is the highest. A score of nothing is seen too. */
function cell(share: number, rows: number, row: number): string {
  const eighths = Math.max(1, Math.round(share * rows * 8));
  const here = eighths - (rows - 1 - row) * 8;
  return here <= 0 ? ' ' : (EIGHTHS[Math.min(8, here)] ?? ' ');
}

function axisText(row: number, rows: number): string {
  const middle = rows % 2 === 1 && row === (rows - 1) / 2;
  const label = row === 0 ? percent(100) : row === rows - 1 ? percent(0) : middle ? percent(50) : '';
  return `${padStartText(label, AXIS - 1)} `;
}

function percent(number: number): string {
  return say('number.percent', { number });
}

function dates(first: string, last: string, width: number): Line {
  const both = first !== last && width >= textWidth(first) + 2 + textWidth(last);
  const text = both
    ? first + padStartText(last, width - textWidth(first))
    : first === last
      ? first
      : `${first} – ${last}`;
  return [{ text: ' '.repeat(AXIS) }, { text, style: 'dim' }];
}
