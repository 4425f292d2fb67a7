import { platform, uptime } from 'node:os';
import type { Interruptions } from './exam-entry.js';

/** From here on the computer ran on while the program stood still: it slept. */
const SLEPT_MILLISECONDS = 5000;

/** Clocks of the computer, in milliseconds. */
export interface Clocks {
  /** Never goes back; stands still while the computer sleeps, but for `steadyInSleep`. */
  steady(): number;
  /** The steady clock goes on while the computer sleeps. */
  readonly steadyInSleep: boolean;
  /** Since the computer was switched on, its sleep included. */
  sinceBoot(): number;
  /** What people read and set. */
  wall(): number;
}

export const COMPUTER: Clocks = {
  steady: () => performance.now(),
  // Linux has a clock that sleeps too; those of macOS and Windows do not.
  steadyInSleep: platform() === 'darwin' || platform() === 'win32',
  sinceBoot: () => uptime() * 1000,
  wall: () => Date.now(),
};

export interface ExamClockOptions {
  readonly interruptions: Interruptions;
  /** When the exam began: milliseconds since the Unix epoch. */
  readonly started: number;
  /** What had passed when the program last noted it, in milliseconds. */
  readonly elapsed: number;
  readonly clocks?: Clocks;
}

/**
 * The exam's own clock. While the program runs it goes by clocks that nobody can set. What passed while it did not run is
 * read off the wall clock, and never less than what was noted; that, and the computer's sleep, counts where interruptions
 * count.
 */
export class ExamClock {
  private readonly clocks: Clocks;
  private readonly counts: boolean;
  private elapsed: number;
  private steady: number;
  private sinceBoot: number;

  constructor({ interruptions, started, elapsed, clocks = COMPUTER }: ExamClockOptions) {
    this.clocks = clocks;
    this.counts = interruptions === 'count';
    this.steady = clocks.steady();
    this.sinceBoot = clocks.sinceBoot();
    this.elapsed = this.counts ? Math.max(elapsed, clocks.wall() - started) : elapsed;
  }

  /** Milliseconds since the exam began, as far as they count. Never less than before. */
  now(): number {
    const steady = this.clocks.steady();
    const sinceBoot = this.clocks.sinceBoot();
    const passed = steady - this.steady;
    // It is asked several times a second: where its own clock goes on in sleep, a gap was one.
    const ran = this.clocks.steadyInSleep && passed > SLEPT_MILLISECONDS ? 0 : passed;
    const slept = sinceBoot - this.sinceBoot - ran;
    const fellAsleep = slept > SLEPT_MILLISECONDS;
    this.elapsed += ran + (this.counts && fellAsleep ? slept : 0);
    this.steady = steady;
    // Small differences add up to a sleep that was interrupted again and again.
    if (fellAsleep) this.sinceBoot = sinceBoot;
    else this.sinceBoot += ran;
    return this.elapsed;
  }
}
