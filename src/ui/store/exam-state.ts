import type { ExamResultView, ExamStanding, ExamView } from '../exam-ports.js';
import type { LabState } from './state.js';

/** An exam on the screens. The task in front is the state's lab. */
export interface ExamState {
  readonly view: ExamView;
  /** The task in front. */
  readonly current: number;
  /** Tasks whose machines have been seen. */
  readonly opened: readonly number[];
  readonly flagged: readonly number[];
  readonly notes: string;
  /** The machine of the task in front is still being made, and that takes its time. */
  readonly preparing: boolean;
  /** What is said of the time that is left. */
  readonly alert: string | undefined;
  /** Said once, while its task is in front: where the tools are. */
  readonly advice: { readonly task: number; readonly text: string } | undefined;
  /** Why nothing can be written down now. */
  readonly trouble: string | undefined;
  /** How the tasks that are not in front were left: where they are scrolled to, and so on. */
  readonly behind: Readonly<Record<number, LabState>>;
  /** There once it is graded. */
  readonly result: ExamResultView | undefined;
  /** The chosen row of the result, counted from 0. */
  readonly cursor: number;
  /** What came of tasks that were done again. */
  readonly redone: Readonly<Record<number, { readonly points: number; readonly total: number }>>;
}

/** An exam when the screens take it up. */
export function openedExam(view: ExamView, { current, opened, flagged, notes }: ExamStanding): ExamState {
  return {
    view,
    current: current ?? 1,
    opened,
    flagged,
    notes,
    preparing: false,
    alert: undefined,
    advice: undefined,
    trouble: undefined,
    behind: {},
    result: undefined,
    cursor: 0,
    redone: {},
  };
}

/** The tasks of an exam that somebody who wants to finish should be told of. */
export function leftOver({ view, opened, flagged }: ExamState): { unopened: number[]; flagged: number[] } {
  const numbers = view.tasks.map(({ number }) => number);
  return {
    unopened: numbers.filter((number) => !opened.includes(number)),
    flagged: numbers.filter((number) => flagged.includes(number)),
  };
}
