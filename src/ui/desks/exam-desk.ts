import type { ExamEnding, ExamOffer, ExamOpeningHow, ExamSitting, ExamTaskResult, OnGrading } from '../exam-ports.js';
import { messageOf } from '../screens/words.js';
import type { Intent } from '../store/event.js';
import type { Screen, State } from '../store/state.js';
import { say, sayStep } from '../words/words.js';
import type { Desk, DeskParts } from './desk.js';
import { ExamAlerts } from './exam-alerts.js';
import { ExamOpening } from './exam-opening.js';
import { minutesOver } from './exam-pace.js';
import { ExamResultDesk } from './exam-result-desk.js';
import { neighbour } from './neighbour.js';
import type { Seat } from './seat.js';
import { TaskSeats } from './task-seats.js';

/** The notepad is kept when nothing was written for so long. */
const NOTES_MILLISECONDS = 500;
const ENTER = 0x0d;
/** A command of the cluster's at the prompt of the host that has no tools. */
const TOOL_AT_BASE = /@base:\S*\$ +(?:k|kubectl|helm|etcdctl)(?: |$)/;

/** An exam: its tasks, one in front, each with its own terminal; its clock; its end. */
export class ExamDesk implements Desk {
  private readonly parts: DeskParts;
  private readonly result: ExamResultDesk;
  private readonly opening: ExamOpening;
  private sitting: ExamSitting | undefined;
  private seats: TaskSeats | undefined;
  private alerts = new ExamAlerts(0);
  private notesTimer: NodeJS.Timeout | undefined;
  private keptNotes = '';
  private stops: (() => void)[] = [];
  /** Counts exams, so that what belongs to an earlier one is not shown. */
  private turn = 0;

  /** `redo` does a task again, as a lab by itself. */
  constructor(parts: DeskParts, redo: (task: ExamTaskResult) => void) {
    this.parts = parts;
    this.opening = new ExamOpening(parts);
    this.result = new ExamResultDesk({ store: parts.store, redo, leave: () => this.leaveResult() });
  }

  pane(): Seat['pane'] | undefined {
    return this.seats?.front?.pane;
  }

  wantsPasteMarks(): boolean {
    return this.seats?.front?.pane.wantsPasteMarks ?? false;
  }

  type(bytes: Uint8Array): void {
    this.keyed();
    if (bytes.includes(ENTER)) this.adviseAtBase();
    this.seats?.type(bytes);
  }

  /** Begins the exam that was offered. */
  begin(offer: ExamOffer): Promise<void> {
    return this.sit(offer.title, (how) => this.exams.begin(offer, how));
  }

  /** Goes on with an exam. */
  resume(id: string, title: string): Promise<void> {
    return this.sit(title, (how) => this.exams.resume(id, how));
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
      case 'report':
        return this.result.perform(before, intent);
      case 'error':
        if (intent === 'leave') void this.leave();
        return;
      default:
    }
  }

  performOverlay({ overlay, exam }: State, intent: Intent): void {
    this.keyed();
    if (overlay?.name === 'ask') this.opening.answer(intent === 'yes');
    if (!exam) return;
    if (overlay?.name === 'jump' && intent === 'open') this.goTo(exam.view.tasks[overlay.cursor]?.number);
    if (overlay?.name === 'notes') this.keepNotesSoon();
    if (overlay?.name === 'notice' && overlay.offers === 'rebuild' && intent === 'yes' && exam.current !== undefined)
      this.seats?.rebuild(exam.current);
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
    this.keyed();
    this.parts.store.dispatch({ type: 'notes-typed', text });
    this.keepNotesSoon();
  }

  fit(): void {
    this.seats?.fit();
  }

  tick(): void {
    const { sitting } = this;
    const { exam, screen } = this.parts.store.get();
    this.opening.tick();
    if (!sitting || !exam || exam.result || screen.name === 'loading') return;
    const left = sitting.remainingSeconds;
    this.parts.clock.set(left, exam.view.coach ? minutesOver(exam, (number) => sitting.spentSeconds(number)) : 0);
    if (left <= 0) return void this.finish('time');
    const said = this.alerts.at(left);
    if (said !== exam.alert) this.parts.store.dispatch({ type: 'exam-alert', text: said });
    this.seats?.front?.holdTime(screen.name === 'lab');
    this.seats?.watch();
  }

  async quit(): Promise<void> {
    this.showLeaving();
    await this.endSitting();
    await this.opening.stop();
  }

  private get exams(): NonNullable<DeskParts['ports']['exams']> {
    const { exams } = this.parts.ports;
    if (!exams) throw new Error('there are no exams here');
    return exams;
  }

  private sit(title: string, begin: (how: ExamOpeningHow) => Promise<ExamSitting>): Promise<void> {
    this.turn += 1;
    const mine = this.turn;
    return this.opening.until(
      (how) => this.sitNow(mine, title, () => begin(how)),
      () => mine === this.turn,
    );
  }

  private async sitNow(mine: number, title: string, begin: () => Promise<ExamSitting>): Promise<void> {
    this.shows({ name: 'loading', title, steps: [say('exam.preparing')], opens: false });
    try {
      const sitting = await begin();
      if (mine !== this.turn) return void (await sitting.leave());
      this.takeUp(sitting);
    } catch (error) {
      if (mine === this.turn) this.fail(say('open.failed', { title }), messageOf(error));
    }
  }

  private takeUp(sitting: ExamSitting): void {
    const { store, clock } = this.parts;
    const { view, standing, remainingSeconds } = sitting;
    this.sitting = sitting;
    this.seats = new TaskSeats(this.parts, sitting);
    this.alerts = new ExamAlerts(remainingSeconds);
    this.keptNotes = standing.notes;
    clock.set(remainingSeconds);
    store.dispatch({ type: 'exam-begun', view, standing });
    this.stops = [
      sitting.onTrouble((text) => store.dispatch({ type: 'exam-trouble', text })),
      sitting.onOver(() => this.keepNotes()),
    ];
    const ended = standing.ended ?? (remainingSeconds > 0 ? undefined : 'time');
    if (ended === undefined) this.goTo(store.get().exam?.current);
    else void this.finish(ended);
  }

  private performTask({ exam, lab }: State, intent: Intent): void {
    if (!exam || !lab) return;
    switch (intent) {
      case 'next':
      case 'previous':
        return this.goTo(neighbour(exam.view.tasks, exam.current, intent));
      case 'flag':
        return this.flag(exam.current, !exam.flagged.includes(exam.current));
      default:
        this.seats?.front?.perform(intent);
    }
  }

  /** Once in an exam somebody who looks for the tools where there are none is told where they are. */
  private adviseAtBase(): void {
    const { exam, lab } = this.parts.store.get();
    const row = this.pane()?.cursorRow;
    if (!exam || !lab || exam.advice !== undefined || row === undefined || !TOOL_AT_BASE.test(row)) return;
    const advice = { task: exam.current, text: say('exam.no-tools-at-base', { host: lab.host }) };
    this.parts.store.dispatch({ type: 'exam-advised', advice });
  }

  private flag(number: number, on: boolean): void {
    this.sitting?.flag(number, on);
    this.parts.store.dispatch({ type: 'exam-flagged', number, on });
  }

  private goTo(number: number | undefined): void {
    if (number !== undefined) this.seats?.goTo(number);
  }

  private async finish(ending: ExamEnding): Promise<void> {
    const { sitting } = this;
    const { store } = this.parts;
    const { exam } = store.get();
    if (!sitting || !exam) return;
    this.keepNotes();
    this.seats?.close();
    const title = ending === 'time' ? say('exam.time-over-grading') : say('exam.grading');
    this.shows({ name: 'loading', title, steps: [], opens: false });
    try {
      const total = exam.view.tasks.length;
      const step: OnGrading = (number, at) => {
        const task = say('exam.task-of', { number, total });
        const says = at?.says === undefined ? task : say('exam.task-step', { task, step: sayStep(at.says) });
        store.dispatch({ type: 'step', step: says, at });
      };
      const result = await this.opening.timed(sitting.finish(ending, step));
      if (this.sitting !== sitting) return;
      const left = await this.putBack(sitting);
      await this.endSitting();
      this.parts.readCatalogue();
      store.dispatch({ type: 'exam-ended', result });
      if (left.length > 0)
        store.dispatch({ type: 'noticed', title: say('real.left'), text: left.join('\n'), offers: 'nothing' });
    } catch (error) {
      // Who quit meanwhile is not told that grading failed by it.
      if (this.sitting !== sitting) return;
      const reason = messageOf(error);
      await this.endSitting();
      this.fail(say('grading.failed'), `${reason}\n${say('exam.kept')}`);
    }
  }

  /** A real cluster is made what it was; what of it could not be put back, a sentence each. */
  private async putBack(sitting: ExamSitting): Promise<readonly string[]> {
    const { cluster } = sitting.view.real ?? {};
    if (!sitting.putBack || cluster === undefined) return [];
    this.shows({ name: 'loading', title: say('real.leaving', { cluster }), steps: [], opens: false });
    return this.opening
      .timed(sitting.putBack((step, at) => this.parts.store.dispatch({ type: 'step', step, at })))
      .catch((error: unknown) => [messageOf(error)]);
  }

  /** The exam is left; it can be gone on with. */
  private async leave(): Promise<void> {
    this.showLeaving();
    await this.endSitting();
    this.leaveResult();
  }

  private leaveResult(): void {
    this.parts.store.dispatch({ type: 'exam-left' });
    this.parts.over();
  }

  /** Machines take a moment to end. */
  private showLeaving(): void {
    const title = this.parts.store.get().exam?.view.title;
    if (this.sitting && title)
      this.shows({ name: 'loading', title: say('exam.leaving', { title }), steps: [], opens: false });
  }

  private async endSitting(): Promise<void> {
    this.turn += 1;
    this.keepNotes();
    this.seats?.close();
    for (const stop of this.stops.splice(0)) stop();
    const { sitting } = this;
    this.sitting = undefined;
    this.seats = undefined;
    await sitting?.leave().catch(() => {});
  }

  private keepNotesSoon(): void {
    clearTimeout(this.notesTimer);
    this.notesTimer = setTimeout(() => this.keepNotes(), NOTES_MILLISECONDS);
  }

  private keepNotes(): void {
    clearTimeout(this.notesTimer);
    const { exam } = this.parts.store.get();
    if (!exam || exam.result || exam.notes === this.keptNotes) return;
    this.keptNotes = exam.notes;
    this.sitting?.takeNotes(exam.notes);
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
