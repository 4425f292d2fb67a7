import type { ExamState } from '../store/exam-state.js';

/** Of its plan, what somebody spends at least on a task that is done. */
const WORKED_ON = 0.25;

/**
 * How many minutes a candidate is over plan; less than 0 for minutes in hand. A task should take its weight's share of
 * the time. One that was left earlier than that has saved the rest, unless it was only looked at or is flagged to come
 * back to; the one in front has saved nothing yet.
 */
export function minutesOver(
  { view, opened, current, flagged }: ExamState,
  spentSeconds: (number: number) => number,
): number {
  const seconds = view.tasks.reduce((sum, { number, weight }) => {
    if (number !== current && !opened.includes(number)) return sum;
    const plan = (weight / 100) * view.minutes * 60;
    const spent = spentSeconds(number);
    const over = spent - plan;
    const done = number !== current && !flagged.includes(number) && spent >= plan * WORKED_ON;
    return sum + (done ? over : Math.max(0, over));
  }, 0);
  return Math.trunc(seconds / 60);
}
