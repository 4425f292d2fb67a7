import type { Ending, ExamDomainRecord, ExamRecord, ExamTaskRecord } from '../progress/exam-record.js';
import type { ExamHeader } from './exam-entry.js';
import type { ExamState } from './exam-state.js';

/** What a task earned; a task without was never opened and has earned nothing. */
export interface TaskPoints {
  readonly points: number;
  readonly total: number;
}

export interface ExamResultParts {
  /** The exam's id. */
  readonly id: string;
  readonly header: ExamHeader;
  readonly state: ExamState;
  readonly ending: Ending;
  /** By the numbers of the tasks. */
  readonly earned: ReadonlyMap<number, TaskPoints>;
  /** When it was graded. ISO 8601. */
  readonly graded: string;
}

/** Sums an exam up: what each task, each domain and the whole earned, and whether that passes. */
export function examResult({ id, header, state, ending, earned, graded }: ExamResultParts): ExamRecord {
  const tasks = header.tasks.map(
    ({ number, lab, seed, domain, weight, minutes, points }): ExamTaskRecord => ({
      number,
      lab,
      seed,
      domain,
      weight,
      minutes,
      opened: state.openedAt.has(number),
      ...(earned.get(number) ?? { points: 0, total: points }),
      seconds: Math.floor((state.spent.get(number) ?? 0) / 1000),
      flagged: state.flagged.has(number),
    }),
  );
  const percent = percentOf(tasks) ?? 0;
  const { blueprint, title, certification, seed, started, minutes, coach, interruptions, passPercent, real } = header;
  return {
    id,
    blueprint,
    title,
    certification,
    seed,
    ...(real ? { cluster: real.cluster } : {}),
    started,
    graded,
    minutes,
    seconds: Math.floor(state.elapsed / 1000),
    ending,
    coach,
    interruptions,
    resumed: state.resumed,
    percent,
    passPercent,
    passed: percent >= passPercent,
    notes: state.notes,
    domains: header.domains.map(
      ({ name, weight }): ExamDomainRecord => ({
        name,
        weight,
        percent: percentOf(tasks.filter(({ domain }) => domain === name)),
      }),
    ),
    tasks,
  };
}

/** What sums of shares are off by at most. */
const ROUNDING_ERROR = 1e-9;

/** What tasks earned of their weight, in whole per cent rounded down; undefined for tasks that weigh nothing. */
function percentOf(tasks: readonly ExamTaskRecord[]): number | undefined {
  const weight = tasks.reduce((sum, task) => sum + task.weight, 0);
  if (weight === 0) return undefined;
  const share = tasks.reduce((sum, task) => sum + (task.weight * task.points) / Math.max(1, task.total), 0) / weight;
  return Math.floor(100 * share + ROUNDING_ERROR);
}
