import type { Waiting } from '../../../kernel/wait.js';

/** Answers that were waited for while one question was decided, by the authorizer's own key. */
type Answers = Map<string, unknown>;

let answers: Answers | undefined;

/** Thrown by an authorizer that has to ask somebody: whoever decides waits for the answer and decides again. */
class NeedsAnswer {
  constructor(
    readonly key: string,
    readonly ask: () => Waiting<unknown>,
  ) {}
}

/** Whether somebody would wait for an answer now. */
export function mayAsk(): boolean {
  return answers !== undefined;
}

/** The answer to a question that takes time. May be called only where `mayAsk` says so. */
export function answerTo<T>(key: string, ask: () => Waiting<T>): T {
  if (answers?.has(key)) return answers.get(key) as T;
  throw new NeedsAnswer(key, ask);
}

/**
 * Decides something in one step, over and over, with one more answer each time, until nothing is missing: what decides must
 * change nothing before it knows.
 */
export function* asking<T>(decide: () => T): Waiting<T> {
  const own: Answers = new Map();
  for (;;) {
    const before = answers;
    answers = own;
    let missing: NeedsAnswer;
    try {
      return decide();
    } catch (error) {
      if (!(error instanceof NeedsAnswer)) throw error;
      missing = error;
    } finally {
      answers = before;
    }
    own.set(missing.key, yield* missing.ask());
  }
}
