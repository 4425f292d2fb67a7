import { type ReactElement, useSyncExternalStore } from 'react';
import { useScene, useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import { examHeader, examNotice, examStrip } from './exam-header.js';
import { isSmall } from './lab-layout.js';

/** From here on there is a row for what has to be said. */
const ROWS_WITH_NOTICE = 10;

/** An exam's header. The clock is its own leaf: what moves is only what changes. */
export function ExamHeader(): ReactElement | null {
  const { clock } = useScene();
  const seconds = useSyncExternalStore(clock.subscribe, clock.get);
  const size = useSlice((state) => state.size);
  const exam = useSlice((state) => state.exam);
  const alone = useSlice((state) => state.overlay !== null) || size.rows < ROWS_WITH_NOTICE;
  if (!exam) return null;
  const time = { seconds, minutesOver: clock.minutesOver };
  const line = examHeader(exam, time, { small: isSmall(size), alone }, size.columns);
  return <Lines lines={[line]} columns={size.columns} />;
}

/** What stands above a task: the header, the tasks, and room for what has to be said. */
export function ExamTop({ rows }: { readonly rows: number }): ReactElement | null {
  const { columns } = useSlice((state) => state.size);
  const exam = useSlice((state) => state.exam);
  if (!exam) return null;
  const strip = examStrip(exam, columns);
  const notice = examNotice(exam);
  const below = rows > 2 ? [strip, notice] : rows > 1 ? [notice.length > 0 ? notice : strip] : [];
  return (
    <>
      <ExamHeader />
      <Lines lines={below} columns={columns} />
    </>
  );
}
