import type { ReactElement } from 'react';
import { useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import { windowOf } from '../screens/window.js';
import type { Overlay } from '../store/state.js';
import { overlayLines } from './overlay-lines.js';

/** What lies over a screen takes its place as long as it is there. */
export function OverlayScreen({ overlay }: { readonly overlay: Overlay }): ReactElement {
  const state = useSlice((whole) => whole);
  const { columns, rows } = state.size;
  const scroll = overlay.name === 'help' ? overlay.scroll : 0;
  const seen = windowOf(overlayLines(state, overlay, columns - 1), scroll, rows - 1);
  return <Lines lines={seen.lines} columns={columns} rows={rows - 1} />;
}
