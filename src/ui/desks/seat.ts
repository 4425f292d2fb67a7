import type { Pane } from '../pane/pane.js';
import type { LabSession, TerminalPort } from '../ports.js';
import type { Intent } from '../store/event.js';
import type { Size, TabsState } from '../store/state.js';
import { say } from '../words/words.js';
import type { DeskParts } from './desk.js';
import { Tab } from './tab.js';

/** Output waiting for the screen above which the machine's time is held. */
const WAITING_MAX = 1_000_000;

/** A session and its terminals, each with its pane; one of them is in front. */
export class Seat {
  readonly session: LabSession;
  private readonly parts: DeskParts;
  /** Told whenever `tabs` is another. */
  onTabs: () => void = () => {};
  /** In the order of their numbers. */
  private all: Tab[] = [];
  private front: Tab;
  /** What runs in the tab in front, which was to be closed: it is closed only by whoever says so twice. */
  private closing: string | undefined;
  private room: Size;
  private readonly listeners = new Set<() => void>();
  private readonly stops: (() => void)[];
  private held = false;

  private constructor(session: LabSession, room: Size, front: Tab, parts: DeskParts) {
    this.session = session;
    this.room = room;
    this.front = front;
    this.parts = parts;
    this.attend(front);
    for (const terminal of session.terminals.all) if (terminal !== front.terminal) this.attend(this.tabOf(terminal));
    // What was printed before somebody came is no news.
    for (const tab of this.all) tab.news = false;
    this.stops = [session.terminals.onChange(() => this.follow())];
  }

  /** Shows a session's terminals in panes as large as `room`. */
  static async take(session: LabSession, room: Size, parts: DeskParts): Promise<Seat> {
    const { latest } = session.terminals;
    const pane = await parts.makePane({ ...room, onReply: (bytes) => latest.type(bytes) });
    const seat = new Seat(session, room, new Tab(latest, pane), parts);
    seat.fit(room);
    session.onTerminalWanted((use, whose) => parts.lendTerminal(use, whose));
    return seat;
  }

  /** That of the terminal in front. */
  get pane(): Pane {
    return this.front.pane;
  }

  /** Undefined where there is one terminal only. */
  get tabs(): TabsState | undefined {
    if (this.all.length < 2) return undefined;
    const all = this.all.map(({ terminal, host = this.session.host, command, news }) => ({
      number: terminal.number,
      host,
      command,
      news,
    }));
    return { all, front: this.front.terminal.number, closing: this.closing };
  }

  /** Something else that ends when the seat is given up. */
  until(stop: () => void): void {
    this.stops.push(stop);
  }

  /** Told whenever the terminal in front has printed something. */
  onOutput(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Keys for the terminal in front. */
  type(bytes: Uint8Array): void {
    this.forgetClosing();
    this.front.type(bytes);
  }

  /** Bytes for the terminal in front, as they are. */
  send(bytes: Uint8Array): void {
    this.forgetClosing();
    this.front.terminal.type(bytes);
  }

  /** Does what a key means for the terminal in front, or for which one that is. */
  perform(intent: Intent): void {
    const { pane } = this;
    if (intent === 'leader-itself') this.send(Buffer.from('\x1d'));
    if (intent === 'scrollback') pane.scroll(-Math.max(1, this.parts.store.get().size.rows >> 1));
    if (intent === 'terminal' || intent === 'back') pane.scrollToEnd();
    if (intent === 'whole-window') this.session.real?.wholeWindow();
    if (intent === 'tab-new') this.open();
    if (intent === 'tab-next') this.turn(1);
    if (intent === 'tab-previous') this.turn(-1);
    if (intent === 'tab-close') void this.close();
  }

  /** Only what is seen is made as large as its room; what is behind when it comes to the front. */
  fit(room: Size): void {
    this.room = room;
    this.front.fit(room);
  }

  /** A screen that cannot keep up with the output holds the machine's time, so that nothing piles up. */
  holdTime(mayRun: boolean): void {
    const waiting = Math.max(...this.all.map(({ pane }) => pane.waiting));
    if (!this.held && waiting > WAITING_MAX) {
      this.held = true;
      this.session.pause();
    } else if (this.held && waiting < WAITING_MAX / 2) {
      this.held = false;
      if (mayRun) this.session.start();
    }
  }

  /** Gives the panes up; the session goes on. */
  dispose(): void {
    for (const stop of this.stops) stop();
    for (const tab of this.all) tab.dispose();
  }

  private open(): void {
    const { columns, rows } = this.room;
    const terminal = this.session.terminals.open(Math.max(2, columns), rows);
    const tab = this.all.find((one) => one.terminal === terminal);
    if (tab) this.show(tab);
    else
      this.parts.store.dispatch({
        type: 'noticed',
        title: say('tabs.full'),
        text: say('tabs.full-how'),
        offers: 'nothing',
      });
  }

  private turn(by: 1 | -1): void {
    const { all, front } = this;
    const next = all[(all.indexOf(front) + by + all.length) % all.length];
    if (next && next !== front) this.show(next);
  }

  private async close(): Promise<void> {
    const { front } = this;
    if (this.all.length < 2) return;
    if (this.closing === undefined) {
      this.closing = await front.terminal.running().catch(() => undefined);
      if (this.front !== front) this.closing = undefined;
      if (this.closing !== undefined || this.front !== front) return this.onTabs();
    }
    this.session.terminals.close(front.terminal);
  }

  private show(tab: Tab): void {
    // A search is over, and who comes back finds the newest rows.
    this.front.pane.scrollToEnd();
    this.front = tab;
    this.closing = undefined;
    tab.news = false;
    tab.fit(this.room);
    this.onTabs();
    this.parts.paneChanged();
  }

  private forgetClosing(): void {
    if (this.closing === undefined) return;
    this.closing = undefined;
    this.onTabs();
  }

  /** Terminals that are new get a tab, and the tabs of those that are gone go. */
  private follow(): void {
    const { all } = this.session.terminals;
    for (const terminal of all)
      if (!this.all.some((tab) => tab.terminal === terminal)) this.attend(this.tabOf(terminal));
    for (const tab of this.all.filter(({ terminal }) => !all.includes(terminal))) this.drop(tab);
    this.onTabs();
  }

  private attend(tab: Tab): void {
    this.all = [...this.all, tab].sort((one, other) => one.terminal.number - other.terminal.number);
    tab.listen({
      painted: () => {
        if (tab === this.front) this.parts.paneChanged();
      },
      heard: () => this.heard(tab),
      moved: () => this.onTabs(),
    });
  }

  private tabOf(terminal: TerminalPort): Tab {
    const pane = this.front.pane.another({ ...this.room, onReply: (bytes) => terminal.type(bytes) });
    return new Tab(terminal, pane);
  }

  private heard(tab: Tab): void {
    if (tab === this.front) for (const listener of [...this.listeners]) listener();
    else if (!tab.news) {
      tab.news = true;
      this.onTabs();
    }
  }

  private drop(tab: Tab): void {
    const at = this.all.indexOf(tab);
    this.all = this.all.filter((one) => one !== tab);
    const next = this.all[Math.max(0, at - 1)];
    if (tab === this.front && next) this.show(next);
    tab.dispose();
  }
}
