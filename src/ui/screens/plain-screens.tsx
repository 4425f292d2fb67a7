import type { ReactElement } from 'react';
import type { Line } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import type { ReportPart } from '../store/state.js';
import { progressHeader, progressLines } from './progress-lines.js';
import { reportHeader, reportLines } from './report-lines.js';
import { bodyRows, isAiry } from './scroll-room.js';
import { rowsBelow, windowOf } from './window.js';

/** A header, and below it lines that scroll. */
function Scrolling({ header, lines }: { header: Line; lines: readonly Line[] }): ReactElement {
  const { columns, rows } = useSlice((state) => state.size);
  const scroll = useSlice((state) => state.scroll);
  const airy = isAiry(rows);
  const room = bodyRows(rows);
  const seen = windowOf(lines, scroll, room);
  return (
    <>
      <Lines lines={[header]} columns={columns} />
      {airy && <Lines lines={[[]]} columns={columns} />}
      <Lines lines={seen.lines} columns={columns} rows={room} />
      {airy && <Lines lines={[rowsBelow(seen)]} columns={columns} />}
    </>
  );
}

/** The graded attempt. */
export function ReportScreen({ part }: { readonly part: ReportPart }): ReactElement | null {
  const columns = useSlice((state) => state.size.columns);
  const lab = useSlice((state) => state.lab);
  return lab ? <Scrolling header={reportHeader(lab, columns)} lines={reportLines(lab, part, columns)} /> : null;
}

/** What has been reached. */
export function ProgressScreen(): ReactElement {
  const state = useSlice((whole) => whole);
  const { columns } = state.size;
  return <Scrolling header={progressHeader(state, columns)} lines={progressLines(state, columns)} />;
}

/** What is being waited for. */
export function LoadingScreen({
  title,
  steps,
}: {
  readonly title: string;
  readonly steps: readonly string[];
}): ReactElement {
  const lines = steps.map((step, index): Line => {
    const done = index < steps.length - 1;
    return [
      { text: done ? ' ✓ ' : ' … ', style: done ? 'passed' : 'focus' },
      { text: step, style: done ? 'dim' : 'plain' },
    ];
  });
  return <Scrolling header={[{ text: ` ${title}`, style: 'heading' }]} lines={lines} />;
}

/** What went wrong, and what to do. */
export function ErrorScreen({ title, message }: { readonly title: string; readonly message: string }): ReactElement {
  const columns = useSlice((state) => state.size.columns);
  const lines = message.split('\n').flatMap((line) => wrapLine([{ text: ' ' }, { text: line }], columns - 1, 1));
  return <Scrolling header={[{ text: ` ✗ ${title}`, style: 'failed' }]} lines={lines} />;
}
