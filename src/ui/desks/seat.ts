import type { Pane } from '../pane/pane.js';
import type { LabSession } from '../ports.js';
import type { Size } from '../store/state.js';
import type { DeskParts } from './desk.js';

/** Output waiting for the screen above which the machine's time is held. */
const WAITING_MAX = 1_000_000;

/** A session and the pane that shows its terminal; bytes go both ways. */
export class Seat {
  readonly session: LabSession;
  readonly pane: Pane;
  private readonly stops: (() => void)[];
  private held = false;

  private constructor(session: LabSession, pane: Pane, stops: (() => void)[]) {
    this.session = session;
    this.pane = pane;
    this.stops = stops;
  }

  /** Shows a session's terminal in a pane as large as `room`. */
  static async take(
    session: LabSession,
    room: Size,
    { makePane, paneChanged, lendTerminal }: DeskParts,
  ): Promise<Seat> {
    const pane = await makePane({ ...room, onReply: (bytes) => session.type(bytes) });
    session.resize(Math.max(2, room.columns), room.rows);
    session.onTerminalWanted((use) => lendTerminal(use));
    return new Seat(session, pane, [pane.subscribe(paneChanged), session.onOutput((bytes) => pane.feed(bytes))]);
  }

  /** Something else that ends when the seat is given up. */
  until(stop: () => void): void {
    this.stops.push(stop);
  }

  type(bytes: Uint8Array): void {
    this.pane.scrollToEnd();
    this.pane.keyed();
    this.session.type(this.pane.encode(bytes));
  }

  fit({ columns, rows }: Size): void {
    this.pane.resize(columns, rows);
    this.session.resize(Math.max(2, columns), rows);
  }

  /** A screen that cannot keep up with the output holds the machine's time, so that nothing piles up. */
  holdTime(mayRun: boolean): void {
    const { waiting } = this.pane;
    if (!this.held && waiting > WAITING_MAX) {
      this.held = true;
      this.session.pause();
    } else if (this.held && waiting < WAITING_MAX / 2) {
      this.held = false;
      if (mayRun) this.session.start();
    }
  }

  /** Gives the pane up; the session goes on. */
  dispose(): void {
    for (const stop of this.stops) stop();
    this.pane.dispose();
  }
}
