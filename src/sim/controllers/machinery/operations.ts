import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND, type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure } from './failures.js';

/** How long a name waits after a failure: doubling from the first to the last (exponentialbackoff). */
const FIRST: Micros = 500 * MILLISECOND;
const MAX: Micros = 122 * SECOND;

interface Operation {
  running: boolean;
  delay: Micros;
  until: Micros;
}

/** Work beside the queues: one of a name at a time, and after a failure not again for a while (goroutinemap). */
export class Operations {
  private readonly operations = new Map<string, Operation>();

  constructor(private readonly sys: Pick<Sys, 'now' | 'thread'>) {}

  isRunning(name: string): boolean {
    return this.operations.get(name)?.running ?? false;
  }

  /** Starts an operation unless one of that name runs or failed a moment ago. */
  run(name: string, work: () => Waiting<void>): void {
    const known = this.operations.get(name);
    if (known && (known.running || known.until > this.sys.now())) return;
    const operation: Operation = { running: true, delay: known?.delay ?? 0, until: 0 };
    this.operations.set(name, operation);
    this.sys.thread(() => this.finish(name, operation, work));
  }

  private *finish(name: string, operation: Operation, work: () => Waiting<void>): Waiting<void> {
    try {
      yield* work();
      this.operations.delete(name);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      operation.running = false;
      operation.delay = operation.delay === 0 ? FIRST : Math.min(operation.delay * 2, MAX);
      operation.until = this.sys.now() + operation.delay;
    }
  }
}
