import { recentTasks } from '../progress/exam-record.js';
import type { Progress } from '../progress/model.js';
import { type DrawOptions, drawExam, type ExamDraw } from './draw-exam.js';

export interface NextExam extends Omit<DrawOptions, 'recent'> {
  readonly progress: Pick<Progress, 'exams'>;
  /** The person named the seed: it draws the same for everybody, whatever was asked of them before. */
  readonly named: boolean;
}

/** Draws a person's next exam: what the last two of the certification asked is left out, as far as the pool allows. */
export function drawNext({ progress, named, ...options }: NextExam): ExamDraw {
  const { certification } = options.blueprint;
  return drawExam({ ...options, recent: named ? new Set() : recentTasks(progress.exams, certification) });
}
