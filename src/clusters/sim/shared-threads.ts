import type { MachineOptions } from '../../sim/index.js';
import { type Link, type MachineThread, workerThread } from './link.js';
import type { Links } from './links.js';

/** As many as the graders of an exam keep busy. */
export const MACHINE_THREADS = 2;
const ENDED = 'the threads of machines were ended';

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
  private closed = false;

  constructor({ threads = MACHINE_THREADS, startThread = () => workerThread() }: SharedThreadsOptions = {}) {
    this.threadsMax = threads;
    this.startThread = startThread;
  }

  /**
   * Starts the threads before they are needed, and has one make a world that nobody will see: the next one is made in a
   * third of the time. Resolves when it is done, or given up; throws as `link` does.
   */
  async prepare(options: MachineOptions): Promise<void> {
    const [first] = await this.alive(this.threadsMax);
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

  /**
   * A link to a machine on the thread that has the fewest. Throws where not a single thread can be started, and when all
   * was ended.
   */
  async link(): Promise<Link> {
    const alive = await this.alive(Math.min(this.threads.length + 1, this.threadsMax));
    return alive.reduce((one, other) => (other.seats < one.seats ? other : one)).seat();
  }

  /** Ends all threads; none is started any more. */
  async close(): Promise<void> {
    this.closed = true;
    const threads = this.threads;
    this.threads = [];
    await Promise.allSettled(threads.map(async (thread) => (await thread).close()));
  }

  /** So many threads; fewer where others cannot be started. What died or never began makes room for another. */
  private async alive(wanted: number): Promise<MachineThread[]> {
    if (this.closed) throw new Error(ENDED);
    while (this.threads.length < wanted) this.threads.push(this.startThread());
    const asked = [...this.threads];
    const settled = await Promise.allSettled(asked);
    if (this.closed) throw new Error(ENDED);
    const gone = asked.filter((_, index) => !isAlive(settled[index]));
    this.threads = this.threads.filter((thread) => !gone.includes(thread));
    const refused = settled.find((one) => one.status === 'rejected');
    if (gone.length > 0 && !refused) return this.alive(wanted);
    const alive = settled.flatMap((one) => (isAlive(one) ? [one.value] : []));
    if (alive.length > 0) return alive;
    // Somebody else has begun one meanwhile, which may be luckier; no more are begun here.
    if (this.threads.length > 0) return this.alive(0);
    throw refused?.reason ?? new Error(ENDED);
  }
}

function isAlive(one: PromiseSettledResult<MachineThread> | undefined): one is PromiseFulfilledResult<MachineThread> {
  return one?.status === 'fulfilled' && one.value.isAlive;
}
