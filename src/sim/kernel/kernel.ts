import type { Handshake } from './conversation.js';
import { type Footprint, SMALL_FOOTPRINT } from './footprint.js';
import type { Timer } from './heap.js';
import { EventHeap } from './heap.js';
import type { HostKernel } from './host-kernel.js';
import { LIMITS } from './limits.js';
import { OutsideCalls } from './outside-calls.js';
import { Questions } from './questions.js';
import type { Random } from './random.js';
import { createRandom } from './random.js';
import type { Program } from './sys.js';
import type { Micros } from './time.js';
import { Trace } from './trace.js';

/** A program that ended by an error it should not have let out: a defect of ours, kept to be shown with seed and journal. */
export interface Crash {
  readonly at: Micros;
  readonly host: string;
  readonly command: string;
  readonly error: unknown;
}

export interface KernelOptions {
  readonly epoch: Micros;
  readonly seed: string;
  /** Programs by the name their executable image carries. */
  readonly programs: ReadonlyMap<string, Program>;
  /** What they take of memory, by the same names; those that are not there are small. */
  readonly footprints?: Readonly<Record<string, Footprint>>;
  readonly handshake: Handshake;
}

/**
 * Virtual time and everything that happens in it. Time moves only in `advance`; between two calls nothing does.
 * `advance(a)` then `advance(b)` equals `advance(a + b)`: what runs, and when, depends on the events alone.
 */
export class Kernel {
  readonly trace = new Trace();
  readonly questions = new Questions();
  readonly outsideCalls = new OutsideCalls();
  /** Told of each line that a shell reads at its prompt on a terminal. */
  onCommandLine: ((line: string) => void) | undefined;
  readonly random: Random;
  readonly programs: ReadonlyMap<string, Program>;
  readonly handshake: Handshake;
  private readonly footprints: Readonly<Record<string, Footprint>>;
  readonly hosts = new Map<string, HostKernel>();
  readonly crashes: Crash[] = [];
  /** CPU time the running turn has used so far: `now` lies that much after the event that started it. */
  spent: Micros = 0;
  /** How long the machine has slept so far: what `sleepThrough` skipped. */
  slept: Micros = 0;
  private clock: Micros;
  private readonly events = new EventHeap();

  constructor(options: KernelOptions) {
    this.clock = options.epoch;
    this.random = createRandom(options.seed);
    this.programs = options.programs;
    this.handshake = options.handshake;
    this.footprints = options.footprints ?? {};
  }

  /** What a program takes of memory. */
  footprintOf(program: string): Footprint {
    return this.footprints[program] ?? SMALL_FOOTPRINT;
  }

  now(): Micros {
    return this.clock + this.spent;
  }

  /** Runs `action` at an instant; in the past means as soon as possible. An appointment is kept by who sleeps. */
  at(instant: Micros, action: () => void, appointment = false): Timer {
    return this.events.add(Math.max(instant, this.clock), action, appointment);
  }

  /** Adds CPU time to the running turn. A program that never gives its turn up is a defect and stops the machine. */
  charge(micros: Micros): boolean {
    this.spent += micros;
    if (this.spent > LIMITS.slice_runaway_micros) throw new RunawayTurn();
    return this.spent >= LIMITS.slice_micros;
  }

  /** The instant of the next event, or undefined when nothing will happen by itself. */
  nextEventAt(): Micros | undefined {
    return this.events.nextAt();
  }

  /** The instant of the next appointment: what a world that sleeps must be awake for. */
  nextAppointment(): Micros | undefined {
    return this.events.nextKept();
  }

  /**
   * The clock goes on while nothing happens, as for a suspended computer: every event is put off by the span, but for
   * appointments. For worlds that age in peace; the wall clock has moved afterwards, the monotonic one has not.
   */
  sleepThrough(span: Micros): void {
    this.events.postponeAll(span);
    this.clock += span;
    this.slept += span;
  }

  /** Lets a span of virtual time pass. */
  advance(span: Micros): void {
    const target = this.clock + span;
    for (;;) {
      const at = this.events.nextAt();
      if (at === undefined || at > target) break;
      this.runNext();
    }
    this.clock = target;
  }

  /**
   * Jumps from event to event until `done` holds or `limit` micros have passed; true when it held. `done` is asked
   * before the first and after every event.
   */
  advanceUntil(done: () => boolean, limit: Micros): boolean {
    const target = this.clock + limit;
    for (;;) {
      if (done()) return true;
      const at = this.events.nextAt();
      if (at === undefined || at > target) {
        this.clock = target;
        return done();
      }
      this.runNext();
    }
  }

  private runNext(): void {
    const { at, run } = this.events.take();
    this.clock = at;
    run();
  }
}

/** A process computed for far longer than a turn without yielding. */
export class RunawayTurn extends Error {
  constructor() {
    super('a simulated program never gave up its turn');
  }
}
