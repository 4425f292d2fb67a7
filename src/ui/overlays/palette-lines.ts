import { foundCommands } from '../keys/palette.js';
import { PALETTE_KEYS } from '../keys/palette-rows.js';
import { doesText, titleText } from '../keys/table-text.js';
import { type Line, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { keyName } from '../screens/key-bar.js';
import { overlayRows, windowAround } from '../screens/window.js';
import type { Overlay, State } from '../store/state.js';
import { say } from '../words/words.js';

/** Further to the right a key would be too far from what it does. */
const COLUMNS_MAX = 100;
const ROWS_WITH_GAP = 6;

/** What can be done here, as far as it is called what was typed; what cannot be done now says why. */
export function paletteLines(
  state: State,
  { query, cursor }: Extract<Overlay, { name: 'palette' }>,
  columns: number,
): Line[] {
  const commands = foundCommands(state);
  const rows = commands.map(({ row, keys, not }, index): Line => {
    const chosen = index === cursor;
    const style = not === undefined ? (chosen ? 'bold' : 'plain') : 'dim';
    return spread(
      [
        { text: chosen ? ' ▸ ' : '   ', style: chosen ? 'selected' : 'plain' },
        {
          text: not === undefined ? doesText(row) : say('keys-help.not-now', { does: doesText(row), reason: not }),
          style,
        },
      ],
      [{ text: keys.map(keyName).join('  '), style: 'dim' }],
      Math.min(columns, COLUMNS_MAX),
    );
  });
  const title: Line = [
    { text: ` ${titleText(PALETTE_KEYS)}`, style: 'heading' },
    { text: query === '' ? `: ${say('palette.how')} ` : ': ', style: 'dim' },
    { text: `${query}▏`, style: 'focus' },
  ];
  const nothing: Line[] = wrapLine([{ text: ' ' }, { text: say('palette.nothing'), style: 'attention' }], columns, 1);
  const room = overlayRows(state);
  const head: Line[] = room < ROWS_WITH_GAP ? [title] : [title, []];
  return [...head, ...(rows.length === 0 ? nothing : windowAround(rows, cursor, room - head.length).lines)];
}
