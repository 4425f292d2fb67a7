import type { Pane } from '../pane/pane.js';
import { Player } from '../replay/player.js';
import type { Replay, ReplayFrame } from '../replay-ports.js';
import { REPLAY_ROWS_BESIDE } from '../screens/replay-rows.js';
import { capital, messageOf } from '../screens/words.js';
import type { Intent } from '../store/event.js';
import type { ReplayState } from '../store/replay-state.js';
import type { State } from '../store/state.js';
import { say } from '../words/words.js';
import type { Desk, DeskParts } from './desk.js';

const TICK_MILLISECONDS = 30;
const SECOND = 1_000_000;
const LEAP_SECONDS = 10;
const SPEED_MIN = 0.25;
const SPEED_MAX = 64;

/** A terminal that is played; what it shows before its pane is made waits. */
class PlayedTerminal {
  pane: Pane | undefined;
  private waiting: ((pane: Pane) => void)[] = [];

  constructor(
    readonly number: number,
    readonly host: string,
    made: Promise<Pane>,
  ) {
    void made.then((pane) => {
      this.pane = pane;
      for (const use of this.waiting) use(pane);
      this.waiting = [];
    });
  }

  with(use: (pane: Pane) => void): void {
    if (this.pane) use(this.pane);
    else this.waiting.push(use);
  }
}

/** Where an attempt is played as it happened. */
export class ReplayDesk implements Desk {
  private readonly parts: DeskParts;
  private replay: Replay | undefined;
  private player: Player | undefined;
  private timer: NodeJS.Timeout | undefined;
  private last = 0;
  private opening = 0;
  private readonly terminals = new Map<string, PlayedTerminal>();
  /** By task, the terminal that was typed in last. */
  private readonly fronts = new Map<number | undefined, PlayedTerminal>();
  private front: PlayedTerminal | undefined;

  constructor(parts: DeskParts) {
    this.parts = parts;
  }

  pane(): Pane | undefined {
    return this.front?.pane;
  }

  wantsPasteMarks(): boolean {
    return false;
  }

  type(): void {}

  perform(_: State, intent: Intent): void {
    const { player } = this;
    if (intent === 'leave') this.parts.over();
    if (intent === 'replay-anew') return void this.open();
    if (!player) return;
    if (intent === 'replay-pause') player.paused = !player.paused;
    if (intent === 'replay-on') player.leap(LEAP_SECONDS);
    if (intent === 'replay-line') player.leapToLine();
    if (intent === 'replay-faster') player.speed = nextSpeed(player.speed, 'faster');
    if (intent === 'replay-slower') player.speed = nextSpeed(player.speed, 'slower');
    this.show({ speed: player.speed, paused: player.paused });
  }

  performOverlay(): void {}

  fit(): void {
    const { columns, rows } = this.parts.store.get().size;
    if (this.front?.pane) this.front.pane.room = { columns, rows: Math.max(1, rows - REPLAY_ROWS_BESIDE) };
  }

  tick(): void {}

  async quit(): Promise<void> {
    this.opening += 1;
    await this.end();
  }

  /** Plays from the beginning. */
  async open(): Promise<void> {
    const { ports, store } = this.parts;
    const { replay: port } = ports;
    if (!port) return;
    this.opening += 1;
    const mine = this.opening;
    const speed = this.player?.speed ?? port.speed;
    store.dispatch({
      type: 'shown',
      screen: { name: 'loading', title: say('replay.loading'), steps: [say('replay.starting')], opens: false },
    });
    try {
      await this.end();
      const replay = await port.open();
      if (mine !== this.opening) return void (await replay.close());
      this.begin(replay, speed, port.idleSeconds);
    } catch (error) {
      store.dispatch({
        type: 'shown',
        screen: { name: 'error', title: say('replay.loading'), message: messageOf(error) },
      });
    }
  }

  private begin(replay: Replay, speed: number, idleSeconds: number | undefined): void {
    const { store, clock } = this.parts;
    this.replay = replay;
    const idleMax = idleSeconds === undefined ? undefined : idleSeconds * SECOND;
    this.player = new Player({ replay, idleMax, show: (frame, task) => this.take(frame, task) });
    this.player.speed = speed;
    this.last = performance.now();
    this.timer = setInterval(() => this.play(), TICK_MILLISECONDS);
    clock.set(0);
    this.show({
      title: replay.title,
      length: Math.floor(replay.length / SECOND),
      speed,
      paused: false,
      ended: false,
      said: undefined,
    });
    store.dispatch({ type: 'shown', screen: { name: 'replay' } });
    const { notices } = replay;
    if (notices.length > 0)
      store.dispatch({ type: 'noticed', title: say('notice.title'), text: notices.join('\n'), offers: 'nothing' });
  }

  private play(): void {
    const { player, replay } = this;
    if (!player || !replay) return;
    const now = performance.now();
    const passed = now - this.last;
    this.last = now;
    // While somebody reads what lies over it nothing goes by.
    if (this.parts.store.get().overlay !== null) return;
    player.advance(passed);
    this.parts.clock.set(Math.floor(player.position / SECOND));
    this.show({ waits: player.waits, paused: player.paused });
    if (!player.ended) return;
    clearInterval(this.timer);
    this.show({ ended: true, waits: false, paused: false });
    const { ending } = replay;
    if (ending !== undefined)
      this.parts.store.dispatch({
        type: 'noticed',
        title: say('replay.cut'),
        text: say('replay.reason', { reason: capital(ending) }),
        offers: 'nothing',
      });
  }

  private take(frame: ReplayFrame, task: number | undefined): void {
    const key = 'terminal' in frame ? `${task ?? ''}:${frame.terminal}` : '';
    const known = this.terminals.get(key);
    switch (frame.kind) {
      case 'opened':
        return this.openTerminal(key, frame, task);
      case 'resized':
        known?.with((pane) => pane.resize(frame.columns, frame.rows));
        return;
      case 'typed':
        if (known) this.toFront(known, task);
        return;
      case 'output':
        known?.with((pane) => pane.feed(frame.bytes));
        // Its task is in front, whether anything is typed there or not.
        if (this.parts.store.get().replay?.task !== task) this.toFront(this.fronts.get(task) ?? known, task);
        return;
      case 'line':
        return this.show({ said: undefined });
      case 'mark':
        return this.show({ said: markText(frame.mark) });
      case 'note':
        return this.show({ said: frame.text, task });
    }
  }

  private openTerminal(
    key: string,
    { terminal, host, columns, rows }: Extract<ReplayFrame, { kind: 'opened' }>,
    task: number | undefined,
  ): void {
    const made = this.parts.makePane({ columns, rows, onReply: () => {} });
    const played = new PlayedTerminal(terminal, host, made);
    this.terminals.set(key, played);
    played.with((pane) => {
      this.fit();
      pane.subscribe(() => {
        if (this.front === played) this.parts.paneChanged();
      });
    });
    this.toFront(played, task);
  }

  private toFront(terminal: PlayedTerminal | undefined, task: number | undefined): void {
    if (!terminal) return;
    this.fronts.set(task, terminal);
    // A task that could not be played may have been told of meanwhile.
    if (this.front === terminal && this.parts.store.get().replay?.task === task) return;
    this.front = terminal;
    this.fit();
    const several = [...this.terminals.keys()].filter((key) => key.startsWith(`${task ?? ''}:`)).length > 1;
    this.show({ task, host: terminal.host, terminal: several ? terminal.number : undefined });
    this.parts.paneChanged();
  }

  private show(change: Partial<ReplayState>): void {
    this.parts.store.dispatch({ type: 'replay', change });
  }

  private async end(): Promise<void> {
    clearInterval(this.timer);
    for (const terminal of this.terminals.values()) terminal.with((pane) => pane.dispose());
    this.terminals.clear();
    this.fronts.clear();
    this.front = undefined;
    const { replay } = this;
    this.replay = undefined;
    await replay?.close();
  }
}

function nextSpeed(speed: number, which: 'faster' | 'slower'): number {
  const step = 2 ** Math.round(Math.log2(speed));
  return Math.max(SPEED_MIN, Math.min(SPEED_MAX, which === 'faster' ? step * 2 : step / 2));
}

function markText(mark: string): string {
  switch (mark) {
    case 'hint':
      return say('replay.hint');
    case 'graded':
      return say('replay.graded');
    case 'looked':
      return say('replay.looked');
    case 'solution':
      return say('replay.solution');
    case 'spent':
      return say('replay.spent');
    case 'window':
      return say('replay.window');
    default:
      return mark;
  }
}
