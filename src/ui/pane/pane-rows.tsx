import { Box, Text } from 'ink';
import { type ReactElement, useSyncExternalStore } from 'react';
import type { PaneView } from './view.js';

/** A terminal's screen, cut to the room there is: its newest rows when there is less room than rows. */
export function PaneRows({
  pane,
  columns,
  rows,
}: {
  readonly pane: PaneView;
  readonly columns: number;
  readonly rows: number;
}): ReactElement {
  useSyncExternalStore(pane.subscribe, () => pane.version);
  const all = pane.rows();
  const shown = all.slice(0, rows);
  return (
    <Box width={columns} height={rows} flexShrink={0} overflow="hidden">
      <Text wrap="truncate">{Array.from({ length: rows }, (_, row) => shown[row] || ' ').join('\n')}</Text>
    </Box>
  );
}
