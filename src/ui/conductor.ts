import { AuthorDesk } from './author-desk.js';
import { TypeAhead } from './keys/type-ahead.js';
import { valuesIn } from './markdown/values.js';
import type { Pane } from './pane/pane.js';
import type { InterruptedAttempt, LabSession, OpenSessionOptions, ScreenPorts } from './ports.js';
import { labLayout } from './screens/lab-layout.js';
import { lastScroll } from './screens/scroll-room.js';
import { messageOf } from './screens/words.js';
import { catalogueRows } from './store/catalogue-rows.js';
import { ClockStore } from './store/clock.js';
import type { Intent } from './store/event.js';
import type { LabState, Size, State } from './store/state.js';
import type { Store } from './store/store.js';

const TICK_MILLISECONDS = 200;
/** From here on a machine counts as stuck. */
const SILENT_MILLISECONDS = 2000;
/** Output waiting for the screen above which the machine's time is held. */
const WAITING_MAX = 1_000_000;
const SCROLL: Partial<Record<Intent, 'up' | 'down' | 'page-up' | 'page-down' | 'home' | 'end'>> = {
  up: 'up',
  down: 'down',
  'page-up': 'page-up',
  'page-down': 'page-down',
  home: 'home',
  end: 'end',
};

/** How a pane is made; it is loaded only when the first lab opens. */
export type MakePane = (options: {
  readonly columns: number;
  readonly rows: number;
  readonly onReply: (bytes: Uint8Array) => void;
}) => Promise<Pane>;

/**
 * Does what keys ask for beyond changing the picture: opens, grades and leaves attempts, and carries bytes between a
 * session and its pane.
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
  private readonly makePane: MakePane;
  private end: () => void = () => {};
  private session: LabSession | undefined;
  private shownPane: Pane | undefined;
  private stopListening: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private opening = 0;
  private toldSilent = false;
  private held = false;
  /** Unfinished attempts are offered once the notes of the start are read. */
  private offersNext = false;
  /** The first frame is on its way, and then there will be time for what comes next. */
  private preparing = false;
  private readonly ahead = new TypeAhead();
  private desk: AuthorDesk | undefined;

  constructor(ports: ScreenPorts, store: Store, makePane: MakePane) {
    this.ports = ports;
    this.store = store;
    this.makePane = makePane;
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    store.subscribe(() => this.fit());
  }

  readonly pane = (): Pane | undefined => this.shownPane;

  /** What a person is told or offered first; or the lab they asked for. */
  begin(lab?: { readonly id: string; readonly seed?: string | undefined }): void {
    this.timer = setInterval(() => this.tick(), TICK_MILLISECONDS);
    const { notices } = this.ports;
    if (lab) return void this.open(lab.id, (options) => this.ports.start(lab.id, lab.seed, options));
    this.offersNext = notices.length > 0;
    if (this.offersNext) this.notice('Please note', notices.join('\n'));
    else this.store.dispatch({ type: 'unfinished-offered' });
    this.preparing = true;
  }

  /** Bytes for the terminal. */
  type(bytes: Uint8Array): void {
    const { screen } = this.store.get();
    if (screen.name === 'loading' && screen.opens) this.ahead.push(bytes);
    if (!this.session || !this.shownPane) return;
    this.shownPane.scrollToEnd();
    this.session.type(this.shownPane.encode(bytes));
    this.desk?.keyed();
  }

  wantsPasteMarks(): boolean {
    return this.shownPane?.wantsPasteMarks ?? false;
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
    switch (before.screen.name) {
      case 'catalogue':
        return this.performCatalogue(before, intent);
      case 'lab':
        return this.performLab(intent);
      case 'report':
        return this.performReport(before, intent);
      case 'error':
        if (intent === 'leave') void this.leave(false);
        return;
      default:
    }
  }

  /** Ends everything; an attempt is kept. */
  quit(): void {
    clearInterval(this.timer);
    const { session } = this;
    const { lab, screen } = this.store.get();
    // A grade that is still being made is not kept, so the attempt is.
    const finished = lab?.graded !== undefined && screen.name !== 'loading';
    this.opening += 1;
    this.forget();
    const gone = session ? session.leave({ finished }) : Promise.resolve();
    gone.catch(() => {}).then(this.end);
  }

  private performCatalogue({ catalogue }: State, intent: Intent): void {
    if (intent !== 'open') return;
    const row = this.chosenLab(catalogue);
    if (row) void this.open(row.title, (options) => this.ports.start(row.id, undefined, options));
  }

  private performLab(intent: Intent): void {
    if (intent === 'author-look') this.desk?.look();
    if (intent === 'author-step') this.desk?.step();
    if (intent === 'author-reload') void this.reopen('same');
    if (intent === 'author-next') void this.reopen('next');
    if (intent === 'leader-itself') this.session?.type(Buffer.from('\x1d'));
    if (intent === 'scrollback') this.shownPane?.scroll(-Math.max(1, this.store.get().size.rows >> 1));
    if (intent === 'terminal' || intent === 'back') this.shownPane?.scrollToEnd();
  }

  private performReport({ screen, lab }: State, intent: Intent): void {
    if (!lab || screen.name !== 'report') return;
    const { id, seed, title } = lab.view;
    switch (intent) {
      case 'solution':
        this.session?.noteSolution();
        return this.store.dispatch({ type: 'report-part', part: 'solution' });
      case 'explanation':
      case 'typed':
        return this.store.dispatch({ type: 'report-part', part: intent });
      case 'again-same':
        return void this.again(title, id, seed);
      case 'again-another':
        return void this.again(title, id, undefined);
      case 'back':
        if (screen.part !== 'checks') return this.store.dispatch({ type: 'report-part', part: 'checks' });
        this.session?.start();
        return this.store.dispatch({ type: 'shown', screen: { name: 'lab' } });
      case 'leave':
        return void this.leave(true);
      default:
    }
  }

  private performOverlay({ overlay, lab, catalogue }: State, intent: Intent): void {
    if (this.offersNext && this.store.get().overlay === null) {
      this.offersNext = false;
      this.store.dispatch({ type: 'unfinished-offered' });
    }
    if (overlay?.name === 'hints' && intent === 'yes') {
      const hint = this.session?.hint();
      if (hint) this.store.dispatch({ type: 'hint-taken', hint });
    }
    if (overlay?.name === 'confirm') {
      if (intent === 'yes' && overlay.asks === 'surely') void this.grade();
      if (intent === 'leave') void this.leave(false);
      if (intent === 'quit') this.quit();
    }
    if (overlay?.name === 'unfinished') this.performUnfinished(catalogue.view.unfinished[overlay.cursor], intent);
    if (overlay?.name === 'notice' && overlay.offers === 'rebuild' && intent === 'yes' && this.session) {
      const { session } = this;
      this.forget();
      void this.open(lab?.view.title ?? '', (options) => this.ports.rebuild(session, options));
    }
  }

  private performUnfinished(attempt: InterruptedAttempt | undefined, intent: Intent): void {
    if (!attempt) return;
    const { id, title } = attempt;
    if (intent === 'yes') void this.open(title, (options) => this.ports.resume(id, options));
    if (intent !== 'drop') return;
    this.ports.discard(id);
    this.readCatalogue();
  }

  private async open(title: string, start: (options: OpenSessionOptions) => Promise<LabSession>): Promise<void> {
    this.opening += 1;
    const mine = this.opening;
    this.ahead.take();
    this.store.dispatch({ type: 'shown', screen: { name: 'loading', title, steps: [], opens: true } });
    const { columns, rows } = this.store.get().size;
    try {
      const session = await start({
        columns,
        rows,
        onStep: (step) => {
          if (mine === this.opening) this.store.dispatch({ type: 'step', step });
        },
      });
      if (mine !== this.opening) return void (await session.leave({ finished: false }));
      await this.show(session);
    } catch (error) {
      if (mine === this.opening) this.fail(`${title} could not be opened`, messageOf(error));
    }
  }

  private async show(session: LabSession): Promise<void> {
    this.session = session;
    this.toldSilent = false;
    const hintsTaken = session.view.hints.slice(0, session.hintsTaken);
    const before = this.store.get().lab;
    const room = paneRoom(this.store.get().size, { layout: before?.layout ?? 'automatic', view: session.view });
    const pane = await this.makePane({ ...room, onReply: (bytes) => this.session?.type(bytes) });
    this.shownPane = pane;
    session.resize(room.columns, room.rows);
    this.stopListening = [
      pane.subscribe(() => this.onPaneChange()),
      session.onOutput((bytes) => pane.feed(bytes)),
      session.onFailure((reason) => this.fail('This attempt cannot go on', reason)),
    ];
    session.onTerminalWanted((use) => this.lendTerminal(use));
    this.clock.set(session.elapsedSeconds);
    const { author } = session;
    const shown = author && { draw: author.draw, steps: author.steps.map(({ text }) => text) };
    this.store.dispatch({ type: 'lab-opened', view: session.view, host: session.host, hintsTaken, author: shown });
    if (author)
      this.desk = new AuthorDesk({
        session,
        author,
        show: (change) => this.store.dispatch({ type: 'author', change }),
        type: (bytes) => this.session?.type(bytes),
      });
    const ahead = this.ahead.take();
    if (ahead.length > 0) this.type(ahead);
  }

  private async grade(): Promise<void> {
    const { session } = this;
    const { lab } = this.store.get();
    if (!session || !lab) return;
    const { title } = lab.view;
    this.store.dispatch({
      type: 'shown',
      screen: { name: 'loading', title: `Grading “${title}”`, steps: [], opens: false },
    });
    try {
      const graded = await session.grade((step) => this.store.dispatch({ type: 'step', step }));
      this.readCatalogue();
      this.store.dispatch({ type: 'graded', graded, typed: session.typed() });
    } catch (error) {
      this.fail('Grading failed', `${messageOf(error)}\nYour attempt is kept.`);
    }
  }

  private async again(title: string, lab: string, seed: string | undefined): Promise<void> {
    await this.letGo(true);
    await this.open(title, (options) => this.ports.start(lab, seed, options));
  }

  /** An author's lab anew: as its file is now, with the same draw or another. */
  private async reopen(which: 'same' | 'next'): Promise<void> {
    const author = this.session?.author;
    const { lab } = this.store.get();
    if (!author || !lab) return;
    const { title } = lab.view;
    const wrong = lab.author?.problems ?? [];
    if (wrong.length > 0) return this.notice('The file cannot be opened as it is', wrong.join('\n'));
    await this.letGo(true);
    await this.open(title, (options) => author.reopen(which, options));
  }

  private async leave(finished: boolean): Promise<void> {
    await this.letGo(finished);
    this.readCatalogue();
    this.store.dispatch({ type: 'shown', screen: { name: 'catalogue' } });
  }

  private async letGo(finished: boolean): Promise<void> {
    const { session } = this;
    this.forget();
    await session?.leave({ finished }).catch(() => {});
  }

  private forget(): void {
    for (const stop of this.stopListening) stop();
    this.stopListening = [];
    this.desk?.close();
    this.desk = undefined;
    this.shownPane?.dispose();
    this.shownPane = undefined;
    this.session = undefined;
  }

  private fail(title: string, message: string): void {
    this.store.dispatch({ type: 'shown', screen: { name: 'error', title, message } });
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
    if (move) this.shownPane?.scroll(rows[move]);
  }

  /** The terminal is as large as its room. */
  private fit(): void {
    const { lab, size, screen } = this.store.get();
    if (!lab || !this.shownPane || screen.name !== 'lab') return;
    const room = labLayout(size, lab).pane;
    this.shownPane.resize(room.columns, room.rows);
    this.session?.resize(Math.max(2, room.columns), room.rows);
  }

  private tick(): void {
    if (this.preparing) this.ports.prepare();
    this.preparing = false;
    const { session } = this;
    if (!session) return;
    this.clock.set(session.elapsedSeconds);
    this.holdTime(session);
    const silent = session.silentMilliseconds() > SILENT_MILLISECONDS;
    if (!silent) this.toldSilent = false;
    const state = this.store.get();
    if (!silent || this.toldSilent || state.screen.name !== 'lab' || state.overlay !== null) return;
    this.toldSilent = true;
    this.store.dispatch({
      type: 'noticed',
      title: 'The simulated cluster has not answered for two seconds',
      text: 'Enter ends it and rebuilds it as it was before your last key. n waits.',
      offers: 'rebuild',
    });
  }

  /** A screen that cannot keep up with the output holds the machine's time, so that nothing piles up. */
  private holdTime(session: LabSession): void {
    const waiting = this.shownPane?.waiting ?? 0;
    if (!this.held && waiting > WAITING_MAX) {
      this.held = true;
      session.pause();
    } else if (this.held && waiting < WAITING_MAX / 2) {
      this.held = false;
      if (this.store.get().screen.name === 'lab') session.start();
    }
  }
}

function paneRoom(size: Size, lab: Pick<LabState, 'view' | 'layout'> & Partial<Pick<LabState, 'author'>>): Size {
  return labLayout(size, lab).pane;
}
