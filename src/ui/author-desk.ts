import type { AuthorPort } from './ports.js';
import { messageOf } from './screens/words.js';
import type { AuthorState } from './store/state.js';

/** The terminal has been silent for so long after a key: what was typed has been done. */
const SILENCE_MILLISECONDS = 400;

/** What a desk does with the world around it. */
export interface AuthorDeskParts {
  readonly author: AuthorPort;
  /** Shows what is new. */
  readonly show: (change: Partial<AuthorState>) => void;
  readonly type: (bytes: Uint8Array) => void;
  /** Told of what the terminal prints in which one works; returns what ends that. */
  readonly onOutput: (listener: () => void) => () => void;
}

/**
 * Keeps an author's panel: looks at the checks once what was typed has been done, one look at a time, tells of saves,
 * and types the solution step by step.
 */
export class AuthorDesk {
  private readonly parts: AuthorDeskParts;
  private readonly stops: (() => void)[];
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  /** Something was typed since the present look began. */
  private stale = false;
  /** Something was typed since the last look was asked for. */
  private touched = false;
  private typedSteps = 0;
  private closed = false;

  constructor(parts: AuthorDeskParts) {
    this.parts = parts;
    const { onOutput, author, show } = parts;
    this.stops = [onOutput(() => this.heard()), author.onSave((problems) => show({ saved: true, problems }))];
    this.look();
  }

  /** Keys went to the terminal. */
  keyed(): void {
    this.touched = true;
    this.heard();
  }

  /** Types the next step of the solution. */
  step(): void {
    const step = this.parts.author.steps[this.typedSteps];
    if (!step) return;
    this.typedSteps += 1;
    this.parts.show({ typed: this.typedSteps });
    this.parts.type(step.bytes);
    this.keyed();
  }

  /** Looks at the checks, after the look that is under way if there is one. */
  look(): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.touched = false;
    if (this.looking) {
      this.stale = true;
      return;
    }
    void this.lookNow();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    for (const stop of this.stops) stop();
  }

  private heard(): void {
    if (!this.touched || this.closed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), SILENCE_MILLISECONDS);
  }

  private async lookNow(): Promise<void> {
    this.looking = true;
    this.stale = false;
    this.show({ looking: true });
    try {
      this.show({ report: await this.parts.author.look(), failure: undefined });
    } catch (error) {
      this.show({ failure: messageOf(error) });
    }
    this.looking = false;
    this.show({ looking: false });
    if (this.stale && !this.closed) void this.lookNow();
  }

  private show(change: Partial<AuthorState>): void {
    if (!this.closed) this.parts.show(change);
  }
}
