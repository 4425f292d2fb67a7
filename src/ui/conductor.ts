import type { Desk, MakePane } from './desks/desk.js';
import { LabDesk } from './desks/lab-desk.js';
import { LearnDesk } from './desks/learn-desk.js';
import { valuesIn } from './markdown/values.js';
import type { PaneView } from './pane/view.js';
import type { InterruptedAttempt, ScreenPorts } from './ports.js';
import { stepCommand, stepTitle } from './screens/progress-words.js';
import { lastScroll } from './screens/scroll-room.js';
import { catalogueRows } from './store/catalogue-rows.js';
import { ClockStore } from './store/clock.js';
import type { Intent } from './store/event.js';
import type { State } from './store/state.js';
import type { Store } from './store/store.js';

const TICK_MILLISECONDS = 200;
const SCROLL: Partial<Record<Intent, 'up' | 'down' | 'page-up' | 'page-down' | 'home' | 'end'>> = {
  up: 'up',
  down: 'down',
  'page-up': 'page-up',
  'page-down': 'page-down',
  home: 'home',
  end: 'end',
};

/** Keys of the steps that are suggested, in their order. */
const STEPS: readonly Intent[] = ['step-1', 'step-2', 'step-3'];

/** What the screens begin with when it is not the catalogue. */
export type BeginAt =
  | { readonly id: string; readonly seed?: string | undefined }
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
  lendTerminal: (use: () => Promise<void>) => Promise<void> = (use) => use();
  private readonly ports: ScreenPorts;
  private readonly store: Store;
  private readonly labs: LabDesk;
  private readonly learning: LearnDesk;
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
    this.labs = new LabDesk({
      ports,
      store,
      clock: this.clock,
      makePane,
      paneChanged: () => this.onPaneChange(),
      lendTerminal: (use) => this.lendTerminal(use),
      readCatalogue: () => this.readCatalogue(),
      over: () => (this.store.get().lab?.lesson ? this.learning.showLessons() : this.showCatalogue()),
    });
    this.learning = new LearnDesk({
      ports,
      store,
      open: (title, start) => void this.labs.open(title, start),
      toCatalogue: () => this.showCatalogue(),
    });
    store.subscribe(() => this.front.fit());
  }

  readonly pane = (): PaneView | undefined => this.front.pane();

  /** What a person is told or offered first; or what they asked for. */
  begin(at?: BeginAt): void {
    this.timer = setInterval(() => this.tick(), TICK_MILLISECONDS);
    const { notices } = this.ports;
    if (at && 'id' in at) return void this.labs.open(at.id, (options) => this.ports.start(at.id, at.seed, options));
    if (at) return this.beginLearning(at);
    this.offersNext = notices.length > 0;
    if (this.offersNext) this.notice('Please note', notices.join('\n'));
    else this.store.dispatch({ type: 'unfinished-offered' });
    this.preparing = true;
  }

  private beginLearning(at: Exclude<BeginAt, { id: string }>): void {
    if ('review' in at) this.learning.showReview();
    else if (at.lesson !== undefined) this.learning.openLesson(at.lesson, at.anew);
    else this.learning.showLessons();
    const { notices } = this.ports;
    if (notices.length > 0 && !('lesson' in at && at.lesson)) this.notice('Please note', notices.join('\n'));
  }

  /** Bytes for the terminal. */
  type(bytes: Uint8Array): void {
    this.front.type(bytes);
  }

  wantsPasteMarks(): boolean {
    return this.front.wantsPasteMarks();
  }

  /** Types one of the task's values at the prompt. */
  typeValue(number: number): void {
    const { lab, overlay } = this.store.get();
    const value = lab && valuesIn(lab.view.task)[number - 1];
    if (overlay?.name === 'values') this.store.dispatch({ type: 'overlay-closed' });
    if (value !== undefined) this.type(Buffer.from(value));
  }

  notice(title: string, text: string): void {
    this.store.dispatch({ type: 'noticed', title, text, offers: 'nothing' });
  }

  /** Does what a key means. */
  perform(intent: Intent): void {
    const before = this.store.get();
    if (before.overlay === null && before.lab?.focus === 'scrollback' && before.screen.name === 'lab' && SCROLL[intent])
      return this.scrollPane(intent);
    this.store.dispatch({ type: 'intent', intent, last: lastScroll(before) });
    if (before.overlay !== null) return this.performOverlay(before, intent);
    if (intent === 'quit') return this.quit();
    if (before.screen.name === 'catalogue') return this.performCatalogue(before, intent);
    if (before.screen.name === 'progress') return this.performProgress(before, intent);
    if (this.learning.perform(before, intent)) return;
    this.front.perform(before, intent);
  }

  /** Ends everything; an attempt is kept. */
  quit(): void {
    clearInterval(this.timer);
    const gone = this.front.quit();
    gone.catch(() => {}).then(this.end);
  }

  /** Where the person works. */
  private get front(): Desk {
    return this.labs;
  }

  private performCatalogue({ catalogue }: State, intent: Intent): void {
    if (intent === 'lessons') return this.learning.showLessons();
    if (intent === 'review') return this.learning.showReview();
    if (intent !== 'open') return;
    const row = this.chosenLab(catalogue);
    if (row) void this.labs.open(row.title, (options) => this.ports.start(row.id, undefined, options));
  }

  private performProgress({ catalogue }: State, intent: Intent): void {
    const step = catalogue.view.history.next[STEPS.indexOf(intent)];
    if (!step) return;
    if (!('lab' in step)) return this.notice(stepTitle(step), `\`${stepCommand(step)}\` begins one.`);
    void this.labs.open(step.title, (options) => this.ports.start(step.lab, undefined, options));
  }

  private performOverlay(before: State, intent: Intent): void {
    if (this.offersNext && this.store.get().overlay === null) {
      this.offersNext = false;
      this.store.dispatch({ type: 'unfinished-offered' });
    }
    const { overlay, catalogue } = before;
    if (overlay?.name === 'confirm' && intent === 'quit') return this.quit();
    if (overlay?.name === 'unfinished') this.performUnfinished(catalogue.view.unfinished[overlay.cursor], intent);
    else this.front.performOverlay(before, intent);
  }

  private performUnfinished(attempt: InterruptedAttempt | undefined, intent: Intent): void {
    if (!attempt) return;
    const { id, title } = attempt;
    if (intent === 'yes') void this.labs.open(title, (options) => this.ports.resume(id, options));
    if (intent !== 'drop') return;
    this.ports.discard(id);
    this.readCatalogue();
  }

  private showCatalogue(): void {
    this.readCatalogue();
    this.store.dispatch({ type: 'shown', screen: { name: 'catalogue' } });
  }

  private readCatalogue(): void {
    this.store.dispatch({ type: 'catalogue-read', view: this.ports.catalogue(), now: Date.now() });
  }

  private chosenLab(catalogue: State['catalogue']): { readonly id: string; readonly title: string } | undefined {
    const row = catalogueRows(catalogue)[Math.min(catalogue.cursor, catalogueRows(catalogue).length - 1)];
    return row?.kind === 'lab' ? row.lab : undefined;
  }

  private scrollPane(intent: Intent): void {
    const page = Math.max(1, Math.floor(this.store.get().size.rows / 2));
    const rows = { up: -1, down: 1, 'page-up': -page, 'page-down': page, home: -1e6, end: 1e6 };
    const move = SCROLL[intent];
    if (move) this.front.scroll(rows[move]);
  }

  private tick(): void {
    if (this.preparing) this.ports.prepare();
    this.preparing = false;
    this.front.tick();
  }
}
