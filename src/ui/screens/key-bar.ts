import { keyContext } from '../keys/context.js';
import { type Line, lineWidth, type Span } from '../line/line.js';
import type { State } from '../store/state.js';

const NAMES: Readonly<Record<string, string>> = {
  'ctrl-]': '^]',
  down: '↑↓',
  enter: 'Enter',
  esc: 'Esc',
  pageup: 'PgUp',
};

/** A key's name as the bottom line and the cheat sheet show it. */
export function keyName(key: string): string {
  return NAMES[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `^${letter.toUpperCase()}`);
}

/** What the keys do here, made from the key tables; what finds no room is left out. */
export function keyBar(state: State, columns: number): Line {
  const bar: Span[] = [{ text: ' ' }];
  const rows = keyContext(state).tables.flatMap((table) => table.rows);
  const leaderHint = state.screen.name === 'lab' && !state.leader && state.overlay === null;
  const entries = rows
    .filter((row) => row.bar !== undefined && row.disabled?.(state) === undefined)
    .map((row) => ({ key: keyName(row.keys[0] as string), does: row.bar as string }));
  if (state.leader) bar.push({ text: '^] ', style: 'focus' });
  for (const { key, does } of [...entries, ...(leaderHint ? [{ key: '^]', does: 'more' }] : [])]) {
    const addition: Span[] = [
      { text: key, style: 'bold' },
      { text: ` ${does}`, style: 'dim' },
    ];
    if (lineWidth(bar) + lineWidth(addition) > columns) break;
    bar.push(...addition, { text: '  ' });
  }
  return bar.slice(0, -1);
}
