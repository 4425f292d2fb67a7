import type { LineMessage, LineSide, MachineInput, OutsideEvent } from '../../clusters/sim/sim-cluster.js';
import type { JournalEntry } from '../journal/entry.js';

/** An end of a line, by the side and number it has in its machine. */
export interface LineEnd {
  readonly side: LineSide;
  readonly id: number;
}

/** Who carries what is said from one machine to another. */
export interface LineCarrier {
  /** A client of this machine calls a host of another one. */
  rings(id: number, host: string): void;
  /** This machine's end said something; undefined: it hung up. */
  says(end: LineEnd, message: LineMessage | undefined): void;
}

/** The lines of ssh between an attempt's machine and those of others. Where nobody carries them every call is cut off. */
export class AttemptLines {
  private readonly send: (input: MachineInput) => void;
  private carrier: LineCarrier | undefined;
  private lastCalled = 0;

  constructor(send: (input: MachineInput) => void) {
    this.send = send;
  }

  /** Who carries them from now on. */
  carriedBy(carrier: LineCarrier): void {
    this.carrier = carrier;
  }

  /** A client of another machine calls a host of this one; returns the number of the line's end here. */
  ring(host: string): number {
    this.lastCalled += 1;
    this.send({ kind: 'ring', id: this.lastCalled, host });
    return this.lastCalled;
  }

  /** The other machine's end said something; undefined: it hung up. */
  hear({ side, id }: LineEnd, message: LineMessage | undefined): void {
    this.send({ kind: 'line', side, id, ...(message === undefined ? {} : { message }) });
  }

  /** Takes what the machine does. */
  take(event: OutsideEvent): void {
    if (event.kind === 'ring') {
      if (this.carrier) this.carrier.rings(event.id, event.host);
      else this.hear({ side: 'caller', id: event.id }, undefined);
    }
    if (event.kind === 'line') this.carrier?.says(event, event.message);
  }

  /** What a replay led to: lines that were open when the program ended are cut off, for nobody is at their other ends. */
  takeUp(entries: readonly JournalEntry[], open: readonly LineEnd[]): void {
    for (const entry of entries)
      if ('input' in entry && entry.input.kind === 'ring') this.lastCalled = Math.max(this.lastCalled, entry.input.id);
    for (const end of open) this.hear(end, undefined);
  }
}

/** Which lines are open after a journal's entries, and what a machine said while it did them. */
export function openLines(entries: readonly JournalEntry[], events: readonly OutsideEvent[]): LineEnd[] {
  const inputs = entries.flatMap((entry) => ('input' in entry ? [entry.input] : []));
  const begun: LineEnd[] = [
    ...events.flatMap((event) => (event.kind === 'ring' ? [{ side: 'caller' as const, id: event.id }] : [])),
    ...inputs.flatMap((input) => (input.kind === 'ring' ? [{ side: 'called' as const, id: input.id }] : [])),
  ];
  const ended = [...inputs, ...events].filter((one) => one.kind === 'line' && one.message === undefined) as LineEnd[];
  return begun.filter(({ side, id }) => !ended.some((end) => end.side === side && end.id === id));
}
