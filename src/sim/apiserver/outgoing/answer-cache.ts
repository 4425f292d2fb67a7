import type { Micros } from '../../kernel/time.js';

interface Kept<Answer> {
  readonly answer: Answer;
  readonly until: Micros;
}

/**
 * What others have said, until it is no longer to be believed; of too many answers those go that were longest not asked
 * for (cache.LRUExpireCache).
 */
export class AnswerCache<Answer> {
  private readonly kept = new Map<string, Kept<Answer>>();

  constructor(private readonly answersMax: number) {}

  /** What holds at an instant. */
  get(key: string, now: Micros): Answer | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    this.kept.delete(key);
    if (now > found.until) return undefined;
    this.kept.set(key, found);
    return found.answer;
  }

  /** Keeps an answer for a span; for none, not at all. */
  keep(key: string, answer: Answer, now: Micros, span: Micros): void {
    if (span === 0) return;
    this.kept.delete(key);
    this.kept.set(key, { answer, until: now + span });
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.answersMax && oldest !== undefined) this.kept.delete(oldest);
  }
}
