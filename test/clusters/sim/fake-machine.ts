import type { Machine, MachineInput, OutsideEvent } from '../../../src/sim/index.js';

/** A machine that takes 100 ms of its time for everything: a run ends, a terminal asks for input, the world is quiet. */
export class FakeMachine implements Partial<Machine> {
  readonly inputs: { readonly at: number; readonly input: MachineInput }[] = [];
  readonly advances: number[] = [];
  private clock: number;
  private events: OutsideEvent[] = [];
  private due: { readonly at: number; readonly event: OutsideEvent }[] = [];

  constructor(epoch: number) {
    this.clock = epoch;
  }

  now(): number {
    return this.clock;
  }

  input(input: MachineInput): void {
    this.inputs.push({ at: this.clock, input });
    if (input.kind === 'type') this.events.push({ kind: 'output', terminal: input.terminal, bytes: input.bytes });
    if (input.kind === 'run' && input.argv[0] !== 'forever') {
      const event = {
        kind: 'finished',
        id: input.id,
        code: 3,
        stdout: input.stdin ?? Buffer.from('out'),
        stderr: Buffer.from('err'),
      };
      this.due.push({ at: this.clock + 100_000, event: event as OutsideEvent });
    }
    if (input.kind === 'request') {
      const body = Buffer.from('{"kind":"Status"}');
      const response = { status: 418, headers: {}, body };
      this.due.push({
        at: this.clock + 100_000,
        event: { kind: 'response', id: input.id, response, streaming: false } as OutsideEvent,
      });
    }
  }

  advance(span: number): void {
    this.advances.push(span);
    this.moveTo(this.clock + span);
  }

  advanceUntil(done: () => boolean, limit: number): boolean {
    const end = this.clock + limit;
    while (!done()) {
      const next = Math.min(...this.due.map(({ at }) => at));
      this.moveTo(Math.min(end, next));
      if (this.clock >= end) return done();
    }
    return true;
  }

  takeEvents(): OutsideEvent[] {
    return this.events.splice(0);
  }

  isQuiet(): boolean {
    return this.clock % 10_000_000 === 0;
  }

  wantsInput(terminal: number): boolean {
    return terminal === 1;
  }

  hosts(): never[] {
    return [];
  }

  file(_host: string, path: string): undefined {
    if (path === '/broken') throw new Error('a defect');
    return undefined;
  }

  traceHash(): string {
    return 'cafe';
  }

  private moveTo(instant: number): void {
    this.clock = instant;
    for (const { event } of this.due.filter(({ at }) => at <= instant)) this.events.push(event);
    this.due = this.due.filter(({ at }) => at > instant);
  }
}
