import type { Waiting } from '../kernel/wait.js';

/** What a step found that it needs before it can run to its end. */
interface Missing {
  /** What its answer is kept under. */
  readonly key: string;
}

/**
 * Steps that run to their end without waiting, and yet need answers that take time: such a step throws what it misses, and
 * is taken again with one more answer each time until nothing is missing. It must change nothing before it has them all.
 */
export class RetriedSteps<Question extends Missing, Answer> {
  /** What the step that runs has been told; undefined while nobody would wait. */
  private answers: Map<string, Answer> | undefined;

  constructor(private readonly asks: (thrown: unknown) => thrown is Question) {}

  /** Whether somebody would wait for an answer now. */
  get isRunning(): boolean {
    return this.answers !== undefined;
  }

  /** Whether the step that runs has been answered so. */
  has(key: string): boolean {
    return this.answers?.has(key) === true;
  }

  /** The answer that the step that runs has been given; undefined for none. */
  get(key: string): Answer | undefined {
    return this.answers?.get(key);
  }

  /** Takes a step until it needs nothing more; `answer` gets what it misses. */
  *run<T>(step: () => T, answer: (question: Question) => Waiting<Answer>): Waiting<T> {
    const own = new Map<string, Answer>();
    for (;;) {
      const before = this.answers;
      this.answers = own;
      let missing: Question;
      try {
        return step();
      } catch (error) {
        if (!this.asks(error)) throw error;
        missing = error;
      } finally {
        this.answers = before;
      }
      own.set(missing.key, yield* answer(missing));
    }
  }
}
