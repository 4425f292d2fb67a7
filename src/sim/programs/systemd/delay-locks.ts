import type { DelayLock } from '../../kernel/libc/login1.js';
import type { Message } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';

/** Those who have something to do before the machine goes down (logind's delay locks). */
export class DelayLocks {
  private readonly locks = new Map<number, DelayLock>();
  private readonly changed = new WaitQueue();
  private preparing = false;

  /** Answers what comes over the bus; who waits for a shutdown is answered when one begins. */
  *answer(message: Message): Waiting<Message> {
    if (message.kind !== 'local') return { kind: 'local-response', error: 'unknown message' };
    const lock = message.payload as DelayLock;
    if (message.operation === 'Inhibit') this.locks.set(lock.pid, lock);
    else if (message.operation === 'PrepareForShutdown') while (!this.preparing) yield this.changed;
    else if (message.operation === 'Release') this.release(lock.pid);
    return { kind: 'local-response', payload: null };
  }

  /** Tells all that the machine will go down, and waits for them; those whose process is gone are not waited for. */
  *prepare(sys: Sys): Waiting<void> {
    this.preparing = true;
    this.changed.wakeAll();
    const until = sys.now() + Math.max(0, ...[...this.locks.values()].map(({ delayMax }) => delayMax));
    while (this.locks.size > 0 && sys.now() < until) {
      const alive = new Set(sys.processes().map(({ pid }) => pid));
      for (const pid of this.locks.keys()) if (!alive.has(pid)) this.locks.delete(pid);
      if (this.locks.size > 0) yield { queues: [this.changed], until: Math.min(until, sys.now() + SECOND) };
    }
  }

  private release(pid: number): void {
    this.locks.delete(pid);
    this.changed.wakeAll();
  }
}
