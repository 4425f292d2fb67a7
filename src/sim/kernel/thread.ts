import { Errno } from './errno.js';
import type { Timer } from './heap.js';
import type { Process } from './process.js';
import type { Park, Wait, Waiter } from './wait.js';
import { PREEMPT, WaitQueue } from './wait.js';

/** One line of execution of a process: a generator, and what it waits for. */
export class Thread implements Waiter {
  readonly process: Process;
  state: 'ready' | 'running' | 'parked' | 'done' = 'ready';
  /** It gave up its last turn by itself and so goes before those who used theirs up. */
  patient = false;
  private readonly body: Generator<Wait, number | void, void>;
  private readonly queues: WaitQueue[] = [];
  private timer: Timer | undefined;
  private interrupted = false;

  constructor(process: Process, body: Generator<Wait, number | void, void>) {
    this.process = process;
    this.body = body;
  }

  /** Runs one turn. Returns the exit status when the body ended. Whatever the body throws comes out. */
  turn(): { ended: false } | { ended: true; status: number } {
    const { kernel } = this.process.host;
    for (;;) {
      this.state = 'running';
      const step = this.interrupted ? this.throwInterrupt() : this.body.next();
      if (step.done) {
        this.state = 'done';
        return { ended: true, status: typeof step.value === 'number' ? step.value & 0xff : 0 };
      }
      if (step.value !== PREEMPT) {
        this.park(step.value);
        return { ended: false };
      }
      if (this.process.ending || this.process.stopped || kernel.charge(0)) {
        this.patient = false;
        this.state = 'ready';
        return { ended: false };
      }
    }
  }

  wake(): void {
    if (this.state !== 'parked') return;
    this.leave();
    this.state = 'ready';
    this.process.host.ready(this);
  }

  /** A caught signal came: what it waits for ends with EINTR. */
  interrupt(): void {
    if (this.state !== 'parked') return;
    this.interrupted = true;
    this.wake();
  }

  /** Ends it where it stands; its `finally` blocks run, and may not wait. */
  end(): void {
    if (this.state === 'done') return;
    const wasRunning = this.state === 'running';
    this.leave();
    this.state = 'done';
    if (wasRunning) return;
    try {
      this.body.return(undefined);
    } catch {
      // A dying program's clean-up has nobody to report to.
    }
  }

  private throwInterrupt(): IteratorResult<Wait, number | void> {
    this.interrupted = false;
    return this.body.throw(new Errno('EINTR'));
  }

  private park(wait: WaitQueue | Park): void {
    this.state = 'parked';
    this.patient = true;
    if (wait instanceof WaitQueue) this.stand(wait);
    else {
      for (const queue of wait.queues ?? []) this.stand(queue);
      if (wait.until !== undefined)
        this.timer = this.process.host.kernel.at(wait.until, () => this.wake(), wait.appointment);
    }
    // A signal that came after waking and before parking again must not be slept over.
    if (this.process.hasCaught()) this.interrupt();
  }

  private stand(queue: WaitQueue): void {
    queue.add(this);
    this.queues.push(queue);
  }

  private leave(): void {
    for (const queue of this.queues) queue.remove(this);
    this.queues.length = 0;
    if (this.timer) this.timer.cancelled = true;
    this.timer = undefined;
  }
}
