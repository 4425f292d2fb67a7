import { type ReactElement, useSyncExternalStore } from 'react';
import { bar } from '../charts/bar.js';
import type { ExamOffer } from '../exam-ports.js';
import { type Line, textWidth } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { useScene, useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import type { StepPlace } from '../real-ports.js';
import type { ReportPart, Screen } from '../store/state.js';
import { say, sayStep } from '../words/words.js';
import { examResultHeader, examResultLines } from './exam-result-lines.js';
import { examStartHeader, examStartLines } from './exam-start-lines.js';
import { progressHeader, progressLines } from './progress-lines.js';
import { reportHeader, reportLines } from './report-lines.js';
import { bodyRows, isAiry } from './scroll-room.js';
import { rowsBelow, windowAround, windowOf } from './window.js';
import { clockText } from './words.js';

type Loading = Extract<Screen, { name: 'loading' }>;

/** A bar is no longer than this. */
const BAR_COLUMNS_MAX = 40;

/** A header, and below it lines that scroll, or of which the chosen one is always seen. */
function Scrolling({
  header,
  lines,
  chosen,
  below,
}: {
  header: Line;
  lines: readonly Line[];
  chosen?: number;
  /** A row below the header, as far as there is room for it. */
  below?: ReactElement;
}): ReactElement {
  const { columns, rows } = useSlice((state) => state.size);
  const scroll = useSlice((state) => state.scroll);
  const airy = isAiry(rows);
  const all = bodyRows(rows);
  const room = below && all > 1 ? all - 1 : all;
  const seen = chosen === undefined ? windowOf(lines, scroll, room) : windowAround(lines, chosen, room);
  return (
    <>
      <Lines lines={[header]} columns={columns} />
      {airy && <Lines lines={[[]]} columns={columns} />}
      {room < all && below}
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
export function LoadingScreen({ title, steps, progress }: Omit<Loading, 'name' | 'opens'>): ReactElement {
  const lines = steps.map((step, index): Line => {
    const done = index < steps.length - 1;
    return [
      { text: done ? ' ✓ ' : ' … ', style: done ? 'passed' : 'focus' },
      { text: sayStep(step), style: done ? 'dim' : 'plain' },
    ];
  });
  const header: Line = [{ text: ` ${title}`, style: 'heading' }];
  const below = progress && <ProgressLine {...progress} />;
  return <Scrolling header={header} lines={lines} chosen={lines.length} {...(below ? { below } : {})} />;
}

/** How far it is, and for how long that takes by now. The clock is its own leaf: what moves is only what changes. */
function ProgressLine({ number, of }: StepPlace): ReactElement {
  const { clock } = useScene();
  const seconds = useSyncExternalStore(clock.subscribe, clock.get);
  const columns = useSlice((state) => state.size.columns);
  const place = say('real.place', { number, of, time: clockText(seconds) });
  const room = Math.max(0, Math.min(BAR_COLUMNS_MAX, columns - textWidth(place) - 4));
  const line: Line = [
    { text: ' ' },
    ...(room < 2 ? [] : [...bar((number - 1) / Math.max(1, of), room, 'focus'), { text: '  ' }]),
    { text: place },
  ];
  return <Lines lines={[line]} columns={columns} />;
}

/** What went wrong, and what to do. */
export function ErrorScreen({ title, message }: { readonly title: string; readonly message: string }): ReactElement {
  const columns = useSlice((state) => state.size.columns);
  const lines = message.split('\n').flatMap((line) => wrapLine([{ text: ' ' }, { text: line }], columns - 1, 1));
  return <Scrolling header={[{ text: ` ✗ ${title}`, style: 'failed' }]} lines={lines} />;
}
