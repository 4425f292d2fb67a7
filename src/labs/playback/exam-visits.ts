import type { ExamEntry } from '../exam/exam-entry.js';

/** A span for which a task was in front; milliseconds of the exam's clock. */
export interface Visit {
  readonly task: number;
  readonly from: number;
  readonly until: number;
}

/** The spans for which tasks were in front, in their order. What passed while nobody sat there belongs to none. */
export function examVisits(entries: readonly ExamEntry[]): Visit[] {
  const visits: Visit[] = [];
  let task: number | undefined;
  let from = 0;
  let last = 0;
  const end = (until: number): void => {
    if (task !== undefined && until > from) visits.push({ task, from, until });
  };
  for (const entry of entries) {
    const at = Math.max(last, entry.at);
    if ('resumed' in entry) {
      end(last);
      from = at;
    } else if ('opened' in entry) {
      end(at);
      task = entry.opened;
      from = at;
    } else if ('ended' in entry) {
      end(at);
      task = undefined;
    }
    last = at;
  }
  end(last);
  return visits;
}

/** When each task's clock began; milliseconds of the exam's. */
export function tasksBegan(entries: readonly ExamEntry[]): Map<number, number> {
  const began = new Map<number, number>();
  for (const entry of entries) {
    const task = 'opened' in entry ? entry.opened : 'reached' in entry ? entry.reached : undefined;
    if (task !== undefined && !began.has(task)) began.set(task, entry.at);
  }
  return began;
}
