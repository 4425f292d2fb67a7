import type { Ending } from '../progress/exam-record.js';
import type { ExamEvent } from './exam-entry.js';

/** What an exam's entries come to. Spans are milliseconds of the exam's clock. */
export interface ExamState {
  readonly elapsed: number;
  /** The task in front; undefined before the first was opened. */
  readonly current: number | undefined;
  /** When each task was first opened, or called from another one's base. */
  readonly openedAt: ReadonlyMap<number, number>;
  /** How long each has been in front. */
  readonly spent: ReadonlyMap<number, number>;
  readonly flagged: ReadonlySet<number>;
  readonly notes: string;
  /** How often it was gone on with. */
  readonly resumed: number;
  readonly ended: Ending | 'given-up' | undefined;
}

export const NEW_EXAM: ExamState = {
  elapsed: 0,
  current: undefined,
  openedAt: new Map(),
  spent: new Map(),
  flagged: new Set(),
  notes: '',
  resumed: 0,
  ended: undefined,
};

/** An exam after one more entry. A clock that went back stands still. */
export function advanceExam(state: ExamState, entry: ExamEvent & { readonly at: number }): ExamState {
  if ('resumed' in entry) {
    const passed = passTime({ ...state, current: undefined }, entry.at);
    return { ...passed, current: state.current, resumed: state.resumed + 1 };
  }
  const passed = passTime(state, entry.at);
  if ('opened' in entry) return { ...passed, current: entry.opened, openedAt: firstOpened(passed, entry.opened) };
  if ('reached' in entry) return { ...passed, openedAt: firstOpened(passed, entry.reached) };
  if ('flag' in entry) {
    const flagged = new Set(state.flagged);
    if (entry.on) flagged.add(entry.flag);
    else flagged.delete(entry.flag);
    return { ...passed, flagged };
  }
  if ('notes' in entry) return { ...passed, notes: entry.notes };
  if ('ended' in entry) return { ...passed, ended: entry.ended };
  return passed;
}

function firstOpened({ openedAt, elapsed }: ExamState, number: number): ReadonlyMap<number, number> {
  return openedAt.has(number) ? openedAt : new Map([...openedAt, [number, elapsed] as const]);
}

/** Time passes for the exam, and for the task in front. */
export function passTime(state: ExamState, at: number): ExamState {
  const { elapsed, current, spent } = state;
  const span = at - elapsed;
  if (span <= 0 || state.ended !== undefined) return state;
  if (current === undefined) return { ...state, elapsed: at };
  return { ...state, elapsed: at, spent: new Map([...spent, [current, (spent.get(current) ?? 0) + span] as const]) };
}
