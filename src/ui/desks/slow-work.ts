/**
 * What takes long on a real cluster: it can be stopped, asks whether it may go on, and is waited for before the program ends,
 * so that nothing half made is left behind.
 */
export class SlowWork {
  private work: Promise<void> | undefined;
  /** It has told of a step or asked something: there may be something that must be taken away again. */
  private hasBegun = false;
  private since = 0;
  private controller = new AbortController();
  private asked: ((yes: boolean) => void) | undefined;

  /** Ends when nothing is under way any more that could leave something behind. */
  get done(): Promise<void> {
    return (this.hasBegun && this.work) || Promise.resolve();
  }

  /** It was stopped, and has not ended yet. */
  get stopping(): boolean {
    return this.hasBegun && this.work !== undefined && this.controller.signal.aborted;
  }

  /** Whole seconds that it has taken so far; undefined while nothing is under way. */
  get seconds(): number | undefined {
    return this.work && Math.floor((performance.now() - this.since) / 1000);
  }

  /** What is begun now: how it asks, and how it hears that it is to stop. */
  begin(ask: (question: string) => void): {
    readonly confirm: (question: string) => Promise<boolean>;
    readonly signal: AbortSignal;
  } {
    this.controller = new AbortController();
    this.since = performance.now();
    this.hasBegun = false;
    const { signal } = this.controller;
    const confirm = (question: string): Promise<boolean> => {
      if (signal.aborted) return Promise.resolve(false);
      this.hasBegun = true;
      this.answer(false);
      return new Promise((resolve) => {
        this.asked = resolve;
        ask(question);
      });
    };
    return { confirm, signal };
  }

  /** A step of something that takes long was told. */
  stepped(): void {
    this.hasBegun = true;
  }

  /** Waits for what was begun. */
  async until(work: Promise<void>): Promise<void> {
    this.work = work;
    try {
      await work;
    } finally {
      if (this.work === work) this.work = undefined;
    }
  }

  /** The person's answer to what was asked last. */
  answer(yes: boolean): void {
    const { asked } = this;
    this.asked = undefined;
    asked?.(yes);
  }

  /** Stops what can be stopped; false where nothing has to be waited for. */
  stop(): boolean {
    this.controller.abort();
    this.answer(false);
    return this.stopping;
  }
}
