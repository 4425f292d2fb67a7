import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { rowPlaceholder } from './placeholder.js';

/** The room of a terminal's screen; its rows are put in when the frame is painted. */
export function PaneRows({ columns, rows }: { readonly columns: number; readonly rows: number }): ReactElement {
  return (
    <Box width={columns} height={rows} flexShrink={0} overflow="hidden">
      <Text>{Array.from({ length: rows }, (_, row) => rowPlaceholder(row)).join('\n')}</Text>
    </Box>
  );
}
