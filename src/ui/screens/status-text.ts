import type { State } from '../store/state.js';
import { say } from '../words/words.js';
import { clockText } from './words.js';

/** Where somebody is at a lab or in an exam, and what the clock says. */
export function statusText({ lab, exam }: State, seconds: number): string {
  if (!lab) return '';
  const { host, view, task } = lab;
  const time = clockText(seconds);
  if (task === undefined || !exam)
    return say('status.lab', { title: view.title, host, time, limit: clockText(view.minutes * 60) });
  return say('status.exam', { number: task, total: exam.view.tasks.length, host, time });
}
