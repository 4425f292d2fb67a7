import type { ReactElement } from 'react';
import type { ExamOffer } from '../exam-ports.js';
import type { Line } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import type { ReportPart } from '../store/state.js';
import { sayStep } from '../words/words.js';
import { examResultHeader, examResultLines } from './exam-result-lines.js';
import { examStartHeader, examStartLines } from './exam-start-lines.js';
import { progressHeader, progressLines } from './progress-lines.js';
import { reportHeader, reportLines } from './report-lines.js';
import { bodyRows, isAiry } from './scroll-room.js';
import { rowsBelow, windowAround, windowOf } from './window.js';

/** A header, and below it lines that scroll, or of which the chosen one is always seen. */
function Scrolling({ header, lines, chosen }: { header: Line; lines: readonly Line[]; chosen?: number }): ReactElement {
  const { columns, rows } = useSlice((state) => state.size);
  const scroll = useSlice((state) => state.scroll);
  const airy = isAiry(rows);
  const room = bodyRows(rows);
  const seen = chosen === undefined ? windowOf(lines, scroll, room) : windowAround(lines, chosen, room);
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

/** What an exam will be. */
export function ExamStartScreen({ offer }: { readonly offer: ExamOffer }): ReactElement {
  const columns = useSlice((state) => state.size.columns);
  return <Scrolling header={examStartHeader(offer, columns)} lines={examStartLines(offer, columns)} />;
}

/** A graded exam. */
export function ExamResultScreen(): ReactElement | null {
  const columns = useSlice((state) => state.size.columns);
  const exam = useSlice((state) => state.exam);
  return exam ? <Scrolling header={examResultHeader(exam, columns)} {...examResultLines(exam, columns)} /> : null;
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
      { text: sayStep(step), style: done ? 'dim' : 'plain' },
    ];
  });
  return <Scrolling header={[{ text: ` ${title}`, style: 'heading' }]} lines={lines} chosen={lines.length} />;
}

/** What went wrong, and what to do. */
export function ErrorScreen({ title, message }: { readonly title: string; readonly message: string }): ReactElement {
  const columns = useSlice((state) => state.size.columns);
  const lines = message.split('\n').flatMap((line) => wrapLine([{ text: ' ' }, { text: line }], columns - 1, 1));
  return <Scrolling header={[{ text: ` ✗ ${title}`, style: 'failed' }]} lines={lines} />;
}
