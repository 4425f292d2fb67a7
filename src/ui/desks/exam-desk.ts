import type { ExamEnding, ExamOffer, ExamSitting, ExamTaskResult } from '../exam-ports.js';
import { TypeAhead } from '../keys/type-ahead.js';
import { labLayout } from '../screens/lab-layout.js';
import { messageOf } from '../screens/words.js';
import type { Intent } from '../store/event.js';
import type { Screen, Size, State } from '../store/state.js';
import type { Desk, DeskParts } from './desk.js';
import { ExamAlerts } from './exam-alerts.js';
import { minutesOver } from './exam-pace.js';
import { Seat } from './seat.js';
import { TaskPreparer } from './task-preparer.js';

/** A task that is not there by then says that it is being prepared. */
const PREPARING_MILLISECONDS = 300;
/** Who goes on to another task sooner than this after the last time is looking for one. */
const FLIPPING_MILLISECONDS = 400;
/** The notepad is kept when nothing was written for so long. */
const NOTES_MILLISECONDS = 500;

/** Does a task again, as a lab by itself. */
export type RedoTask = (task: ExamTaskResult) => void;

/** An exam: its tasks, one in front, each with its own terminal; its clock; its end. */
export class ExamDesk implements Desk {
  private readonly parts: DeskParts;
  private readonly redo: RedoTask;
  private sitting: ExamSitting | undefined;
  private readonly seats = new Map<number, Seat>();
  private readonly ahead = new Map<number, TypeAhead>();
  private alerts = new ExamAlerts(0);
  private preparer: TaskPreparer | undefined;
  private opening: NodeJS.Timeout | undefined;
  private movedAt = 0;
  private notesTimer: NodeJS.Timeout | undefined;
  private stopTrouble: () => void = () => {};
  /** Counts exams, so that what belongs to an earlier one is not shown. */
  private turn = 0;

  constructor(parts: DeskParts, redo: RedoTask) {
    this.parts = parts;
    this.redo = redo;
  }

  pane(): Seat['pane'] | undefined {
    return this.seat?.pane;
  }

  wantsPasteMarks(): boolean {
    return this.seat?.pane.wantsPasteMarks ?? false;
  }

  type(bytes: Uint8Array): void {
    this.keyed();
    const { exam, screen } = this.parts.store.get();
    if (this.seat) this.seat.type(bytes);
    else if (exam && screen.name === 'lab') {
      const ahead = this.ahead.get(exam.current) ?? new TypeAhead();
      this.ahead.set(exam.current, ahead);
      ahead.push(bytes);
    }
  }

  scroll(rows: number): void {
    this.seat?.pane.scroll(rows);
  }

  /** Begins the exam that was offered. */
  begin(offer: ExamOffer): Promise<void> {
    return this.sit(offer.title, () => this.exams.begin(offer));
  }

  /** Goes on with an exam. */
  resume(id: string, title: string): Promise<void> {
    return this.sit(title, () => this.exams.resume(id));
  }

  perform(before: State, intent: Intent): void {
    this.keyed();
    switch (before.screen.name) {
      case 'exam-start':
        if (intent === 'open') void this.begin(before.screen.offer);
        if (intent === 'back') this.leaveResult();
        return;
      case 'lab':
        return this.performTask(before, intent);
      case 'exam-result':
        return this.performResult(before, intent);
      case 'report':
        return this.performReport(before, intent);
      case 'error':
        if (intent === 'leave') void this.leave();
        return;
      default:
    }
  }

  performOverlay({ overlay, exam }: State, intent: Intent): void {
    if (!exam) return;
    if (overlay?.name === 'jump' && intent === 'open') this.goTo(exam.view.tasks[overlay.cursor]?.number);
    if (overlay?.name === 'notes') this.keepNotesSoon();
    if (overlay?.name === 'notice' && overlay.offers === 'rebuild' && intent === 'yes') this.goTo(exam.current);
    if (overlay?.name !== 'confirm') return;
    if (intent === 'yes' && overlay.asks === 'surely') void this.finish('finished');
    if (intent === 'leave') void this.leave();
  }

  /** A digit chooses a task of the list; it is gone to as soon as no other number can be meant. */
  chooseByDigit(digit: number): void {
    this.parts.store.dispatch({ type: 'jump-digit', digit });
    const { overlay, exam } = this.parts.store.get();
    if (overlay?.name !== 'jump' || !exam || overlay.typed === '') return;
    const longer = exam.view.tasks.some(({ number }) => {
      const text = String(number);
      return text.length > overlay.typed.length && text.startsWith(overlay.typed);
    });
    if (!longer) this.goTo(Number(overlay.typed));
  }

  /** Characters for the notepad. */
  write(text: string): void {
    this.parts.store.dispatch({ type: 'notes-typed', text });
    this.keepNotesSoon();
  }

  fit(): void {
    const { screen } = this.parts.store.get();
    if (screen.name === 'lab') this.seat?.fit(this.room);
  }

  tick(): void {
    const { sitting } = this;
    const { exam, screen } = this.parts.store.get();
    if (!sitting || !exam || exam.result || screen.name === 'loading') return;
    const left = sitting.remainingSeconds;
    this.parts.clock.set(left, exam.view.coach ? minutesOver(exam, (number) => sitting.spentSeconds(number)) : 0);
    if (left <= 0) return void this.finish('time');
    const said = this.alerts.at(left);
    if (said !== exam.alert) this.parts.store.dispatch({ type: 'exam-alert', text: said });
    this.seat?.holdTime(screen.name === 'lab');
  }

  async quit(): Promise<void> {
    await this.endSitting();
  }

  private get exams(): NonNullable<DeskParts['ports']['exams']> {
    const { exams } = this.parts.ports;
    if (!exams) throw new Error('there are no exams here');
    return exams;
  }

  /** That of the task in front. */
  private get seat(): Seat | undefined {
    const { exam, lab } = this.parts.store.get();
    return exam && lab?.task === exam.current ? this.seats.get(exam.current) : undefined;
  }

  private get room(): Size {
    const { size, lab } = this.parts.store.get();
    return lab ? labLayout(size, lab).pane : size;
  }

  private async sit(title: string, begin: () => Promise<ExamSitting>): Promise<void> {
    const { store } = this.parts;
    this.turn += 1;
    const mine = this.turn;
    this.shows({ name: 'loading', title, steps: ['preparing the exam'], opens: false });
    try {
      const sitting = await begin();
      if (mine !== this.turn) return void (await sitting.leave());
      this.sitting = sitting;
      this.alerts = new ExamAlerts(sitting.remainingSeconds);
      this.preparer = new TaskPreparer(sitting);
      this.parts.clock.set(sitting.remainingSeconds);
      store.dispatch({ type: 'exam-begun', view: sitting.view, standing: sitting.standing });
      this.stopTrouble = sitting.onTrouble((text) => store.dispatch({ type: 'exam-trouble', text }));
      this.goTo(store.get().exam?.current);
    } catch (error) {
      if (mine === this.turn) this.fail(`${title} could not be opened`, messageOf(error));
    }
  }

  private performTask({ exam, lab }: State, intent: Intent): void {
    if (!exam || !lab) return;
    switch (intent) {
      case 'next':
      case 'previous':
        return this.goTo(neighbour(exam.view.tasks, exam.current, intent));
      case 'flag':
        return this.flag(exam.current, !exam.flagged.includes(exam.current));
      case 'leader-itself':
        return this.type(Buffer.from('\x1d'));
      case 'scrollback':
        return this.seat?.pane.scroll(-Math.max(1, this.parts.store.get().size.rows >> 1));
      case 'terminal':
      case 'back':
        return this.seat?.pane.scrollToEnd();
      default:
    }
  }

  private performResult({ exam }: State, intent: Intent): void {
    if (!exam?.result) return;
    const { tasks } = exam.result;
    if (intent === 'leave') return this.leaveResult();
    if (intent === 'open') return this.showReport(tasks[exam.cursor]?.number);
    if (intent !== 'redo') return;
    const failed = tasks.filter(({ points, total }) => points < total);
    const next = failed.find(({ number }) => exam.redone[number] === undefined) ?? failed[0];
    if (next) this.redo(next);
  }

  private performReport({ screen, lab, exam }: State, intent: Intent): void {
    if (screen.name !== 'report' || !exam?.result || lab?.task === undefined) return;
    const { store } = this.parts;
    const { tasks } = exam.result;
    switch (intent) {
      case 'solution':
      case 'explanation':
      case 'typed':
        return store.dispatch({ type: 'report-part', part: intent });
      case 'next':
      case 'previous':
        return this.showReport(neighbour(tasks, lab.task, intent));
      case 'again-same': {
        const task = tasks.find(({ number }) => number === lab.task);
        return task && this.redo(task);
      }
      case 'back':
        if (screen.part !== 'checks') return store.dispatch({ type: 'report-part', part: 'checks' });
        return this.shows({ name: 'exam-result' });
      default:
    }
  }

  private showReport(number: number | undefined): void {
    if (number !== undefined) this.parts.store.dispatch({ type: 'exam-task-report', number });
  }

  private flag(number: number, on: boolean): void {
    this.sitting?.flag(number, on);
    this.parts.store.dispatch({ type: 'exam-flagged', number, on });
  }

  /** Brings a task to the front. Its text is there at once; its terminal as soon as its machine is. */
  private goTo(number: number | undefined): void {
    if (number === undefined || !this.sitting) return;
    this.parts.store.dispatch({ type: 'exam-task', number });
    this.seats.get(number)?.pane.scrollToEnd();
    this.fit();
    this.parts.paneChanged();
    clearTimeout(this.opening);
    const now = performance.now();
    const flipping = now - this.movedAt < FLIPPING_MILLISECONDS;
    this.movedAt = now;
    this.opening = setTimeout(() => void this.open(number), flipping ? FLIPPING_MILLISECONDS : 0);
  }

  private async open(number: number): Promise<void> {
    const { sitting, turn } = this;
    const { store } = this.parts;
    if (!sitting) return;
    const slow = setTimeout(() => store.dispatch({ type: 'exam-preparing', number }), PREPARING_MILLISECONDS);
    try {
      const session = await sitting.open(number, { ...this.room, onStep: () => {} });
      if (turn !== this.turn) return;
      if (this.seats.get(number)?.session !== session) await this.takeSeat(number, session);
      if (turn !== this.turn) return this.dropSeat(number);
      store.dispatch({ type: 'exam-task-ready', number });
      this.fit();
      this.parts.paneChanged();
      const typed = this.ahead.get(number)?.take();
      if (typed && typed.length > 0) this.seats.get(number)?.type(typed);
      this.preparer?.after(number, store.get().exam?.opened ?? []);
    } catch (error) {
      if (turn === this.turn) this.failed(number, messageOf(error));
    } finally {
      clearTimeout(slow);
    }
  }

  private async takeSeat(number: number, session: Seat['session']): Promise<void> {
    this.dropSeat(number);
    const seat = await Seat.take(session, this.room, this.parts);
    this.seats.set(number, seat);
    seat.until(
      session.onFailure((reason) => {
        if (this.seats.get(number) !== seat) return;
        this.dropSeat(number);
        if (this.parts.store.get().exam?.current === number) this.failed(number, reason);
      }),
    );
  }

  /** A task whose machine is gone is made again from what was typed, when the person wants that. */
  private failed(number: number, reason: string): void {
    const text = `${reason}\nEnter builds it again, as it was. The exam goes on, and so does its clock.`;
    this.parts.store.dispatch({
      type: 'noticed',
      title: `The cluster of task ${number} is not there`,
      text,
      offers: 'rebuild',
    });
  }

  private async finish(ending: ExamEnding): Promise<void> {
    const { sitting } = this;
    const { store } = this.parts;
    const { exam } = store.get();
    if (!sitting || !exam) return;
    this.keepNotes();
    const title = ending === 'time' ? 'The time is over. Your exam is being graded' : 'Your exam is being graded';
    this.shows({ name: 'loading', title, steps: [], opens: false });
    this.dropSeats();
    try {
      const total = exam.view.tasks.length;
      const result = await sitting.finish(ending, (number) =>
        store.dispatch({ type: 'step', step: `task ${number} of ${total}` }),
      );
      await this.endSitting();
      this.parts.readCatalogue();
      store.dispatch({ type: 'exam-ended', result });
    } catch (error) {
      const reason = messageOf(error);
      await this.endSitting();
      this.fail('Grading failed', `${reason}\nYour exam is kept: it is graded when you open it again.`);
    }
  }

  /** The exam is left; it can be gone on with. */
  private async leave(): Promise<void> {
    await this.endSitting();
    this.leaveResult();
  }

  private leaveResult(): void {
    this.parts.store.dispatch({ type: 'exam-left' });
    this.parts.over();
  }

  private async endSitting(): Promise<void> {
    this.turn += 1;
    this.keepNotes();
    this.dropSeats();
    this.preparer?.stop();
    this.stopTrouble();
    const { sitting } = this;
    this.sitting = undefined;
    await sitting?.leave().catch(() => {});
  }

  private dropSeats(): void {
    clearTimeout(this.opening);
    for (const number of [...this.seats.keys()]) this.dropSeat(number);
    this.ahead.clear();
  }

  private dropSeat(number: number): void {
    const seat = this.seats.get(number);
    this.seats.delete(number);
    seat?.dispose();
  }

  private keepNotesSoon(): void {
    clearTimeout(this.notesTimer);
    this.notesTimer = setTimeout(() => this.keepNotes(), NOTES_MILLISECONDS);
  }

  private keepNotes(): void {
    clearTimeout(this.notesTimer);
    const { exam } = this.parts.store.get();
    if (exam && !exam.result) this.sitting?.takeNotes(exam.notes);
  }

  /** A key was pressed: what was said of the time has been seen. */
  private keyed(): void {
    if (this.alerts.seen()) this.parts.store.dispatch({ type: 'exam-alert', text: undefined });
  }

  private shows(screen: Screen): void {
    this.parts.store.dispatch({ type: 'shown', screen });
  }

  private fail(title: string, message: string): void {
    this.shows({ name: 'error', title, message });
  }
}

/** The task before or after one; after the last comes the first. */
function neighbour(
  tasks: readonly { readonly number: number }[],
  number: number,
  which: 'next' | 'previous',
): number | undefined {
  const at = tasks.findIndex((task) => task.number === number);
  return tasks[(at + (which === 'next' ? 1 : tasks.length - 1)) % tasks.length]?.number;
}
