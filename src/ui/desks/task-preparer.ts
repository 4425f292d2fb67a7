import type { ExamSitting } from '../exam-ports.js';

/** Between two machines the one in front has all the computer to itself. */
const PAUSE_MILLISECONDS = 1500;

/** Makes machines of tasks that are not open, one after another, so that whoever opens one need not wait. */
export class TaskPreparer {
  private readonly sitting: ExamSitting;
  private readonly asked = new Set<number>();
  private queue: readonly number[] = [];
  private timer: NodeJS.Timeout | undefined;
  private busy = false;
  private stopped = false;

  constructor(sitting: ExamSitting) {
    this.sitting = sitting;
  }

  /** A task is open: those behind it come next, then those before it. `ready`: those whose machines are there. */
  after(number: number, ready: readonly number[]): void {
    const numbers = this.sitting.view.tasks.map((task) => task.number);
    const at = numbers.indexOf(number) + 1;
    this.queue = [...numbers.slice(at), ...numbers.slice(0, at)].filter(
      (one) => one !== number && !ready.includes(one),
    );
    if (!this.busy) void this.next();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async next(): Promise<void> {
    const number = this.queue.find((one) => !this.asked.has(one));
    if (number === undefined || this.stopped) return;
    this.busy = true;
    this.asked.add(number);
    // What cannot be made now is made when it is opened, and says then what is wrong.
    await this.sitting.prepare(number).catch(() => {});
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.busy = false;
      void this.next();
    }, PAUSE_MILLISECONDS);
  }
}
