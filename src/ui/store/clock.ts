/** A number that changes by itself, apart from the state, so that only what shows it is drawn again. */
export class ClockStore {
  private seconds = 0;
  private readonly listeners = new Set<() => void>();

  readonly get = (): number => this.seconds;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(seconds: number): void {
    if (seconds === this.seconds) return;
    this.seconds = seconds;
    for (const listener of [...this.listeners]) listener();
  }
}
