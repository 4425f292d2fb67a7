import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { cutLine, type Line, paintLine } from '../line/line.js';
import { useScene } from './context.js';

/** Rows of a screen, each cut to the width: exactly `rows` of them when given. */
export function Lines({
  lines,
  columns,
  rows = lines.length,
}: {
  readonly lines: readonly Line[];
  readonly columns: number;
  readonly rows?: number;
}): ReactElement | null {
  const { theme, stock } = useScene();
  if (rows <= 0) return null;
  const text = Array.from({ length: rows }, (_, row) => {
    const painted = paintLine(cutLine(lines[row] ?? [], columns), theme) || ' ';
    return stock ? stock.hold(painted, columns) : painted;
  }).join('\n');
  return (
    <Box width={columns} height={rows} flexShrink={0} overflow="hidden">
      <Text wrap="truncate">{text}</Text>
    </Box>
  );
}
