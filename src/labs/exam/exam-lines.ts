import type { LineMessage } from '../../clusters/sim/sim-cluster.js';
import type { LineEnd } from '../session/attempt-lines.js';
import type { LiveSession } from '../session/live-session.js';

/** One end of a call: at which task's machine, and which line of it. */
interface CallEnd extends LineEnd {
  readonly number: number;
  readonly session: LiveSession;
}

/** A client's call from one task's base to another task's host. */
interface Call {
  readonly near: CallEnd;
  /** The number of the task that was called. */
  readonly called: number;
  /** There once its machine is. */
  far: CallEnd | undefined;
  readonly waiting: LineMessage[];
}

export interface ExamLinesParts {
  /** The task that a host belongs to; undefined for a host of none. */
  taskOf(host: string): number | undefined;
  /** The attempt of a task that is called; its machine is made where it is not there yet. */
  reach(number: number): Promise<LiveSession>;
  /** Somebody began to call, or ended: other machines may have to keep pace now. */
  changed(): void;
}

/** Carries what ssh clients and servers of different tasks' machines say to each other. */
export class ExamLines {
  private readonly parts: ExamLinesParts;
  private calls: Call[] = [];

  constructor(parts: ExamLinesParts) {
    this.parts = parts;
  }

  /** Listens to a task's attempt from now on. */
  attend(number: number, session: LiveSession): void {
    session.lines.carriedBy({
      rings: (id, host) => void this.connect({ number, session, side: 'caller', id }, host),
      says: (end, message) => this.carry(session, end, message),
    });
    session.onFailure(() => {
      for (const call of this.calls.filter(({ near, far }) => near.session === session || far?.session === session))
        this.end(call, session);
    });
  }

  /** Whether somebody works at a task's machine from another one's, or from it at another. */
  inUse(number: number): boolean {
    return this.calls.some(({ near, called }) => near.number === number || called === number);
  }

  private async connect(near: CallEnd, host: string): Promise<void> {
    const called = this.parts.taskOf(host);
    if (called === undefined) return near.session.lines.hear(near, undefined);
    const call: Call = { near, called, far: undefined, waiting: [] };
    this.calls.push(call);
    try {
      const session = await this.parts.reach(called);
      if (!this.calls.includes(call)) return;
      this.parts.changed();
      call.far = { number: called, session, side: 'called', id: session.lines.ring(host) };
      for (const message of call.waiting.splice(0)) session.lines.hear(call.far, message);
    } catch {
      // A machine that cannot be made does not answer; whoever opens its task is told why.
      this.end(call);
    }
  }

  private carry(session: LiveSession, { side, id }: LineEnd, message: LineMessage | undefined): void {
    const isIt = (end: CallEnd | undefined): boolean => end?.session === session && end.side === side && end.id === id;
    const call = this.calls.find(({ near, far }) => isIt(near) || isIt(far));
    if (!call) return;
    // What the other machine acts upon must have happened here whatever comes.
    session.noteClock();
    if (message === undefined) return this.end(call, session);
    const other = isIt(call.near) ? call.far : call.near;
    if (other) other.session.lines.hear(other, message);
    else call.waiting.push(message);
  }

  /** Hangs up at both ends, or at the other one of who hung up. */
  private end(call: Call, by?: LiveSession): void {
    this.calls = this.calls.filter((one) => one !== call);
    for (const end of [call.near, call.far]) if (end && end.session !== by) end.session.lines.hear(end, undefined);
    this.parts.changed();
  }
}
