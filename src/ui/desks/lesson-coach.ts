import type { LessonPort } from '../learn-ports.js';
import { messageOf } from '../screens/words.js';
import type { Intent } from '../store/event.js';
import { isDone, type LessonState, stepAt } from '../store/learn-state.js';

/** The terminal has been silent for so long after a command: it has been done. */
const SILENCE_MILLISECONDS = 400;
/** What goes on printing is looked at so long after the command all the same. */
const PRINTING_MILLISECONDS = 3000;
/** What a command began takes its time in the cluster: so long after a look that found it undone there is another. */
const AGAIN_MILLISECONDS = [1500, 2500, 4000, 6000, 10_000, 20_000] as const;
/** What ends a line, or a file. */
const ENDS = /[\r\n\x03\x04]/;

/** What a coach does with the world around it. */
export interface LessonCoachParts {
  readonly lesson: LessonPort;
  /** As it is seen now. */
  readonly state: () => LessonState | undefined;
  readonly show: (change: Partial<LessonState>) => void;
  readonly type: (bytes: Uint8Array) => void;
  /** Told of what the terminal prints in which one works; returns what ends that. */
  readonly onOutput: (listener: () => void) => () => void;
  /** Nothing can be kept any more, with the reason. */
  readonly fail: (reason: string) => void;
}

/**
 * Goes through a lesson with somebody: looks at the step's checks once a command has been done and for a while after it,
 * one look at a time, and keeps what is done.
 */
export class LessonCoach {
  private readonly parts: LessonCoachParts;
  private readonly stop: () => void;
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  /** Something was done since the present look began. */
  private stale = false;
  /** When a command was given, where none was looked at since. */
  private touched: number | undefined;
  /** Looks since the last command; as long as there was none, one is enough. */
  private looks: number = AGAIN_MILLISECONDS.length;
  private closed = false;

  constructor(parts: LessonCoachParts) {
    this.parts = parts;
    this.stop = parts.onOutput(() => this.heard());
    this.look();
  }

  /** Keys went to the terminal. */
  keyed(bytes: Uint8Array): void {
    if (!ENDS.test(Buffer.from(bytes).toString('latin1'))) return;
    this.touched ??= performance.now();
    this.looks = 0;
    this.heard();
  }

  perform(intent: Intent): void {
    const lesson = this.parts.state();
    if (!lesson) return;
    if (intent === 'lesson-next') this.next(lesson);
    if (intent === 'lesson-previous' && lesson.at > 0) this.turn(lesson.at - 1);
    if (intent === 'lesson-solution') this.show({ solution: !lesson.solution });
    if (intent === 'lesson-type') this.typeNext(lesson);
    if (intent === 'lesson-look') this.look();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.stop();
  }

  /** A step that is only read is done when somebody goes on. */
  private next(lesson: LessonState): void {
    const step = stepAt(lesson);
    if (!step) return;
    if (step.checks.length === 0 && !isDone(lesson, step)) this.note([...lesson.done, step.id]);
    else if (!isDone(lesson, step)) return;
    this.turn(lesson.at + 1);
  }

  private turn(at: number): void {
    this.show({ at, report: undefined, failure: undefined, solution: false, typed: 0 });
    this.looks = AGAIN_MILLISECONDS.length;
    this.look();
  }

  private typeNext({ typed, ...lesson }: LessonState): void {
    const piece = stepAt({ typed, ...lesson })?.solution[typed];
    if (!piece) return;
    this.show({ typed: typed + 1, solution: true });
    this.parts.type(piece.bytes);
    this.keyed(piece.bytes);
  }

  private note(done: readonly string[]): void {
    this.show({ done });
    try {
      this.parts.lesson.note(done);
    } catch (error) {
      this.parts.fail(messageOf(error));
    }
  }

  private heard(): void {
    if (this.touched === undefined || this.closed) return;
    const left = this.touched + PRINTING_MILLISECONDS - performance.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), Math.max(0, Math.min(SILENCE_MILLISECONDS, left)));
  }

  /** Looks at the step that is seen, after the look that is under way if there is one. */
  private look(): void {
    clearTimeout(this.timer);
    this.touched = undefined;
    const lesson = this.parts.state();
    const step = lesson && stepAt(lesson);
    if (this.closed || !step || step.checks.length === 0 || isDone(lesson, step)) return;
    if (this.looking) this.stale = true;
    else void this.lookAt(step.id);
  }

  private async lookAt(step: string): Promise<void> {
    this.looking = true;
    this.stale = false;
    this.show({ looking: true });
    try {
      const report = await this.parts.lesson.look(step);
      // Whoever closed the lesson may have begun it anew: that is another one's progress by now.
      if (this.closed) return;
      const lesson = this.parts.state();
      if (lesson && stepAt(lesson)?.id === step) {
        this.show({ report, failure: undefined });
        if (report.passed) this.note([...lesson.done, step]);
      }
    } catch (error) {
      if (this.closed) return;
      this.show({ failure: messageOf(error) });
    }
    this.looking = false;
    this.show({ looking: false });
    if (this.stale) this.look();
    else this.lookAgain();
  }

  /** What was begun may still become what it should be. */
  private lookAgain(): void {
    const wait = AGAIN_MILLISECONDS[this.looks];
    this.looks += 1;
    if (wait === undefined) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), wait);
  }

  private show(change: Partial<LessonState>): void {
    if (!this.closed) this.parts.show(change);
  }
}
