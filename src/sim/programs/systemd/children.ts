import { isErrno } from '../../kernel/errno.js';
import type { ExitStatus, Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';

/** A process that pid 1 started, until somebody has looked at how it ended. */
export interface Child {
  readonly pid: number;
  readonly changed: WaitQueue;
  status: ExitStatus | undefined;
  /** CPU time it and its own awaited children used; known when it has ended. */
  cpu: Micros;
}

/** Pid 1's children: those it started itself, and orphans, which it only lets go. */
export class Children {
  private readonly sys: Sys;
  private readonly known = new Map<number, Child>();
  private readonly started = new WaitQueue();

  constructor(sys: Sys) {
    this.sys = sys;
  }

  /** Watches a process that was just started. */
  add(pid: number): Child {
    const child: Child = { pid, changed: new WaitQueue(), status: undefined, cpu: 0 };
    this.known.set(pid, child);
    this.started.wakeAll();
    return child;
  }

  /** The thread that takes every ended process from the kernel. */
  *reap(): Waiting<void> {
    for (;;) {
      try {
        const before = this.sys.times().children;
        const change = yield* this.sys.wait('any');
        if (change?.kind !== 'exited') continue;
        const child = this.known.get(change.pid);
        if (!child) continue;
        this.known.delete(change.pid);
        child.cpu = this.sys.times().children - before;
        child.status = change.status;
        child.changed.wakeAll();
      } catch (error) {
        if (!isErrno(error, 'ECHILD')) throw error;
        yield this.started;
      }
    }
  }

  /** Waits until a child ends; undefined when `until` comes first or `given up` says so. */
  *ended(child: Child, until?: Micros, alsoWake?: WaitQueue, givenUp?: () => boolean): Waiting<ExitStatus | undefined> {
    while (child.status === undefined) {
      if (givenUp?.()) return undefined;
      if (until !== undefined && this.sys.now() >= until) return undefined;
      const queues = alsoWake ? [child.changed, alsoWake] : [child.changed];
      yield until === undefined || until === Number.POSITIVE_INFINITY ? { queues } : { queues, until };
    }
    return child.status;
  }
}
