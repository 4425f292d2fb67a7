import type { OpenHow } from '../real/real-cluster.js';

/** Tells steps with their numbers; there may be fewer than were thought, never more. */
export class StepTeller {
  private number = 0;
  private last = '';

  constructor(
    private readonly how: Pick<OpenHow, 'onStep'>,
    private of: number,
  ) {}

  /** The next step begins; the one that is going on already is not told twice. */
  next(says: string): void {
    if (says === this.last) return;
    this.last = says;
    this.number += 1;
    this.of = Math.max(this.of, this.number);
    this.how.onStep({ says, number: this.number, of: this.of });
  }
}
