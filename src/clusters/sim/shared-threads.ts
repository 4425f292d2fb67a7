import type { MachineOptions } from '../../sim/index.js';
import { type Link, type MachineThread, workerThread } from './link.js';
import type { Links } from './links.js';

export interface SharedThreadsOptions {
  /** How many there are at most. */
  readonly threads?: number;
  readonly startThread?: () => Promise<MachineThread>;
}

/**
 * A few threads for many machines. The code of a simulation is ten times as large as one cluster, so that a dozen
 * machines on two threads take little more than two. A thread that dies takes its machines along; the next machine gets
 * a new one.
 */
export class SharedThreads implements Links {
  private readonly threadsMax: number;
  private readonly startThread: () => Promise<MachineThread>;
  private threads: Promise<MachineThread>[] = [];

  constructor({ threads = 2, startThread = workerThread }: SharedThreadsOptions = {}) {
    this.threadsMax = threads;
    this.startThread = startThread;
  }

  /**
   * Starts the threads before they are needed, and has one make a world that nobody will see: the next one is made in a
   * third of the time. Resolves when it is done, or given up.
   */
  async prepare(options: MachineOptions): Promise<void> {
    while (this.threads.length < this.threadsMax) this.threads.push(this.startThread());
    const [first] = await Promise.all(this.threads);
    const seat = first?.seat();
    if (!seat) return;
    await new Promise<void>((resolve) => {
      seat.onMessage(({ say }) => {
        if (say !== 'events') resolve();
      });
      seat.onFailure(() => resolve());
      seat.send({ number: 0, question: { ask: 'open', options } });
    });
    await seat.close();
  }

  /** A link to a machine on the thread that has the fewest. */
  async link(): Promise<Link> {
    if (this.threads.length < this.threadsMax) this.threads.push(this.startThread());
    const present = await Promise.all(this.threads);
    const alive = present.filter(({ isAlive }) => isAlive);
    if (alive.length < present.length) {
      this.threads = alive.map((thread) => Promise.resolve(thread));
      return this.link();
    }
    return alive.reduce((one, other) => (other.seats < one.seats ? other : one)).seat();
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    const threads = this.threads;
    this.threads = [];
    await Promise.all(threads.map(async (thread) => (await thread).close()));
  }
}
