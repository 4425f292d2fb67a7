import type { Desk, DeskParts, MakePane } from './desks/desk.js';
import { ExamDesk } from './desks/exam-desk.js';
import { LabDesk } from './desks/lab-desk.js';
import { LearnDesk } from './desks/learn-desk.js';
import { ReplayDesk } from './desks/replay-desk.js';
import { TerminalTools } from './desks/terminal-tools.js';
import { UnfinishedDesk } from './desks/unfinished-desk.js';
import type { ExamTaskResult, ExamWishes } from './exam-ports.js';
import { fillsGap } from './keys/learn-context.js';
import type { MouseReport } from './keys/tokens.js';
import { valuesIn } from './markdown/values.js';
import type { PaneView } from './pane/view.js';
import type { InterruptedAttempt, LabSession, Lend, OpenSessionOptions, ScreenPorts, WantedLab } from './ports.js';
import { lastScroll } from './screens/scroll-room.js';
import { messageOf } from './screens/words.js';
import { catalogueRows, chosenExam } from './store/catalogue-rows.js';
import { ClockStore } from './store/clock.js';
import type { Intent } from './store/event.js';
import type { State } from './store/state.js';
import type { Store } from './store/store.js';
import { say } from './words/words.js';

const TICK_MILLISECONDS = 200;

/** Keys of the steps that are suggested, in their order. */
const STEPS: readonly Intent[] = ['step-1', 'step-2', 'step-3'];

/** What the screens begin with when it is not the catalogue. */
export type BeginAt =
  | { readonly id: string; readonly seed?: string | undefined }
  | { readonly exam: ExamWishes }
  | LearnAt
  | { readonly replay: true };

type LearnAt =
  | { readonly lessons: true; readonly lesson?: string | undefined; readonly anew: boolean }
  | { readonly review: true };

/**
 * Does what keys ask for beyond changing the picture: what belongs to the catalogue itself, and what is worked on it has
 * done by the desk in front.
 */
export class Conductor {
  readonly clock = new ClockStore();
  /** Ends when the person quits. */
  readonly ended: Promise<void>;
  /** Told when the pane's rows are others. */
  onPaneChange: () => void = () => {};
  /** Lends the terminal the screens are on to somebody else. */
  lendTerminal: Lend = (use) => use();
  private readonly ports: ScreenPorts;
  private readonly store: Store;
  private readonly labs: LabDesk;
  private readonly learning: LearnDesk;
  private readonly exams: ExamDesk;
  private readonly replays: ReplayDesk;
  private readonly tools: TerminalTools;
  private readonly unfinished: UnfinishedDesk;
  /** Where the person works. */
  private front: Desk;
  /** The exam's task that is done again by itself. */
  private redone: number | undefined;
  private end: () => void = () => {};
  private timer: NodeJS.Timeout | undefined;
  /** Unfinished attempts are offered once the notes of the start are read. */
  private offersNext = false;
  /** The first frame is on its way, and then there will be time for what comes next. */
  private preparing = false;

  constructor(ports: ScreenPorts, store: Store, makePane: MakePane) {
    this.ports = ports;
    this.store = store;
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    const parts: Omit<DeskParts, 'over'> = {
      ports,
      store,
      clock: this.clock,
      makePane,
      paneChanged: () => this.onPaneChange(),
      lendTerminal: (use, whose) => this.lendTerminal(use, whose),
      readCatalogue: () => this.readCatalogue(),
    };
    this.labs = new LabDesk({ ...parts, over: () => this.leaveLab() });
    this.exams = new ExamDesk({ ...parts, over: () => this.showCatalogue() }, (task) => this.redo(task));
    this.replays = new ReplayDesk({ ...parts, over: () => this.quit() });
    this.front = this.labs;
    this.learning = new LearnDesk({
      ports,
      store,
      open: (title, start) => this.openLab(title, start),
      toCatalogue: () => this.showCatalogue(),
      quit: () => this.quit(),
    });
    this.tools = new TerminalTools({
      store,
      pane: () => this.front.pane(),
      type: (bytes) => this.front.type(bytes),
      notice: (title, text) => this.notice(title, text),
    });
    this.unfinished = new UnfinishedDesk({
      ports,
      store,
      goOn: (attempt) => this.goOn(attempt),
      begin: (lab) => this.startLab(lab),
      readCatalogue: () => this.readCatalogue(),
    });
    store.subscribe(() => this.front.fit());
  }

  readonly pane = (): PaneView | undefined => this.front.pane();

  /** What a person is told or offered first; or what they asked for. */
  begin(at?: BeginAt): void {
    this.timer = setInterval(() => this.tick(), TICK_MILLISECONDS);
    const { notices } = this.ports;
    if (at && 'id' in at) return this.unfinished.beginOrOffer({ ...at, title: this.titleOf(at.id) });
    if (at && 'replay' in at) {
      this.front = this.replays;
      return void this.replays.open();
    }
    if (at && !('exam' in at)) return this.beginLearning(at);
    if (at) this.offerExam(at.exam);
    this.offersNext = notices.length > 0;
    if (this.offersNext) this.notice(say('notice.title'), notices.join('\n'));
    else this.unfinished.offer();
    // An exam's machines are others.
    this.preparing = at === undefined;
  }

  private beginLearning(at: LearnAt): void {
    if ('review' in at) void this.learning.showReview(true);
    else if (at.lesson !== undefined) this.learning.openLesson(at.lesson, at.anew);
    else this.learning.showLessons();
    const { notices } = this.ports;
    if (notices.length > 0 && !('lesson' in at && at.lesson)) this.notice(say('notice.title'), notices.join('\n'));
  }

  /** Bytes for the terminal. */
  type(bytes: Uint8Array): void {
    this.tools.typed();
    this.front.type(bytes);
  }

  wantsPasteMarks(): boolean {
    return this.front.wantsPasteMarks();
  }

  /** Types one of the task's values at the prompt. */
  typeValue(number: number): void {
    const { lab, overlay } = this.store.get();
    if (overlay?.name === 'jump') return this.exams.chooseByDigit(number);
    if (number === 0) return;
    const value = lab && valuesIn(lab.view.task)[number - 1];
    if (overlay?.name === 'values') this.store.dispatch({ type: 'overlay-closed' });
    if (value !== undefined) this.type(Buffer.from(value));
  }

  /** Whether the wheel is to scroll now. */
  wantsMouse(): boolean {
    return this.tools.wantsMouse;
  }

  mouse(report: MouseReport): void {
    this.tools.mouse(report);
  }

  /** Characters for what is looked for in the terminal or among the commands, an exam's notepad, or the gap of a card. */
  write(text: string): void {
    if (this.store.get().overlay?.name === 'palette') return this.store.dispatch({ type: 'palette-typed', text });
    if (this.tools.write(text)) return;
    if (fillsGap(this.store.get())) this.store.dispatch({ type: 'review-typed', text });
    else this.exams.write(text);
  }

  notice(title: string, text: string): void {
    this.store.dispatch({ type: 'noticed', title, text, offers: 'nothing' });
  }

  /** Does what a key means. */
  perform(intent: Intent): void {
    const before = this.store.get();
    if (this.tools.scroll(before, intent)) return;
    this.store.dispatch({ type: 'intent', intent, last: lastScroll(before) });
    if (before.overlay !== null) return this.performOverlay(before, intent);
    if (intent === 'quit') return this.quit();
    if (before.screen.name === 'catalogue') return this.performCatalogue(before, intent);
    if (before.screen.name === 'progress') return this.performProgress(before, intent);
    if (this.learning.perform(before, intent)) return;
    this.tools.perform(before, intent);
    this.front.perform(before, intent);
  }

  /** Ends everything; an attempt is kept. */
  quit(): void {
    clearInterval(this.timer);
    const gone = this.front.quit();
    gone.catch(() => {}).then(this.end);
  }

  private performCatalogue({ catalogue }: State, intent: Intent): void {
    if (intent === 'lessons') return this.learning.showLessons();
    if (intent === 'review') return void this.learning.showReview();
    if (intent === 'exam') {
      const exam = chosenExam(catalogue);
      if (exam) this.offerExam({ certification: exam.certification });
    }
    if (intent !== 'open') return;
    const row = this.chosenLab(catalogue);
    if (row) this.unfinished.beginOrOffer({ id: row.id, title: row.title });
  }

  private openLab(title: string, start: (options: OpenSessionOptions) => Promise<LabSession>): void {
    this.front = this.labs;
    this.redone = undefined;
    void this.labs.open(title, start);
  }

  private startLab({ id, title, seed }: WantedLab): void {
    this.openLab(title, (options) => this.ports.start(id, seed, options));
  }

  private goOn({ id, title, exam }: InterruptedAttempt): void {
    if (!exam) return this.openLab(title, (options) => this.ports.resume(id, options));
    this.front = this.exams;
    void this.exams.resume(id, title);
  }

  /** Shows what an exam would be. */
  private offerExam(wishes: ExamWishes): void {
    const { exams } = this.ports;
    if (!exams) return;
    this.front = this.exams;
    try {
      this.store.dispatch({ type: 'shown', screen: { name: 'exam-start', offer: exams.offer(wishes) } });
    } catch (error) {
      this.showCatalogue();
      this.notice(say('notice.no-exam'), messageOf(error));
    }
  }

  private redo({ number, view }: ExamTaskResult): void {
    this.startLab(view);
    this.redone = number;
  }

  /** Back to the exam whose task was done again, or to the catalogue. */
  private leaveLab(): void {
    const { exam, lab } = this.store.get();
    const { redone } = this;
    this.redone = undefined;
    if (lab?.lesson) return this.learning.showLessons();
    if (redone === undefined || !exam?.result) return this.showCatalogue();
    const graded = lab?.graded;
    if (graded && lab?.task === undefined)
      this.store.dispatch({ type: 'exam-redone', number: redone, points: graded.points, total: graded.report.total });
    this.front = this.exams;
    this.readCatalogue();
    this.store.dispatch({ type: 'shown', screen: { name: 'exam-result' } });
  }

  private performProgress({ catalogue }: State, intent: Intent): void {
    const step = catalogue.view.history.next[STEPS.indexOf(intent)];
    if (!step) return;
    if (step.kind === 'exam') return this.offerExam({ certification: step.certification });
    if (step.kind === 'cards') return void this.learning.showReview();
    this.unfinished.beginOrOffer({ id: step.lab, title: step.title });
  }

  private performOverlay(before: State, intent: Intent): void {
    if (this.offersNext && this.store.get().overlay === null) {
      this.offersNext = false;
      this.unfinished.offer();
    }
    const { overlay } = before;
    if (overlay?.name === 'confirm' && intent === 'quit') return this.quit();
    if (overlay?.name === 'unfinished') this.unfinished.perform(overlay, before, intent);
    else this.front.performOverlay(before, intent);
  }

  private showCatalogue(): void {
    this.readCatalogue();
    this.store.dispatch({ type: 'shown', screen: { name: 'catalogue' } });
  }

  private readCatalogue(): void {
    this.store.dispatch({ type: 'catalogue-read', view: this.ports.catalogue(), now: Date.now() });
  }

  private titleOf(id: string): string {
    return this.store.get().catalogue.view.labs.find((lab) => lab.id === id)?.title ?? id;
  }

  private chosenLab(catalogue: State['catalogue']): { readonly id: string; readonly title: string } | undefined {
    const row = catalogueRows(catalogue)[Math.min(catalogue.cursor, catalogueRows(catalogue).length - 1)];
    return row?.kind === 'lab' ? row.lab : undefined;
  }

  private tick(): void {
    if (this.preparing) this.ports.prepare();
    this.preparing = false;
    this.front.tick();
  }
}
