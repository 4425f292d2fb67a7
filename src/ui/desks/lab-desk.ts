import { AuthorDesk } from '../author-desk.js';
import { TypeAhead } from '../keys/type-ahead.js';
import type { LessonPort } from '../learn-ports.js';
import type { LabSession, OpenSessionOptions } from '../ports.js';
import type { OnStep } from '../real-ports.js';
import { labLayout } from '../screens/lab-layout.js';
import { messageOf } from '../screens/words.js';
import type { Intent } from '../store/event.js';
import type { Screen, State } from '../store/state.js';
import { say } from '../words/words.js';
import type { Desk, DeskParts } from './desk.js';
import { LessonCoach } from './lesson-coach.js';
import { PracticeDesk } from './practice-desk.js';
import { Seat } from './seat.js';
import { SilenceWatch } from './silence-watch.js';
import { SlowWork } from './slow-work.js';

/** From here on a machine counts as stuck. */
const SILENT_MILLISECONDS = 2000;

/** What is typed so soon after an error in the middle of work was meant for the terminal. */
const UNASKED_MILLISECONDS = 1500;

/** How a session comes about. */
export type StartSession = (options: OpenSessionOptions) => Promise<LabSession>;

/** A single lab: opened, worked on, graded, and again. */
export class LabDesk implements Desk {
  private readonly parts: DeskParts;
  private seat: Seat | undefined;
  private author: AuthorDesk | undefined;
  private coach: LessonCoach | undefined;
  private practice: PracticeDesk | undefined;
  private opening = 0;
  /** What is being opened on a real cluster, or put back there, and takes long. */
  private readonly slow = new SlowWork();
  /** From when on keys are meant for the error that is shown. */
  private readFrom = 0;
  private readonly silence = new SilenceWatch(SILENT_MILLISECONDS);
  private readonly ahead = new TypeAhead();

  constructor(parts: DeskParts) {
    this.parts = parts;
  }

  pane(): Seat['pane'] | undefined {
    return this.seat?.pane;
  }

  wantsPasteMarks(): boolean {
    return this.seat?.pane.wantsPasteMarks ?? false;
  }

  type(bytes: Uint8Array): void {
    const { screen } = this.parts.store.get();
    if (screen.name === 'loading' && screen.opens) this.ahead.push(bytes);
    this.seat?.type(bytes);
    this.author?.keyed();
    this.coach?.keyed(bytes);
  }

  perform(before: State, intent: Intent): void {
    if (before.screen.name === 'lab') this.performLab(intent);
    if (before.screen.name === 'report') this.performReport(before, intent);
    if (before.screen.name === 'error' && intent === 'leave' && performance.now() > this.readFrom)
      void this.leave(false);
  }

  performOverlay(before: State, intent: Intent): void {
    const { overlay, lab } = before;
    if (overlay?.name === 'ask') this.slow.answer(intent === 'yes');
    this.practice?.performOverlay(before, intent);
    if (overlay?.name === 'hints' && intent === 'yes') {
      const hint = this.seat?.session.hint();
      if (hint) this.parts.store.dispatch({ type: 'hint-taken', hint });
    }
    if (overlay?.name === 'confirm') {
      if (intent === 'yes' && overlay.asks === 'surely') void this.grade();
      if (intent === 'leave') void this.leave(false);
    }
    if (overlay?.name === 'notice' && overlay.offers === 'rebuild' && intent === 'yes' && this.seat) {
      const { session } = this.seat;
      this.forget();
      const { rebuild } = (session.lesson && this.parts.ports.lessons) ?? this.parts.ports;
      void this.open(lab?.view.title ?? '', (options) => rebuild(session, options));
    }
  }

  fit(): void {
    const { lab, size, screen } = this.parts.store.get();
    if (lab && screen.name === 'lab') this.seat?.fit(labLayout(size, lab).pane);
  }

  tick(): void {
    const { seat, slow } = this;
    const { name } = this.parts.store.get().screen;
    // Whoever waits sees how long that takes, and not what the task took.
    const seconds = name === 'loading' || !seat ? slow.seconds : undefined;
    if (seconds !== undefined) this.parts.clock.set(seconds);
    if (!seat) return;
    if (seconds === undefined) this.parts.clock.set(seat.session.elapsedSeconds);
    seat.holdTime(name === 'lab');
    this.tellSilence(seat);
  }

  async quit(): Promise<void> {
    const { lab, screen } = this.parts.store.get();
    // A grade that is still being made is not kept, so the attempt is.
    await this.letGo(lab?.graded !== undefined && screen.name !== 'loading');
  }

  /** Opens what `start` begins, goes on with or rebuilds. */
  async open(title: string, start: StartSession): Promise<void> {
    const { store } = this.parts;
    this.opening += 1;
    const mine = this.opening;
    this.ahead.take();
    store.dispatch({ type: 'shown', screen: { name: 'loading', title, steps: [], opens: true } });
    const { size, catalogue } = store.get();
    const { columns, rows } = size;
    const onStep: OnStep = (step, at) => {
      if (at) this.slow.stepped();
      if (mine === this.opening || this.slow.stopping) store.dispatch({ type: 'step', step, at });
    };
    const { confirm, signal } = this.slow.begin((question) => store.dispatch({ type: 'asked', question }));
    const opened = this.openNow(mine, title, () =>
      start({ columns, rows, onStep, fromBase: catalogue.fromBase, confirm, signal }),
    );
    await this.slow.until(opened);
  }

  private async openNow(mine: number, title: string, start: () => Promise<LabSession>): Promise<void> {
    try {
      const session = await start();
      if (mine !== this.opening) return void (await session.leave({ finished: session.real !== undefined }));
      await this.show(session);
    } catch (error) {
      if (mine === this.opening) this.fail(say('open.failed', { title }), messageOf(error));
    }
  }

  private performLab(intent: Intent): void {
    const { seat, author } = this;
    if (this.coach && intent === 'leave') return void this.leave(false);
    this.coach?.perform(intent);
    this.practice?.perform(intent);
    if (intent === 'author-look') author?.look();
    if (intent === 'author-step') author?.step();
    if (intent === 'author-reload') void this.reopen('same');
    if (intent === 'author-next') void this.reopen('next');
    seat?.perform(intent);
  }

  private performReport({ screen, lab }: State, intent: Intent): void {
    if (!lab || screen.name !== 'report') return;
    const { store } = this.parts;
    const { id, seed, title } = lab.view;
    switch (intent) {
      case 'solution':
        this.seat?.session.noteSolution();
        return store.dispatch({ type: 'report-part', part: 'solution' });
      case 'explanation':
      case 'typed':
        return store.dispatch({ type: 'report-part', part: intent });
      case 'again-same':
        return void this.again(title, id, seed);
      case 'again-another':
        return void this.again(title, id, undefined);
      case 'back':
        if (screen.part !== 'checks') return store.dispatch({ type: 'report-part', part: 'checks' });
        this.seat?.session.start();
        return this.shows({ name: 'lab' });
      case 'leave':
        return void this.leave(true);
      default:
    }
  }

  private async show(session: LabSession): Promise<void> {
    const { store, clock } = this.parts;
    const hintsTaken = session.view.hints.slice(0, session.hintsTaken);
    const { size, lab: before } = store.get();
    const room = labLayout(size, { layout: before?.layout ?? 'automatic', view: session.view }).pane;
    const seat = await Seat.take(session, room, this.parts);
    seat.until(session.onFailure((reason) => this.broke(reason)));
    this.seat = seat;
    seat.onTabs = () => store.dispatch({ type: 'tabs', tabs: seat.tabs });
    clock.set(session.elapsedSeconds);
    const { author, lesson, practice, real } = session;
    const shown = author && { draw: author.draw, steps: author.steps.map(({ text }) => text) };
    store.dispatch({
      type: 'lab-opened',
      view: session.view,
      host: session.host,
      hintsTaken,
      author: shown,
      lesson,
      practice,
      real,
    });
    if (seat.tabs) seat.onTabs();
    if (lesson) this.coach = this.coachFor(seat, lesson);
    if (practice) this.practice = this.practiceAt(seat, practice);
    if (author)
      this.author = new AuthorDesk({
        author,
        show: (change) => store.dispatch({ type: 'author', change }),
        type: (bytes) => seat.send(bytes),
        onOutput: (listener) => seat.onOutput(listener),
      });
    const ahead = this.ahead.take();
    if (ahead.length > 0) this.type(ahead);
  }

  private practiceAt(seat: Seat, practice: NonNullable<LabSession['practice']>): PracticeDesk {
    const { session } = seat;
    const { id, title } = session.view;
    return new PracticeDesk({
      session,
      practice,
      store: this.parts.store,
      type: (bytes) => seat.send(bytes),
      exchange: (start) => {
        this.forget();
        void this.open(title, start);
      },
      another: () => void this.again(title, id, undefined),
    });
  }

  private coachFor(seat: Seat, lesson: LessonPort): LessonCoach {
    const { store } = this.parts;
    return new LessonCoach({
      lesson,
      state: () => store.get().lab?.lesson,
      show: (change) => store.dispatch({ type: 'lesson', change }),
      type: (bytes) => seat.send(bytes),
      onOutput: (listener) => seat.onOutput(listener),
      fail: (reason) => this.fail(say('keep.failed'), reason),
    });
  }

  private async grade(): Promise<void> {
    const session = this.seat?.session;
    const { store, readCatalogue } = this.parts;
    const { lab } = store.get();
    if (!session || !lab) return;
    this.shows({ name: 'loading', title: say('lab.grading', { title: lab.view.title }), steps: [], opens: false });
    // Where time is real the person sees how long it takes; there is nothing in it that could be stopped.
    this.slow.begin(() => {});
    const grading = session.grade((step, at) => store.dispatch({ type: 'step', step, at }));
    try {
      await this.slow.until(grading.then(() => {}));
      const graded = await grading;
      readCatalogue();
      store.dispatch({ type: 'graded', graded, typed: session.typed() });
    } catch (error) {
      const remains = session.real?.isSpent ? say('real.spent') : say('lab.kept');
      this.fail(say('grading.failed'), `${messageOf(error)}\n${remains}`);
    }
  }

  private async again(title: string, lab: string, seed: string | undefined): Promise<void> {
    await this.letGo(true);
    await this.open(title, (options) => this.parts.ports.start(lab, seed, options));
  }

  /** An author's lab anew: as its file is now, with the same draw or another. */
  private async reopen(which: 'same' | 'next'): Promise<void> {
    const { store } = this.parts;
    const author = this.seat?.session.author;
    const { lab } = store.get();
    if (!author || !lab) return;
    const { title } = lab.view;
    const wrong = lab.author?.problems ?? [];
    if (wrong.length > 0) {
      const text = wrong.join('\n');
      return store.dispatch({ type: 'noticed', title: say('author.file-wrong'), text, offers: 'nothing' });
    }
    await this.letGo(true);
    await this.open(title, (options) => author.reopen(which, options));
  }

  private async leave(finished: boolean): Promise<void> {
    const left = await this.letGo(finished);
    this.parts.over();
    if (left.length > 0)
      this.parts.store.dispatch({ type: 'noticed', title: say('real.left'), text: left.join('\n'), offers: 'nothing' });
  }

  /** Gives up what is in front; what of a real cluster could not be put back, a sentence each. */
  private async letGo(finished: boolean): Promise<readonly string[]> {
    this.opening += 1;
    const session = this.seat?.session;
    this.forget();
    const { real } = session ?? {};
    if (!real) {
      await session?.leave({ finished }).catch(() => {});
      if (this.slow.stop()) this.parts.store.dispatch({ type: 'step', step: say('real.stopping') });
      await this.slow.done;
      return [];
    }
    const { store } = this.parts;
    this.slow.begin((question) => store.dispatch({ type: 'asked', question }));
    this.shows({ name: 'loading', title: say('real.leaving', { cluster: real.cluster }), steps: [], opens: false });
    const leaving = real
      .leave({ finished }, (step, at) => store.dispatch({ type: 'step', step, at }))
      .catch((error: unknown) => [messageOf(error)]);
    await this.slow.until(leaving.then(() => {}));
    return leaving;
  }

  private forget(): void {
    this.author?.close();
    this.author = undefined;
    this.coach?.close();
    this.coach = undefined;
    this.practice?.close();
    this.practice = undefined;
    this.seat?.dispose();
    this.seat = undefined;
  }

  private tellSilence({ session }: Seat): void {
    const { store } = this.parts;
    if (!this.silence.isNews(session, store.get())) return;
    store.dispatch({
      type: 'noticed',
      title: say('lab.silent'),
      text: say('lab.silent-how'),
      offers: 'rebuild',
    });
  }

  private shows(screen: Screen): void {
    this.parts.store.dispatch({ type: 'shown', screen });
  }

  /** Nobody asked for it: what is being typed for the terminal is no answer to it. */
  private broke(reason: string): void {
    this.readFrom = performance.now() + UNASKED_MILLISECONDS;
    this.fail(say('lab.cannot-go-on'), reason);
  }

  private fail(title: string, message: string): void {
    this.shows({ name: 'error', title, message });
  }
}
