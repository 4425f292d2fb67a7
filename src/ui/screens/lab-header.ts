import { graphemes, type Line, lineWidth, type Span, spread, textWidth } from '../line/line.js';
import type { LabState } from '../store/state.js';
import { say, saySpans } from '../words/words.js';
import { tabClosing, tabStrip } from './tab-strip.js';
import { clockText } from './words.js';

/** Blanks between the header's two sides at least. */
const GAP = 2;
/** Of a host no more is said, for a real cluster's name may be long. */
const HOST_COLUMNS_MAX = 16;
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
    small ? { text: ` ${say('lab.small')}`, style: 'attention' } : { text: ` ${view.title}`, style: 'heading' },
    { text: without.has('id') ? '' : ` · ${view.id}`, style: 'dim' },
    { text: without.has('seed') ? '' : ` · ${say('lab.seed', { seed: view.seed })}`, style: 'dim' },
  ];
}

function headerRight({ view, host, hintsTaken }: LabState, seconds: number, without: ReadonlySet<string>): Line {
  const limit = view.minutes * 60;
  const over = seconds > limit;
  const clock: Span = { text: clockText(seconds), style: over ? 'attention' : 'plain' };
  const time = { spent: clock, limit: clockText(limit) };
  const told = over && !without.has('over');
  const price = hintsTaken.reduce((sum, hint) => sum + hint.price, 0);
  const points =
    price > 0
      ? say('lab.points-less-hints', { points: view.points, price })
      : say('lab.points', { points: view.points });
  return [
    ...(without.has('host') ? [] : [{ text: hostText(host), style: 'focus' as const }, { text: ' · ' }]),
    { text: without.has('points') ? '' : `${points} · ` },
    ...(without.has('limit')
      ? [clock]
      : [...saySpans(told ? 'time.of-over' : 'time.of', undefined, time), { text: ' ' }]),
  ];
}

/** A host's or a real cluster's name. A long one without `context=`, and then from its end: names of clusters begin alike. */
export function hostText(host: string): string {
  const name = host.replace(/^context=/, '');
  for (const text of [host, name]) if (textWidth(text) <= HOST_COLUMNS_MAX) return text;
  const parts = graphemes(name);
  while (textWidth(parts.join('')) >= HOST_COLUMNS_MAX) parts.shift();
  return `…${parts.join('')}`;
}

/** The rule between task and terminal, saying which has the keys when it is not the terminal. */
export function labRule(
  { focus, author, lesson, tabs }: LabState,
  first: number,
  last: number,
  all: number,
  back: number,
  columns: number,
): Line {
  const rows = { first: first + 1, last, all };
  const seen = last > first && last - first < all;
  const closing = tabs ? tabClosing(tabs) : [];
  const more = seen && closing.length === 0 ? ` ${lesson ? say('lesson.rows', rows) : say('lab.rows', rows)} ` : '';
  const keyed = author && last === first ? 'lab.panel-has-keys' : lesson ? 'lesson.has-keys' : 'lab.task-has-keys';
  const where =
    focus === 'task'
      ? ` ${say(keyed)} `
      : focus === 'scrollback' || back > 0
        ? ` ${say('lab.rows-back', { rows: back })} `
        : '';
  const told: Line = closing.length > 0 ? closing : [{ text: where, style: 'focus' }];
  const room = columns - textWidth(more) - lineWidth(told) - 4;
  const strip = tabs ? tabStrip(tabs, room) : [];
  const rule = '─'.repeat(Math.max(0, room - lineWidth(strip)));
  return [
    { text: '──', style: 'dim' },
    ...strip,
    ...told,
    { text: rule, style: 'dim' },
    { text: more, style: focus === 'task' ? 'focus' : 'dim' },
    { text: '──', style: 'dim' },
  ];
}
