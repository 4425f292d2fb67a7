import type { JsonObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';

/** Who may pull now: one after another (serializeImagePulls), or so many at once (maxParallelImagePulls), first come first served. */
export class PullTurns {
  private readonly atOnce: number;
  private readonly waiting: WaitQueue[] = [];
  private taken = 0;

  constructor(given: JsonObject) {
    const parallel = given['maxParallelImagePulls'];
    const most = typeof parallel === 'number' ? parallel : Number.POSITIVE_INFINITY;
    this.atOnce = given['serializeImagePulls'] === false ? most : 1;
  }

  /** Waits until one may pull. */
  *take(): Waiting<void> {
    if (this.taken < this.atOnce) {
      this.taken += 1;
      return;
    }
    const turn = new WaitQueue();
    this.waiting.push(turn);
    while (this.waiting.includes(turn)) yield turn;
  }

  /** Lets the next one pull. */
  give(): void {
    const next = this.waiting.shift();
    if (next) next.wakeAll();
    else this.taken -= 1;
  }
}
