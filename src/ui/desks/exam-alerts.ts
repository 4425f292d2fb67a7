import { say } from '../words/words.js';

/** Minutes before the end at which the candidate is told. */
const MINUTES = [30, 15, 5] as const;
/** How long it is said, and how long at least: a key that was on its way has not seen it. */
const SHOWN_MILLISECONDS = 60_000;
const SHOWN_LEAST_MILLISECONDS = 3000;

/** Says when 30, 15 and 5 minutes are left, each once; it goes after a key or a minute. */
export class ExamAlerts {
  private before: number;
  private said: { readonly text: string; readonly since: number } | undefined;

  /** `seconds`: what is left now. Of what is past nobody is told. */
  constructor(seconds: number) {
    this.before = seconds;
  }

  /** What is to be said with so many seconds left. */
  at(seconds: number): string | undefined {
    // After a sleep several may have passed: the latest counts.
    const reached = MINUTES.findLast((minutes) => seconds <= minutes * 60 && this.before > minutes * 60);
    this.before = Math.min(this.before, seconds);
    const now = performance.now();
    if (reached !== undefined)
      this.said = { text: say('exam.minutes-left', { minutes: Math.ceil(seconds / 60) }), since: now };
    if (this.said && now - this.said.since > SHOWN_MILLISECONDS) this.said = undefined;
    return this.said?.text;
  }

  /** A key was pressed. True when something was said until now that is said no more. */
  seen(): boolean {
    if (!this.said || performance.now() - this.said.since < SHOWN_LEAST_MILLISECONDS) return false;
    this.said = undefined;
    return true;
  }
}
