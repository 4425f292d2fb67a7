import type { ExamSitting } from '../exam-ports.js';
import { TypeAhead } from '../keys/type-ahead.js';
import { labLayout } from '../screens/lab-layout.js';
import { messageOf } from '../screens/words.js';
import type { Size } from '../store/state.js';
import { say } from '../words/words.js';
import type { DeskParts } from './desk.js';
import type { StartSession } from './lab-desk.js';
import { Seat } from './seat.js';
import { SilenceWatch } from './silence-watch.js';
import { TaskPreparer } from './task-preparer.js';

/** A task that is not there by then says that it is being prepared. */
const PREPARING_MILLISECONDS = 300;
/** Who goes on to another task sooner than this after the last time is looking for one. */
const FLIPPING_MILLISECONDS = 400;
/** From here on a machine counts as stuck. It shares its thread with others, which are made and done again beside it. */
const SILENT_MILLISECONDS = 10_000;

/** The terminals of an exam's tasks: each is there as soon as its machine is, and stays as long as the exam is sat. */
export class TaskSeats {
  private readonly parts: DeskParts;
  private readonly sitting: ExamSitting;
  private readonly preparer: TaskPreparer;
  private readonly seats = new Map<number, Seat>();
  private readonly ahead = new Map<number, TypeAhead>();
  private readonly silence = new SilenceWatch(SILENT_MILLISECONDS);
  /** The task whose machine does not answer, as the person was told. */
  private silent: number | undefined;
  private opening: NodeJS.Timeout | undefined;
  private movedAt = 0;
  private closed = false;

  constructor(parts: DeskParts, sitting: ExamSitting) {
    this.parts = parts;
    this.sitting = sitting;
    this.preparer = new TaskPreparer(sitting);
  }

  /** That of the task in front, once it is there. */
  get front(): Seat | undefined {
    const { exam, lab } = this.parts.store.get();
    return exam && lab?.task === exam.current ? this.seats.get(exam.current) : undefined;
  }

  /** Brings a task to the front. Its text is there at once; its terminal as soon as its machine is. */
  goTo(number: number): void {
    this.parts.store.dispatch({ type: 'exam-task', number });
    this.seats.get(number)?.pane.scrollToEnd();
    this.tellTabs();
    this.fit();
    this.parts.paneChanged();
    clearTimeout(this.opening);
    const now = performance.now();
    const flipping = now - this.movedAt < FLIPPING_MILLISECONDS;
    this.movedAt = now;
    this.opening = setTimeout(() => void this.open(number), flipping ? FLIPPING_MILLISECONDS : 0);
  }

  /** Bytes for the task in front; what its machine is not there for yet is kept. */
  type(bytes: Uint8Array): void {
    const { exam, screen } = this.parts.store.get();
    if (this.front) return this.front.type(bytes);
    if (!exam || screen.name !== 'lab') return;
    const ahead = this.ahead.get(exam.current) ?? new TypeAhead();
    this.ahead.set(exam.current, ahead);
    ahead.push(bytes);
  }

  fit(): void {
    if (this.parts.store.get().screen.name === 'lab') this.front?.fit(this.room);
  }

  /** A machine in front of which somebody sits and that does not answer is offered to be built again. */
  watch(): void {
    const state = this.parts.store.get();
    const number = state.exam?.current;
    const { front } = this;
    if (!front || number === undefined || !this.silence.isNews(front.session, state)) return;
    this.silent = number;
    const title = say('exam.task-silent', { number, seconds: SILENT_MILLISECONDS / 1000 });
    this.parts.store.dispatch({ type: 'noticed', title, text: say('exam.silent-rebuild'), offers: 'rebuild' });
  }

  /** Builds a task's machine again, as the person was offered: one that is gone, or one that does not answer. */
  rebuild(number: number): void {
    if (this.silent !== number) return this.goTo(number);
    this.silent = undefined;
    this.parts.store.dispatch({ type: 'overlay-closed' });
    this.drop(number);
    void this.open(number, (options) => this.sitting.rebuild(number, options));
  }

  /** Gives all terminals up; the machines go on. */
  close(): void {
    this.closed = true;
    clearTimeout(this.opening);
    this.preparer.stop();
    for (const number of [...this.seats.keys()]) this.drop(number);
  }

  private get room(): Size {
    const { size, lab } = this.parts.store.get();
    return lab ? labLayout(size, lab).pane : size;
  }

  private async open(
    number: number,
    start: StartSession = (options) => this.sitting.open(number, options),
  ): Promise<void> {
    const { store } = this.parts;
    const slow = setTimeout(() => {
      if (!this.closed) store.dispatch({ type: 'exam-preparing', number });
    }, PREPARING_MILLISECONDS);
    try {
      const session = await start({ ...this.room, onStep: () => {} });
      if (!this.closed && this.seats.get(number)?.session !== session) await this.take(number, session);
      if (this.closed) return this.drop(number);
      this.ready(number);
    } catch (error) {
      // Of one that is not in front any more it is said when it is opened again.
      if (!this.closed && store.get().exam?.current === number) this.failed(number, messageOf(error));
    } finally {
      clearTimeout(slow);
    }
  }

  private ready(number: number): void {
    this.parts.store.dispatch({ type: 'exam-task-ready', number });
    this.tellTabs();
    this.fit();
    this.parts.paneChanged();
    const typed = this.ahead.get(number)?.take();
    if (typed && typed.length > 0) this.seats.get(number)?.type(typed);
    this.preparer.after(number, [...this.seats.keys()]);
  }

  private async take(number: number, session: Seat['session']): Promise<void> {
    this.drop(number);
    const seat = await Seat.take(session, this.room, this.parts);
    this.seats.set(number, seat);
    seat.onTabs = () => {
      if (seat === this.front) this.tellTabs();
    };
    seat.until(
      session.onFailure((reason) => {
        if (this.seats.get(number) !== seat) return;
        this.drop(number);
        if (this.parts.store.get().exam?.current === number) this.failed(number, reason);
      }),
    );
  }

  /** Which terminals the task in front has. */
  private tellTabs(): void {
    const tabs = this.front?.tabs;
    if (tabs || this.parts.store.get().lab?.tabs) this.parts.store.dispatch({ type: 'tabs', tabs });
  }

  private drop(number: number): void {
    const seat = this.seats.get(number);
    this.seats.delete(number);
    seat?.dispose();
  }

  /** A task whose machine is gone is made again from what was typed, when the person wants that. */
  private failed(number: number, reason: string): void {
    const { real } = this.sitting.view;
    const text = `${reason}\n${real ? say('exam.shells-rebuild') : say('exam.task-rebuild')}`;
    const title = real ? say('exam.shells-gone', { number }) : say('exam.task-gone', { number });
    this.parts.store.dispatch({ type: 'noticed', title, text, offers: 'rebuild' });
  }
}
