import { keyContext } from '../keys/context.js';
import { barText } from '../keys/table-text.js';
import { cutLine, type Line, lineWidth, type Span } from '../line/line.js';
import { valueMark, valuesIn } from '../markdown/values.js';
import type { State } from '../store/state.js';
import { type PlainKey, say } from '../words/words.js';

const LEADER = 'ctrl-]';
/** From this width on the bottom line shows values' marks. */
const COLUMNS_WITH_SIGNS = 70;
const SIGNS: Readonly<Record<string, string>> = { down: '↓', left: '←', right: '→', up: '↑' };
const NAMES: Readonly<Record<string, PlainKey>> = {
  ' ': 'key-name.space',
  backspace: 'key-name.backspace',
  delete: 'key-name.delete',
  end: 'key-name.end',
  enter: 'key-name.enter',
  esc: 'key-name.esc',
  home: 'key-name.home',
  pagedown: 'key-name.pagedown',
  pageup: 'key-name.pageup',
  'shift-tab': 'key-name.shift-tab',
  tab: 'key-name.tab',
};

/** A key's name as people read it: the same one everywhere. */
export function keyName(key: string): string {
  if (key.startsWith('leader ')) return `${keyName(LEADER)} ${keyName(key.slice('leader '.length))}`;
  const name = NAMES[key];
  if (name !== undefined) return say(name);
  const letter = /^ctrl-(.)$/.exec(key)?.[1];
  return letter === undefined ? (SIGNS[key] ?? key) : say('key-name.ctrl', { key: letter.toUpperCase() });
}

/** What the keys do here, made from the key tables and in their order; what finds no room is left out. */
export function keyBar(state: State, columns: number): Line {
  const head: Span[] = [
    { text: ' ' },
    ...findSpans(state, columns),
    ...(state.leader ? [{ text: `${keyName(LEADER)} `, style: 'focus' as const }] : []),
  ];
  const entries = barEntries(state, columns).map((entry) => ({ ...entry, spans: barSpans(entry) }));
  let room = columns - lineWidth(head);
  const fitting = new Set<(typeof entries)[number]>();
  for (const entry of [...entries].sort((one, other) => one.rank - other.rank)) {
    const width = lineWidth(entry.spans);
    if (width > room) continue;
    fitting.add(entry);
    room -= width + GAP.length;
  }
  const shown = entries.filter((entry) => fitting.has(entry));
  const line = [...head, ...shown.flatMap(({ spans }, index) => (index > 0 ? [{ text: GAP }, ...spans] : spans))];
  return cutLine(line, columns);
}

const GAP = '  ';

/** What is looked for in the terminal, and what was found; of a long text its end. */
function findSpans({ screen, overlay, leader, lab }: State, columns: number): Span[] {
  if (screen.name !== 'lab' || overlay !== null || leader || !lab?.find) return [];
  const { query, at, of } = lab.find;
  const shown = [...query].slice(-Math.max(4, columns >> 2)).join('');
  const count = query === '' ? '' : of === 0 ? ` ${say('bar.not-found')}` : ` ${say('bar.found', { at, of })}`;
  return [
    { text: `/${shown}${lab.focus === 'find' ? '▏' : ''}`, style: 'focus' },
    { text: count, style: of === 0 ? 'attention' : 'plain' },
    { text: GAP },
  ];
}

interface BarEntry {
  readonly key: string;
  readonly does: string;
  /** Where there is little room those with a higher one are left out. */
  readonly rank: number;
}

function barSpans({ key, does }: BarEntry): Line {
  return [
    { text: key, style: 'bold' },
    { text: ` ${does}`, style: 'dim' },
  ];
}

function barEntries(state: State, columns: number): BarEntry[] {
  const rows = keyContext(state).tables.flatMap((table) => table.rows);
  const entries = rows
    .filter((row) => row.bar !== undefined && row.disabled?.(state) === undefined)
    .map((row) => {
      const { keys, barKeys, rank = 0 } = row;
      const [key = ''] = keys;
      return {
        key: barKeys ? barKeys.map(keyName).join(' ') : key === 'down' ? '↑↓' : keyName(key),
        does: barText(row) ?? '',
        rank,
      };
    });
  const values = leaderEntries(state, columns);
  return state.leader ? [...values, ...entries] : [...entries, ...values];
}

/** On the lab screen: that the leader has more to offer, and types what has a number. */
function leaderEntries({ screen, leader, overlay, lab }: State, columns: number): BarEntry[] {
  if (screen.name !== 'lab' || overlay !== null || !lab) return [];
  const count = valuesIn(lab.view.task).length;
  const numbers = count > 1 ? `1–${count}` : '1';
  const signs = count > 1 ? `¹–${valueMark(count)}` : '¹';
  const does = columns < COLUMNS_WITH_SIGNS ? say('bar.value') : say('bar.types', { signs });
  const values = { key: leader ? numbers : `${keyName(LEADER)} ${numbers}`, does, rank: leader ? 0 : 2 };
  return [
    ...(leader ? [] : [{ key: keyName(LEADER), does: say('bar.more'), rank: 1 }]),
    ...(count > 0 ? [values] : []),
  ];
}
