import { TAB_CLOSE_KEY } from '../keys/tab-rows.js';
import { cutText, type Line, lineWidth, type Span } from '../line/line.js';
import type { TabState, TabsState } from '../store/state.js';
import { saySpans } from '../words/words.js';
import { keyName } from './key-bar.js';

/** Something was printed in it since it was last seen. */
const NEWS = '•';
/** Of a command no more is shown. */
const COMMAND_COLUMNS = 18;
/** What is said of the terminals, as far as there is room: of those behind what runs in them; their hosts; numbers. */
const NAMED = ['commands', 'hosts', 'front', 'none'] as const;

type Named = (typeof NAMED)[number];

/**
 * The terminals of a task, with the hosts one is at in them; in brackets the one in front, `•` those that printed
 * something since they were last seen. What does not fit goes where the one in front is further away.
 */
export function tabStrip(tabs: TabsState, columns: number): Line {
  const front = tabs.all.findIndex(({ number }) => number === tabs.front);
  for (const named of NAMED) {
    const line = stripLine(tabs, named, 0, tabs.all.length);
    if (lineWidth(line) <= columns) return line;
  }
  let first = 0;
  let last = tabs.all.length;
  while (last - first > 1 && lineWidth(stripLine(tabs, 'none', first, last)) > columns) {
    if (front - first > last - 1 - front) first += 1;
    else last -= 1;
  }
  return stripLine(tabs, 'none', first, last);
}

/** The strip, and what runs in the one in front when it was to be closed; in a row of its own. */
export function tabLine(tabs: TabsState, columns: number): Line {
  const closing = tabClosing(tabs);
  return [...tabStrip(tabs, columns - lineWidth(closing)), ...closing];
}

/** That something runs in the one in front, which was to be closed. Empty for nothing. */
export function tabClosing({ closing }: TabsState): Line {
  if (closing === undefined) return [];
  const key: Span = { text: keyName(`leader ${TAB_CLOSE_KEY}`), style: 'bold' };
  return [{ text: ' ' }, ...saySpans('tabs.closing', 'attention', { program: closing, key }), { text: ' ' }];
}

function stripLine({ all, front }: TabsState, named: Named, first: number, last: number): Line {
  return [
    ...(first > 0 ? [{ text: ' …' }] : []),
    ...all.slice(first, last).flatMap((tab): Span[] => {
      const isFront = tab.number === front;
      const name = isFront && named !== 'none' ? 'hosts' : named;
      return [{ text: tab === all[first] ? ' ' : '  ' }, ...item(tab, isFront, name)];
    }),
    { text: last < all.length ? ' … ' : ' ' },
  ];
}

function item({ number, host, command, news }: TabState, isFront: boolean, named: Named): Span[] {
  if (named === 'front' || named === 'none') return mark(String(number), isFront, news);
  const runs = named === 'commands' && command !== undefined ? `: ${cutText(command, COMMAND_COLUMNS)}` : '';
  return mark(`${number} ${host}${runs}`, isFront, news);
}

function mark(name: string, isFront: boolean, news: boolean): Span[] {
  if (isFront) return [{ text: `[${name}]`, style: 'selected' }];
  return [
    { text: name, style: 'dim' },
    ...(news ? [{ text: / /.test(name) ? ` ${NEWS}` : NEWS, style: 'attention' as const }] : []),
  ];
}
