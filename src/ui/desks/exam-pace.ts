import type { ExamState } from '../store/exam-state.js';

/**
 * How many minutes a candidate is over plan; less than 0 for minutes in hand. A task should take its weight's share of
 * the time. One that was left earlier than that has saved the rest, unless it is flagged to come back to; the one in
 * front has saved nothing yet.
 */
export function minutesOver(
  { view, opened, current, flagged }: ExamState,
  spentSeconds: (number: number) => number,
): number {
  const seconds = view.tasks.reduce((sum, { number, weight }) => {
    if (number !== current && !opened.includes(number)) return sum;
    const over = spentSeconds(number) - (weight / 100) * view.minutes * 60;
    const done = number !== current && !flagged.includes(number);
    return sum + (done ? over : Math.max(0, over));
  }, 0);
  return Math.trunc(seconds / 60);
}
