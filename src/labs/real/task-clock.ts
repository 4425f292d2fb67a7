/** A task's clock by the wall clock: while it is paused the cluster goes on, and only the task's time stands still. */
export class TaskClock {
  private readonly wall: () => number;
  private passed: number;
  private since: number | undefined;

  /** `passed`: microseconds that had passed before; `wall` tells milliseconds. */
  constructor(passed = 0, wall: () => number = () => performance.now()) {
    this.passed = passed;
    this.wall = wall;
  }

  /** Microseconds of the task since it was handed over. */
  get now(): number {
    const running = this.since === undefined ? 0 : (this.wall() - this.since) * 1000;
    return Math.round(this.passed + Math.max(0, running));
  }

  get running(): boolean {
    return this.since !== undefined;
  }

  start(): void {
    this.since ??= this.wall();
  }

  pause(): void {
    this.passed = this.now;
    this.since = undefined;
  }
}
