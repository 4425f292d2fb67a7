import type { Waiting } from '../../../kernel/wait.js';
import { RetriedSteps } from '../../retried-steps.js';

/** Thrown by an authorizer that has to ask somebody, by the authorizer's own key: whoever decides waits and decides again. */
class NeedsAnswer {
  constructor(
    readonly key: string,
    readonly ask: () => Waiting<unknown>,
  ) {}
}

const decisions = new RetriedSteps<NeedsAnswer, unknown>((thrown) => thrown instanceof NeedsAnswer);

/** Whether somebody would wait for an answer now. */
export function mayAsk(): boolean {
  return decisions.isRunning;
}

/** The answer to a question that takes time. May be called only where `mayAsk` says so. */
export function answerTo<T>(key: string, ask: () => Waiting<T>): T {
  if (decisions.has(key)) return decisions.get(key) as T;
  throw new NeedsAnswer(key, ask);
}

/**
 * Decides something in one step, over and over, with one more answer each time, until nothing is missing: what decides must
 * change nothing before it knows.
 */
export function asking<T>(decide: () => T): Waiting<T> {
  return decisions.run(decide, ({ ask }) => ask());
}
