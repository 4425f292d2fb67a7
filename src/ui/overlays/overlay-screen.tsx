import type { ReactElement } from 'react';
import type { Line } from '../line/line.js';
import { useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import { ExamHeader } from '../screens/exam-header-line.js';
import { clockStays, overlayRows, rowsBelow, windowOf } from '../screens/window.js';
import type { Overlay } from '../store/state.js';
import { overlayLines } from './overlay-lines.js';

/** What lies over a screen takes its place as long as it is there; of an exam the clock stays. */
export function OverlayScreen({ overlay }: { readonly overlay: Overlay }): ReactElement {
  const state = useSlice((whole) => whole);
  const { columns } = state.size;
  const room = overlayRows(state);
  const seen = windowOf(overlayLines(state, overlay, columns - 1), overlay.scroll, room);
  const padding = Array.from({ length: Math.max(0, room - seen.lines.length) }, (): Line => []);
  return (
    <>
      {clockStays(state) && <ExamHeader />}
      <Lines lines={[...seen.lines, ...padding, rowsBelow(seen)]} columns={columns} rows={room + 1} />
    </>
  );
}
