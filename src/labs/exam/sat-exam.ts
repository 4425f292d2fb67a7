import type { LabInstance } from '../format/instance.js';
import { HomeError } from '../home.js';
import type { Ending } from '../progress/exam-record.js';
import type { ExamClock } from './exam-clock.js';
import type { ExamEvent, ExamHeader } from './exam-entry.js';
import type { ExamJournal } from './exam-journal.js';
import { type ExamState, passTime } from './exam-state.js';

const MINUTE = 60_000;
/** How often the exam's clock is noted, in real milliseconds: what a killed program loses of it at most. */
const CLOCK_MILLISECONDS = 1000;

export interface SatExamParts {
  readonly id: string;
  readonly journal: ExamJournal;
  readonly clock: ExamClock;
  /** Of each task, by its place in the header. */
  readonly instances: readonly LabInstance[];
}

/** An exam while it is sat, wherever its tasks are: one clock, and a file in which all that happens stands. */
export abstract class SatExam {
  readonly id: string;
  readonly header: ExamHeader;
  /** Of each task, by its number less one. */
  readonly instances: readonly LabInstance[];
  private readonly file: ExamJournal;
  private readonly clock: ExamClock;
  private readonly overListeners = new Set<() => void>();
  private readonly troubleListeners = new Set<(reason: string | undefined) => void>();
  private trouble: string | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor({ id, journal, clock, instances }: SatExamParts) {
    this.id = id;
    this.header = journal.header;
    this.instances = instances;
    this.file = journal;
    this.clock = clock;
    this.timer = setInterval(() => this.tick(), CLOCK_MILLISECONDS);
  }

  /** What has happened, up to now. */
  get state(): ExamState {
    return passTime(this.file.state, this.now());
  }

  /** Milliseconds until the time is over; not below 0. */
  get remaining(): number {
    return Math.max(0, this.header.minutes * MINUTE - this.state.elapsed);
  }

  /** Whether nothing but its grade is left: it was finished, or its time is over. */
  get over(): boolean {
    return this.state.ended !== undefined || this.remaining === 0;
  }

  /**
   * Told once when the time is over, at once where it is already: the last moment to give notes that were written before.
   * Returns what ends the subscription.
   */
  onOver(listener: () => void): () => void {
    if (this.over) listener();
    else this.overListeners.add(listener);
    return () => this.overListeners.delete(listener);
  }

  /**
   * Told why nothing can be written, as on a full disk, and with undefined when it can again: until then what happens
   * holds in memory, and is tried again every second. Returns what ends the subscription.
   */
  onTrouble(listener: (reason: string | undefined) => void): () => void {
    this.troubleListeners.add(listener);
    if (this.trouble !== undefined) listener(this.trouble);
    return () => this.troubleListeners.delete(listener);
  }

  flag(number: number, on: boolean): void {
    if (!this.over) this.note({ flag: number, on });
  }

  /** Keeps the whole notepad. What was written in the last moment comes when the time is over, and before the end is noted. */
  takeNotes(notes: string): void {
    if (this.state.ended === undefined && notes !== this.file.state.notes) this.note({ notes });
  }

  /** From here on nothing is taken: tasks stand still. */
  protected abstract freeze(): Promise<void>;

  /** The task in front. */
  protected get current(): number | undefined {
    return this.file.state.current;
  }

  /** Notes that it is over, unless it was before; what passes from here on is no time of the exam's. */
  protected async end(ending: Ending): Promise<void> {
    if (this.state.ended === undefined) this.note({ ended: ending });
    clearInterval(this.timer);
    await this.freeze();
  }

  /** Notes something; what cannot be written yet is told those who listen for trouble. */
  protected note(event: ExamEvent): void {
    let trouble: string | undefined;
    try {
      this.file.note(event, this.now());
    } catch (error) {
      if (!(error instanceof HomeError)) throw error;
      trouble = error.message;
    }
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    for (const listener of [...this.troubleListeners]) listener(trouble);
  }

  /** The clock stands; how far it is has been noted. */
  protected stopClock(): void {
    clearInterval(this.timer);
    if (this.state.ended === undefined) this.note({ clock: true });
  }

  protected closeFile(): void {
    this.file.close();
  }

  private tick(): void {
    if (this.state.ended !== undefined) return;
    if (this.remaining > 0) return this.note({ clock: true });
    for (const listener of [...this.overListeners]) listener();
    this.overListeners.clear();
    void this.end('time');
  }

  /** Milliseconds of the exam's clock, which ends with its time. */
  private now(): number {
    return Math.min(this.header.minutes * MINUTE, this.clock.now());
  }
}
