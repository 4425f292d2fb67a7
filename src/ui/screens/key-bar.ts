import { keyContext } from '../keys/context.js';
import { type Line, lineWidth, type Span } from '../line/line.js';
import { valueMark, valuesIn } from '../markdown/values.js';
import type { State } from '../store/state.js';

const LEADER = 'ctrl-]';
/** From this width on the bottom line shows values' marks. */
const COLUMNS_WITH_SIGNS = 70;
const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  down: '↓',
  end: 'End',
  enter: 'Enter',
  esc: 'Esc',
  home: 'Home',
  left: '←',
  pagedown: 'PgDn',
  pageup: 'PgUp',
  right: '→',
  tab: 'Tab',
  up: '↑',
};

/** A key's name as people read it: the same one everywhere. */
export function keyName(key: string): string {
  if (key.startsWith('leader ')) return `${keyName(LEADER)} ${keyName(key.slice('leader '.length))}`;
  return NAMES[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}

/** What the keys do here, made from the key tables; what finds no room is left out. */
export function keyBar(state: State, columns: number): Line {
  const bar: Span[] = [{ text: ' ' }];
  if (state.leader) bar.push({ text: `${keyName(LEADER)} `, style: 'focus' });
  for (const { key, does } of barEntries(state, columns)) {
    const addition: Span[] = [
      { text: key, style: 'bold' },
      { text: ` ${does}`, style: 'dim' },
    ];
    if (lineWidth(bar) + lineWidth(addition) <= columns) bar.push(...addition, { text: '  ' });
  }
  return bar.slice(0, -1);
}

interface BarEntry {
  readonly key: string;
  readonly does: string;
}

/** The nearest to hand first: where there is little room the last are left out. */
function barEntries(state: State, columns: number): BarEntry[] {
  const rows = keyContext(state).tables.flatMap((table) => table.rows);
  const entries = rows
    .filter((row) => row.bar !== undefined && row.disabled?.(state) === undefined)
    .map(({ keys: [key = ''], bar = '', barKeys, last }) => ({
      key: barKeys ? barKeys.map(keyName).join(' ') : key === 'down' ? '↑↓' : keyName(key),
      does: bar,
      last: last === true,
    }));
  const first = entries.filter(({ last }) => !last);
  const values = leaderEntries(state, columns);
  return [...(state.leader ? [...values, ...first] : [...first, ...values]), ...entries.filter(({ last }) => last)];
}

/** On the lab screen: that the leader has more to offer, and types what has a number. */
function leaderEntries({ screen, leader, overlay, lab }: State, columns: number): BarEntry[] {
  if (screen.name !== 'lab' || overlay !== null || !lab) return [];
  const count = valuesIn(lab.view.task).length;
  const numbers = count > 1 ? `1–${count}` : '1';
  const does = columns < COLUMNS_WITH_SIGNS ? 'value' : count > 1 ? `types ¹–${valueMark(count)}` : 'types ¹';
  const values = { key: leader ? numbers : `${keyName(LEADER)} ${numbers}`, does };
  return [...(leader ? [] : [{ key: keyName(LEADER), does: 'more' }]), ...(count > 0 ? [values] : [])];
}
