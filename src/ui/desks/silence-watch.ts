import type { LabSession } from '../ports.js';
import type { State } from '../store/state.js';

/** Notices a machine that owes an answer for long, once for each time. */
export class SilenceWatch {
  private readonly milliseconds: number;
  private told: LabSession | undefined;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  /** Whether it is to be said now: while the person works at it, and nothing else is said. */
  isNews(session: LabSession, { screen, overlay }: State): boolean {
    const silent = session.silentMilliseconds() > this.milliseconds;
    if (!silent && this.told === session) this.told = undefined;
    if (!silent || this.told === session || screen.name !== 'lab' || overlay !== null) return false;
    this.told = session;
    return true;
  }
}
