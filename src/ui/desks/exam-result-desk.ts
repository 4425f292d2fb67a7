import type { ExamTaskResult } from '../exam-ports.js';
import type { Intent } from '../store/event.js';
import type { State } from '../store/state.js';
import type { Store } from '../store/store.js';
import { neighbour } from './neighbour.js';

export interface ExamResultParts {
  readonly store: Store;
  /** Does a task again, as a lab by itself. */
  readonly redo: (task: ExamTaskResult) => void;
  /** The person has seen enough. */
  readonly leave: () => void;
}

/** A graded exam: its score, and the reports of its tasks. */
export class ExamResultDesk {
  private readonly parts: ExamResultParts;

  constructor(parts: ExamResultParts) {
    this.parts = parts;
  }

  perform(before: State, intent: Intent): void {
    if (before.screen.name === 'exam-result') this.performResult(before, intent);
    if (before.screen.name === 'report') this.performReport(before, intent);
  }

  private performResult({ exam }: State, intent: Intent): void {
    if (!exam?.result) return;
    const { tasks } = exam.result;
    if (intent === 'leave') return this.parts.leave();
    if (intent === 'open') return this.showReport(tasks[exam.cursor]?.number);
    if (intent !== 'redo') return;
    const failed = tasks.filter(({ points, total }) => points < total);
    const next = failed.find(({ number }) => exam.redone[number] === undefined) ?? failed[0];
    if (next) this.parts.redo(next);
  }

  private performReport({ screen, lab, exam }: State, intent: Intent): void {
    if (screen.name !== 'report' || !exam?.result || lab?.task === undefined) return;
    const { store, redo } = this.parts;
    const { tasks } = exam.result;
    switch (intent) {
      case 'solution':
      case 'explanation':
      case 'typed':
        return store.dispatch({ type: 'report-part', part: intent });
      case 'next':
      case 'previous':
        return this.showReport(neighbour(tasks, lab.task, intent));
      case 'again-same': {
        const task = tasks.find(({ number }) => number === lab.task);
        return task && redo(task);
      }
      case 'back':
        if (screen.part !== 'checks') return store.dispatch({ type: 'report-part', part: 'checks' });
        return store.dispatch({ type: 'shown', screen: { name: 'exam-result' } });
      default:
    }
  }

  private showReport(number: number | undefined): void {
    if (number !== undefined) this.parts.store.dispatch({ type: 'exam-task-report', number });
  }
}
