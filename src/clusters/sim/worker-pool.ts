import type { MachineOptions } from '../../sim/index.js';
import type { Link } from './link.js';
import { workerLink } from './link.js';
import type { Links } from './links.js';
import type { HostMessage } from './protocol.js';

export interface WorkerPoolOptions {
  /** Threads that wait for another machine at most; the others end with theirs. */
  readonly idleMax?: number;
  readonly startWorker?: () => Promise<Link>;
}

/**
 * Worker threads for one machine after another: a thread that has run a machine makes the next in a third of the time,
 * for its code is compiled. Whoever takes a link has a thread to himself until he closes it.
 */
export class WorkerPool implements Links {
  private readonly idle: Link[] = [];
  private readonly all = new Set<Link>();
  /** Being prepared. */
  private readonly unready = new Set<Link>();
  private closed = false;
  private readonly idleMax: number;
  private readonly startWorker: () => Promise<Link>;

  constructor({ idleMax = Number.POSITIVE_INFINITY, startWorker = workerLink }: WorkerPoolOptions = {}) {
    this.idleMax = idleMax;
    this.startWorker = startWorker;
  }

  /**
   * Begins a thread before it is needed, and has it make a world that nobody will see. Resolves when it is ready, or
   * given up: who asks for a thread before gets a new one, so that nobody ever waits for a preparation.
   */
  async prepare(options: MachineOptions): Promise<void> {
    const worker = await this.start();
    this.unready.add(worker);
    const ready = await new Promise<boolean>((resolve) => {
      worker.onMessage(({ say }) => {
        if (say !== 'events') resolve(true);
      });
      worker.onFailure(() => resolve(false));
      worker.send({ number: 0, question: { ask: 'open', options } });
    });
    if (this.unready.delete(worker)) await this.put(worker, ready && this.all.has(worker));
  }

  /** A link to an idle thread, or to a new one. */
  async link(): Promise<Link> {
    for (const worker of this.unready) void this.end(worker);
    this.unready.clear();
    return this.take();
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.all].map((worker) => this.end(worker)));
    this.idle.length = 0;
  }

  private async take(): Promise<Link> {
    const worker = this.idle.pop() ?? (await this.start());
    let unanswered = 0;
    let failed = false;
    worker.onFailure(() => {
      failed = true;
    });
    return {
      send: (message) => {
        unanswered += 1;
        worker.send(message);
      },
      onMessage: (listener) =>
        worker.onMessage((message: HostMessage) => {
          if (message.say !== 'events') unanswered -= 1;
          listener(message);
        }),
      onFailure: (listener) =>
        worker.onFailure((reason) => {
          failed = true;
          listener(reason);
        }),
      close: async () => {
        // A thread that still works at something may do so for ever.
        await this.put(worker, unanswered === 0 && !failed && this.all.has(worker));
      },
    };
  }

  private async put(worker: Link, usable: boolean): Promise<void> {
    worker.onMessage(() => {});
    // One that dies while it waits must not be given to anybody.
    worker.onFailure(() => this.drop(worker));
    if (usable && this.idle.length < this.idleMax) this.idle.push(worker);
    else await this.end(worker);
  }

  private drop(worker: Link): void {
    const place = this.idle.indexOf(worker);
    if (place >= 0) this.idle.splice(place, 1);
    void this.end(worker);
  }

  private async start(): Promise<Link> {
    const worker = await this.startWorker();
    this.all.add(worker);
    if (this.closed) await this.end(worker);
    return worker;
  }

  private async end(worker: Link): Promise<void> {
    if (!this.all.delete(worker)) return;
    await worker.close();
  }
}
