import type { Sys } from '../kernel/sys.js';
import { MILLISECOND, MINUTE, type Micros, SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { WaitQueue } from '../kernel/wait.js';
import { RateLimiter } from './rate-limiter.js';

/** The delays of a queue's failures: doubling from `base` to `max`, and no more than `rate` a second beyond a burst. */
export interface QueueLimits {
  readonly base: Micros;
  readonly max: Micros;
  readonly rate: number;
  readonly burst: number;
}

/** A key that comes again after a span, and whether that is so long that it is waited for by the calendar. */
interface Delayed {
  readonly at: Micros;
  readonly appointment: boolean;
}

/** What comes again sooner belongs to what is going on; later is a deadline, a schedule, an expiry. */
const APPOINTMENT_MIN = MINUTE;

/** client-go's DefaultTypedControllerRateLimiter. */
const DEFAULT_LIMITS: QueueLimits = { base: 5 * MILLISECOND, max: 1000 * SECOND, rate: 10, burst: 100 };

/**
 * Keys waiting to be worked on (client-go util/workqueue): a key waits once however often it is added, and is never
 * worked on twice at a time; what is added meanwhile comes again afterwards.
 */
export class KeyQueue {
  /** Woken when there may be something to get. */
  readonly ready = new WaitQueue();
  private readonly sys: Pick<Sys, 'now'>;
  private readonly limiter: RateLimiter;
  private readonly waiting = new Set<string>();
  private readonly working = new Set<string>();
  private readonly again = new Set<string>();
  private readonly delayed = new Map<string, Delayed>();

  constructor(sys: Pick<Sys, 'now'>, limits: QueueLimits = DEFAULT_LIMITS) {
    this.sys = sys;
    this.limiter = new RateLimiter(limits);
  }

  /** Keys that could be got right now. */
  get length(): number {
    this.releaseDue();
    return this.waiting.size;
  }

  add(key: string): void {
    if (this.working.has(key)) {
      this.again.add(key);
      return;
    }
    if (this.waiting.has(key)) return;
    this.waiting.add(key);
    this.ready.wakeAll();
  }

  /** Adds a key after a span; of several spans the shortest counts. */
  addAfter(key: string, span: Micros): void {
    if (span <= 0) {
      this.add(key);
      return;
    }
    const at = this.sys.now() + Math.ceil(span);
    const before = this.delayed.get(key);
    if (before !== undefined && before.at <= at) return;
    this.delayed.set(key, { at, appointment: span > APPOINTMENT_MIN });
    this.ready.wakeAll();
  }

  /** Adds a key that failed, after a delay that grows with each failure until it is forgotten. */
  addRateLimited(key: string): void {
    this.addAfter(key, this.limiter.when(key, this.sys.now()));
  }

  forget(key: string): void {
    this.limiter.forget(key);
  }

  retries(key: string): number {
    return this.limiter.retries(key);
  }

  /** The next key, in the order they came; waits for one. `done` must follow. */
  *get(): Waiting<string> {
    for (;;) {
      const key = this.tryGet();
      if (key !== undefined) return key;
      const next = this.nextDue();
      yield next === undefined ? this.ready : { queues: [this.ready], until: next.at, appointment: next.appointment };
    }
  }

  /** The next key, or undefined when there is none now. */
  tryGet(): string | undefined {
    this.releaseDue();
    for (const key of this.waiting) {
      this.waiting.delete(key);
      this.working.add(key);
      return key;
    }
    return undefined;
  }

  done(key: string): void {
    this.working.delete(key);
    if (this.again.delete(key)) this.add(key);
  }

  /** The soonest, told as an appointment when there is one among those behind it. */
  private nextDue(): Delayed | undefined {
    let soonest: Micros | undefined;
    let hasAppointment = false;
    for (const { at, appointment } of this.delayed.values()) {
      if (soonest === undefined || at < soonest) soonest = at;
      hasAppointment ||= appointment;
    }
    return soonest === undefined ? undefined : { at: soonest, appointment: hasAppointment };
  }

  private releaseDue(): void {
    if (this.delayed.size === 0) return;
    const now = this.sys.now();
    const due = [...this.delayed].filter(([, { at }]) => at <= now).sort(([, a], [, b]) => a.at - b.at);
    for (const [key] of due) {
      this.delayed.delete(key);
      this.add(key);
    }
  }
}
