import { type Line, spread } from '../line/line.js';
import type { LabState } from '../store/state.js';
import { clockText, counted } from './words.js';

/** The lab screen's header: what it is, where, for how much, and how long it has taken. */
export function labHeader(
  { view, host, hintsTaken }: LabState,
  seconds: number,
  small: boolean,
  columns: number,
): Line {
  const over = seconds > view.minutes * 60;
  const price = hintsTaken.reduce((sum, hint) => sum + hint.price, 0);
  const left: Line = small
    ? [{ text: ' small: 60×20 shows more', style: 'attention' }]
    : [
        { text: ` ${view.title}`, style: 'heading' },
        { text: ` · ${view.id} · seed ${view.seed}`, style: 'dim' },
      ];
  const points = price > 0 ? `${counted(view.points, 'point')} – ${price} for hints` : counted(view.points, 'point');
  return spread(
    left,
    [
      ...(columns >= 60 ? [{ text: host, style: 'focus' as const }, { text: ` · ${points} · ` }] : []),
      { text: clockText(seconds), style: over ? 'attention' : 'plain' },
      ...(columns >= 40 ? [{ text: ` of ${clockText(view.minutes * 60)}${over ? ', over time' : ''} ` }] : []),
    ],
    columns,
  );
}

/** The rule between task and terminal, saying which has the keys when it is not the terminal. */
export function labRule(
  { focus }: LabState,
  first: number,
  last: number,
  all: number,
  back: number,
  columns: number,
): Line {
  const more = last - first < all ? ` task rows ${first + 1}–${last} of ${all} ` : '';
  const where =
    focus === 'task' ? ' the task has the keys ' : focus === 'scrollback' ? ` ${counted(back, 'row')} back ` : '';
  const rule = '─'.repeat(Math.max(0, columns - more.length - where.length - 4));
  return [
    { text: '──', style: 'dim' },
    { text: where, style: 'focus' },
    { text: rule, style: 'dim' },
    { text: more, style: focus === 'task' ? 'focus' : 'dim' },
    { text: '──', style: 'dim' },
  ];
}
