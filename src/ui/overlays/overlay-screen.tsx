import type { ReactElement } from 'react';
import type { Line } from '../line/line.js';
import { useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import { overlayRows } from '../screens/scroll-room.js';
import { rowsBelow, windowOf } from '../screens/window.js';
import type { Overlay } from '../store/state.js';
import { overlayLines } from './overlay-lines.js';

/** What lies over a screen takes its place as long as it is there. */
export function OverlayScreen({ overlay }: { readonly overlay: Overlay }): ReactElement {
  const state = useSlice((whole) => whole);
  const { columns, rows } = state.size;
  const room = overlayRows(rows);
  const seen = windowOf(overlayLines(state, overlay, columns - 1), overlay.scroll, room);
  const padding = Array.from({ length: Math.max(0, room - seen.lines.length) }, (): Line => []);
  return <Lines lines={[...seen.lines, ...padding, rowsBelow(seen)]} columns={columns} rows={rows - 1} />;
}
