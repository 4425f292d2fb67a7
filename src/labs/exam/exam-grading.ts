import { MACHINE_THREADS } from '../../clusters/sim/shared-threads.js';
import { HomeError } from '../home.js';
import type { Graded } from '../session/live-session.js';
import { ExamLeftError } from './exam-errors.js';
import type { ExamMachines } from './exam-machines.js';

/** How often a machine that fails while it is graded is made again. */
const GRADING_TRIES = 2;

/** A task's grade; none for one that was never opened, which has earned nothing. */
export interface GradedTask {
  readonly number: number;
  readonly graded: Graded | undefined;
  /** The lines that shells read. */
  readonly typed: readonly string[];
}

/** Grades the tasks of an exam that is over, each on its own machine as it is. */
export class ExamGrading {
  private readonly machines: ExamMachines;
  private readonly graded = new Map<number, Promise<GradedTask>>();

  constructor(machines: ExamMachines) {
    this.machines = machines;
  }

  /**
   * Grades tasks, a few at a time; `onStep` is told of each whose turn it is. What was graded is not graded again, unless
   * that failed. Throws `ExamLeftError` where the exam is left meanwhile, and what opening an attempt and keeping its grade
   * throw.
   */
  async all(numbers: readonly number[], onStep: (number: number) => void): Promise<Map<number, GradedTask>> {
    const tasks = new Map<number, GradedTask>();
    const waiting = [...numbers];
    const gradeNext = async (): Promise<void> => {
      for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
        if (this.machines.closed) throw new ExamLeftError();
        onStep(number);
        tasks.set(number, await this.once(number));
      }
    };
    await Promise.all(Array.from({ length: MACHINE_THREADS }, gradeNext));
    return tasks;
  }

  private once(number: number): Promise<GradedTask> {
    const before = this.graded.get(number);
    if (before) return before;
    const grading = this.grade(number);
    this.graded.set(number, grading);
    grading.catch(() => this.graded.delete(number));
    return grading;
  }

  private async grade(number: number): Promise<GradedTask> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const session = await this.machines.open(number);
        return { number, graded: await session.gradeLast(), typed: session.typed() };
      } catch (error) {
        if (this.machines.closed) throw new ExamLeftError();
        // What was graded half is not graded again.
        await this.machines.drop(number);
        if (error instanceof HomeError || attempt === GRADING_TRIES) throw error;
      }
    }
  }
}
