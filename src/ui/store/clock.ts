/** A number that changes by itself, apart from the state, so that only what shows it is drawn again. */
export class ClockStore {
  private seconds = 0;
  private pace = 0;
  private readonly listeners = new Set<() => void>();

  readonly get = (): number => this.seconds;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Minutes that an exam's candidate is over plan, where that is told; those in hand are less than 0. */
  get minutesOver(): number {
    return this.pace;
  }

  set(seconds: number, minutesOver = 0): void {
    if (seconds === this.seconds) return;
    this.seconds = seconds;
    this.pace = minutesOver;
    for (const listener of [...this.listeners]) listener();
  }
}
