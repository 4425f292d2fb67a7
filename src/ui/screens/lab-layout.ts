import type { Line } from '../line/line.js';
import { markdownLines } from '../markdown/markdown.js';
import { valuesIn } from '../markdown/values.js';
import type { LabState, Size } from '../store/state.js';
import { authorLines } from './author-lines.js';
import { lessonLines } from './lesson-lines.js';
import { solutionLines } from './solution-lines.js';

const BESIDE_COLUMNS = 140;
const TERMINAL_COLUMNS_MIN = 90;
const TASK_COLUMNS_MAX = 70;
const GAP = 3;
const ROWS_FOR_TASK = 10;
/** With fewer rows the terminal needs them all. */
const ROWS_FOR_STRIP = 6;
/** How far a task's text is set in behind its number. */
const INDENT_IN_EXAM = 4;
/** From this width on an author's panel stands beside the task. */
const AUTHOR_BESIDE_COLUMNS = 100;
/** Of the window's height, for task and panel. */
const AUTHOR_SHARE = 0.45;
/** Of the window's height, for a task. */
const TASK_SHARE = 1 / 3;
/** A lesson's step is read more than a task. */
const LESSON_SHARE = 0.45;
/** From this size on nothing is missing. */
const COMFORTABLE: Size = { columns: 60, rows: 20 };

/** Where everything on the lab screen stands. Rows and columns of the terminal do not depend on the focus. */
export interface LabLayout {
  readonly mode: 'above' | 'beside' | 'terminal';
  /** Rows of the header. */
  readonly top: number;
  readonly task: { readonly columns: number; readonly rows: number };
  readonly pane: { readonly columns: number; readonly rows: number };
  /** All lines of the task at its width. */
  readonly lines: readonly Line[];
  readonly values: readonly string[];
  readonly small: boolean;
  /** Rows for the terminals' names above the pane, where no rule has room for them. */
  readonly strip: 0 | 1;
  /** An author's panel: under the task, beside it, or in its place. */
  readonly panel?: AuthorLayout | undefined;
}

/** Where an author's panel stands. */
export interface AuthorLayout {
  readonly columns: number;
  readonly rows: number;
  readonly lines: readonly Line[];
  readonly beside: boolean;
}

type Laid = Pick<LabState, 'view' | 'layout'> &
  Partial<Pick<LabState, 'author' | 'focus' | 'lesson' | 'practice' | 'real' | 'tabs' | 'task' | 'host'>>;

/** Lays the lab screen out: a header, the task, a rule, the terminal, the keys. */
export function labLayout(size: Size, lab: Laid): LabLayout {
  const values = valuesIn(lab.view.task);
  const small = isSmall(size);
  const top = topRows(size, lab);
  const inside = Math.max(1, size.rows - 1 - top);
  const mode = layoutMode(size, lab);
  if (size.bare) {
    const lines = taskLines(lab, Math.max(1, size.columns - 2), values);
    const { columns, rows } = size;
    return { mode: 'terminal', top: 0, task: size, pane: { columns, rows }, lines, values, small: false, strip: 0 };
  }
  const strip = lab.tabs && mode !== 'above' && inside >= ROWS_FOR_STRIP ? 1 : 0;
  if (mode === 'beside') {
    const columns = Math.min(TASK_COLUMNS_MAX, size.columns - TERMINAL_COLUMNS_MIN - GAP);
    const lines = taskLines(lab, columns - 2, values);
    const panelRows = lab.author ? Math.ceil(inside / 2) : 0;
    return {
      mode,
      top,
      task: { columns, rows: inside - panelRows },
      pane: { columns: size.columns - columns - GAP, rows: inside - strip },
      lines,
      values,
      small,
      strip,
      panel: panelOf(lab, columns, panelRows, false),
    };
  }
  if (lab.author && mode === 'above') return withPanel(size, lab, values, small);
  const lines = taskLines(lab, Math.max(1, size.columns - 2), values);
  const whole = { columns: Math.max(2, size.columns), rows: inside };
  const below = { ...whole, rows: inside - strip };
  if (mode === 'terminal') return { mode, top, task: whole, pane: below, lines, values, small, strip };
  const share = lab.lesson || lab.practice?.solution ? LESSON_SHARE : TASK_SHARE;
  const rows = Math.min(lines.length, Math.floor(size.rows * share));
  return {
    mode,
    top,
    task: { columns: size.columns, rows },
    pane: { columns: size.columns, rows: Math.max(1, inside - rows - 1) },
    lines,
    values,
    small,
    strip,
  };
}

/** Whether a window is too small for everything to be seen. */
export function isSmall({ columns, rows }: Size): boolean {
  return columns < COMFORTABLE.columns || rows < COMFORTABLE.rows;
}

/** An exam's header has its tasks below it, and a row for what has to be said. */
function topRows({ rows }: Size, { task }: Laid): number {
  if (task === undefined || rows < ROWS_FOR_TASK) return 1;
  return rows < COMFORTABLE.rows ? 2 : 3;
}

/** A task's text, or a step of a lesson; in an exam its number and its host come first, and the text is set in. */
function taskLines(
  { view, task, host, lesson, practice, real }: Laid,
  columns: number,
  values: readonly string[],
): Line[] {
  if (lesson) return lessonLines(lesson, columns);
  if (practice?.solution) return solutionLines(practice, columns, !real);
  if (task === undefined) return markdownLines(view.task, columns, values);
  const indent = ' '.repeat(columns < COMFORTABLE.columns - 2 ? 0 : INDENT_IN_EXAM);
  return [
    [
      { text: `${String(task).padEnd(INDENT_IN_EXAM)}`, style: 'bold' },
      real ? { text: host ?? '', style: 'dim' } : { text: `ssh ${host}`, style: 'value' },
    ],
    ...markdownLines(view.task, Math.max(1, columns - indent.length), values).map(
      (line): Line => (line.length === 0 ? line : [{ text: indent }, ...line]),
    ),
  ];
}

/** Whether there is room for an author's panel or the task, but not for both. */
export function panelTakesTheTasksPlace(size: Size, lab: Pick<LabState, 'layout'>): boolean {
  return layoutMode(size, lab) === 'above' && size.columns < AUTHOR_BESIDE_COLUMNS;
}

/** Task and panel side by side above the terminal; where that is too narrow they take turns. */
function withPanel(size: Size, lab: Laid, values: readonly string[], small: boolean): LabLayout {
  const rows = Math.max(3, Math.floor(size.rows * AUTHOR_SHARE));
  const beside = size.columns >= AUTHOR_BESIDE_COLUMNS;
  const columns = beside ? Math.floor((size.columns - 1) / 2) : size.columns;
  const shown = beside || lab.author?.panel !== 'task';
  return {
    mode: 'above',
    top: 1,
    task: { columns, rows: shown && !beside ? 0 : rows },
    pane: { columns: size.columns, rows: Math.max(1, size.rows - 3 - rows) },
    lines: markdownLines(lab.view.task, Math.max(1, columns - 2), values),
    values,
    small,
    strip: 0,
    panel: shown ? panelOf(lab, beside ? size.columns - columns - 1 : size.columns, rows, beside) : undefined,
  };
}

function panelOf({ view, author }: Laid, columns: number, rows: number, beside: boolean): AuthorLayout | undefined {
  if (!author) return undefined;
  const lines = authorLines({ view, author }, columns - 2);
  return { columns, rows, lines, beside };
}

/** How task and terminal stand, as far as the window allows what was chosen. */
export function layoutMode({ columns, rows }: Size, { layout }: Pick<LabState, 'layout'>): LabLayout['mode'] {
  if (layout === 'terminal' || rows < ROWS_FOR_TASK) return 'terminal';
  if (layout === 'above') return 'above';
  const room = layout === 'beside' ? TERMINAL_COLUMNS_MIN + 30 + GAP : BESIDE_COLUMNS;
  return columns >= room ? 'beside' : 'above';
}
