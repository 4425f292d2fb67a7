import type { Micros } from './time.js';

/** Something that can be woken when what it waits for may have come: a parked process, seen from a queue. */
export interface Waiter {
  wake(): void;
}

/**
 * The processes parked until something may have changed. Waking is a hint: whoever wakes looks again and may park again.
 * A waiter leaves every queue it stands in when it wakes.
 */
export class WaitQueue {
  private readonly waiters = new Set<Waiter>();

  get empty(): boolean {
    return this.waiters.size === 0;
  }

  add(waiter: Waiter): void {
    this.waiters.add(waiter);
  }

  remove(waiter: Waiter): void {
    this.waiters.delete(waiter);
  }

  /** Wakes everybody, in the order they came. */
  wakeAll(): void {
    if (this.waiters.size === 0) return;
    for (const waiter of [...this.waiters]) waiter.wake();
  }
}

/** Parks until one of the queues is woken or the instant `until` is reached; with neither, until a signal comes. */
export interface Park {
  readonly queues?: readonly WaitQueue[] | undefined;
  readonly until?: Micros | undefined;
  /** The instant is one of the wall clock that somebody must not miss: a world that ages wakes up for it. */
  readonly appointment?: boolean | undefined;
}

/** Yielded by a process that has used up its slice (`Sys.charge` said so) and can go on at once. */
export const PREEMPT = Symbol('preempt');

/** All that a process may yield to the kernel. It is resumed with nothing; it looks for itself what has changed. */
export type Wait = WaitQueue | Park | typeof PREEMPT;

/** A step that may wait in virtual time: `yield*` it. */
export type Waiting<T> = Generator<Wait, T, void>;
