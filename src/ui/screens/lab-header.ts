import { type Line, lineWidth, spread } from '../line/line.js';
import type { LabState } from '../store/state.js';
import { clockText, counted } from './words.js';

/** Blanks between the header's two sides at least. */
const GAP = 2;
/** What the header leaves out for want of room, the first first: what the help overlay says too, then what the prompt does. */
const DROPPED = ['seed', 'id', 'points', 'over', 'host', 'limit'] as const;

/** The lab screen's header: what it is, where, for how much, and how long it has taken. The clock always stays. */
export function labHeader(lab: LabState, seconds: number, small: boolean, columns: number): Line {
  const without = new Set<string>(small ? ['seed', 'id'] : []);
  for (const part of DROPPED) {
    if (lineWidth(headerLeft(lab, small, without)) + lineWidth(headerRight(lab, seconds, without)) + GAP <= columns)
      break;
    without.add(part);
  }
  return spread(headerLeft(lab, small, without), headerRight(lab, seconds, without), columns);
}

function headerLeft({ view }: LabState, small: boolean, without: ReadonlySet<string>): Line {
  return [
    small ? { text: ' small: 60×20 shows more', style: 'attention' } : { text: ` ${view.title}`, style: 'heading' },
    { text: without.has('id') ? '' : ` · ${view.id}`, style: 'dim' },
    { text: without.has('seed') ? '' : ` · seed ${view.seed}`, style: 'dim' },
  ];
}

function headerRight({ view, host, hintsTaken }: LabState, seconds: number, without: ReadonlySet<string>): Line {
  const limit = view.minutes * 60;
  const over = seconds > limit;
  const price = hintsTaken.reduce((sum, hint) => sum + hint.price, 0);
  const points = price > 0 ? `${counted(view.points, 'point')} – ${price} for hints` : counted(view.points, 'point');
  return [
    ...(without.has('host') ? [] : [{ text: host, style: 'focus' as const }, { text: ' · ' }]),
    { text: without.has('points') ? '' : `${points} · ` },
    { text: clockText(seconds), style: over ? 'attention' : 'plain' },
    {
      text: without.has('limit') ? '' : ` of ${clockText(limit)}${over && !without.has('over') ? ', over time' : ''} `,
    },
  ];
}

/** The rule between task and terminal, saying which has the keys when it is not the terminal. */
export function labRule(
  { focus, author, lesson }: LabState,
  first: number,
  last: number,
  all: number,
  back: number,
  columns: number,
): Line {
  const more =
    last > first && last - first < all ? ` ${lesson ? 'step' : 'task'} rows ${first + 1}–${last} of ${all} ` : '';
  const keyed = author && last === first ? 'panel' : lesson ? 'step' : 'task';
  const where =
    focus === 'task'
      ? ` the ${keyed} has the keys `
      : focus === 'scrollback' || back > 0
        ? ` ${counted(back, 'row')} back `
        : '';
  const rule = '─'.repeat(Math.max(0, columns - more.length - where.length - 4));
  return [
    { text: '──', style: 'dim' },
    { text: where, style: 'focus' },
    { text: rule, style: 'dim' },
    { text: more, style: focus === 'task' ? 'focus' : 'dim' },
    { text: '──', style: 'dim' },
  ];
}
