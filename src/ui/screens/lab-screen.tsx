import { Box } from 'ink';
import { type ReactElement, useSyncExternalStore } from 'react';
import type { Line } from '../line/line.js';
import { PaneRows } from '../pane/pane-rows.js';
import { useScene, useSlice } from '../parts/context.js';
import { Lines } from '../parts/lines.js';
import type { LabState, Size, TabsState } from '../store/state.js';
import { say } from '../words/words.js';
import { ExamTop } from './exam-header-line.js';
import { keyName } from './key-bar.js';
import { labHeader, labRule } from './lab-header.js';
import { type AuthorLayout, type LabLayout, labLayout } from './lab-layout.js';
import { lessonHeader } from './lesson-lines.js';
import { tabLine } from './tab-strip.js';
import { windowOf } from './window.js';

const NEVER = (): (() => void) => () => {};

/** The lab: task and terminal. */
export function LabScreen(): ReactElement | null {
  const size = useSlice((state) => state.size);
  const lab = useSlice((state) => state.lab);
  if (!lab) return null;
  const layout = labLayout(size, lab);
  const seen = windowOf(layout.lines, lab.taskScroll, layout.task.rows);
  const { panel } = layout;
  const taskLines = (
    <Lines
      lines={seen.lines.map((line): Line => [{ text: ' ' }, ...line])}
      columns={layout.task.columns}
      rows={layout.task.rows}
    />
  );
  const task = (
    <Box flexDirection={panel?.beside ? 'row' : 'column'} gap={panel?.beside ? 1 : 0}>
      {layout.task.rows > 0 && taskLines}
      {panel && <Panel panel={panel} lab={lab} />}
    </Box>
  );
  return (
    <>
      {lab.task === undefined ? <Header size={size} lab={lab} layout={layout} /> : <ExamTop rows={layout.top} />}
      {layout.mode === 'above' && (
        <>
          {task}
          <Rule lab={lab} seen={seen} columns={size.columns} />
          <Terminal layout={layout} />
        </>
      )}
      {layout.mode === 'beside' && (
        <Box gap={size.columns - layout.task.columns - layout.pane.columns}>
          {task}
          <Terminal layout={layout} tabs={lab.tabs} />
        </Box>
      )}
      {layout.mode === 'terminal' && (lab.focus === 'task' ? task : <Terminal layout={layout} tabs={lab.tabs} />)}
    </>
  );
}

/** The clock is its own leaf: what moves is only what changes. */
function Header({ size, lab, layout }: { size: Size; lab: LabState; layout: LabLayout }): ReactElement {
  const { clock } = useScene();
  const seconds = useSyncExternalStore(clock.subscribe, clock.get);
  const line = lab.lesson
    ? lessonHeader(lab, lab.lesson, size.columns)
    : labHeader(lab, seconds, layout.small, size.columns);
  return <Lines lines={[line]} columns={size.columns} />;
}

function Rule({
  lab,
  seen,
  columns,
}: {
  lab: LabState;
  seen: { first: number; last: number; all: number };
  columns: number;
}): ReactElement {
  const pane = useScene().pane();
  useSyncExternalStore(pane ? pane.subscribe : NEVER, () => pane?.scrolledBack ?? 0);
  const back = pane?.scrolledBack ?? 0;
  return <Lines lines={[labRule(lab, seen.first, seen.last, seen.all, back, columns)]} columns={columns} />;
}

/** What does not fit says so in the last row; it is scrolled to with the task. */
function Panel({
  panel: { lines, columns, rows },
  lab: { taskScroll, focus },
}: {
  panel: AuthorLayout;
  lab: LabState;
}): ReactElement {
  const room = lines.length > rows ? rows - 1 : rows;
  const seen = windowOf(lines, taskScroll, room);
  const rowsSeen = say('author.rows', { first: seen.first + 1, last: seen.last, all: seen.all });
  const how = focus === 'task' ? '' : ` · ${say('author.scrolls', { key: keyName('F2') })}`;
  const more: Line[] = lines.length > rows ? [[{ text: rowsSeen + how, style: 'dim' }]] : [];
  return (
    <Lines
      lines={[...seen.lines, ...more].map((line): Line => [{ text: ' ' }, ...line])}
      columns={columns}
      rows={rows}
    />
  );
}

function Terminal({ layout, tabs }: { layout: LabLayout; tabs?: TabsState | undefined }): ReactElement {
  const { columns, rows } = layout.pane;
  const pane = <PaneRows columns={columns} rows={rows} />;
  if (!tabs || layout.strip === 0) return pane;
  return (
    <Box flexDirection="column">
      <Lines lines={[tabLine(tabs, columns)]} columns={columns} />
      {pane}
    </Box>
  );
}
