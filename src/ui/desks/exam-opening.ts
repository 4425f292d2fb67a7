import type { ExamOpeningHow } from '../exam-ports.js';
import type { OnStep } from '../real-ports.js';
import { say } from '../words/words.js';
import type { DeskParts } from './desk.js';
import { SlowWork } from './slow-work.js';

/** An exam while it is made, taken up, graded or taken away: on a real cluster that takes long, may ask, and some of it can be stopped. */
export class ExamOpening {
  private readonly parts: Pick<DeskParts, 'store' | 'clock'>;
  private readonly slow = new SlowWork();

  constructor(parts: Pick<DeskParts, 'store' | 'clock'>) {
    this.parts = parts;
  }

  /** Waits for what `open` begins; its steps are shown as long as it `isWanted`. */
  until(open: (how: ExamOpeningHow) => Promise<void>, isWanted: () => boolean): Promise<void> {
    const { store } = this.parts;
    const { confirm, signal } = this.slow.begin((question) => store.dispatch({ type: 'asked', question }));
    const onStep: OnStep = (step, at) => {
      if (at) this.slow.stepped();
      if (isWanted() || this.slow.stopping) store.dispatch({ type: 'step', step, at });
    };
    return this.slow.until(open({ onStep, confirm, signal }));
  }

  /** Waits for what cannot be stopped, with the time that it takes told beside its steps. */
  async timed<Result>(work: Promise<Result>): Promise<Result> {
    this.slow.begin(() => {});
    this.parts.clock.set(0);
    await this.slow.until(work.then(() => {}));
    return work;
  }

  /** The person's answer to what was asked last. */
  answer(yes: boolean): void {
    this.slow.answer(yes);
  }

  /** Stops what is under way; resolves when nothing half made is left of it. */
  async stop(): Promise<void> {
    if (this.slow.stop()) this.parts.store.dispatch({ type: 'step', step: say('real.stopping') });
    await this.slow.done;
  }

  /** How long it has taken so far is told beside its steps. */
  tick(): void {
    if (this.slow.seconds !== undefined) this.parts.clock.set(this.slow.seconds);
  }
}
