import type { Played } from './ours.js';
import type { Recorded } from './recording.js';

/** What no two runs have in common. */
function settled(row: string): string {
  return row
    .replace(/\d+ seconds? ago +/, 'N seconds ago ')
    .replace(/\/tmp\/editor-\w+|\/home\/candidate/, '~')
    .trimEnd();
}

/** The first thing on the screen that differs, as words; undefined when nothing does. */
export function screenDifference(recorded: Recorded, ours: Played): string | undefined {
  for (const [at, row] of recorded.rows.entries()) {
    const own = ours.rows[at] ?? '';
    if (settled(row) !== settled(own))
      return `row ${at + 1}: ${JSON.stringify(settled(row))}, ours ${JSON.stringify(settled(own))}`;
  }
  const [column, row] = recorded.cursor;
  const [ownColumn, ownRow] = ours.cursor;
  return column === ownColumn && row === ownRow ? undefined : `cursor ${column},${row}, ours ${ownColumn},${ownRow}`;
}
