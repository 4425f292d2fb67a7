import type { Link } from './link.js';
import { workerLink } from './link.js';
import type { HostMessage } from './protocol.js';

/**
 * Worker threads for one machine after another: a thread that has run a machine makes the next in a third of the time,
 * for its code is compiled. Whoever takes a link has a thread to himself until he closes it.
 */
export class WorkerPool {
  private readonly idle: Link[] = [];
  private readonly all = new Set<Link>();
  private readonly startWorker: () => Promise<Link>;

  constructor(startWorker: () => Promise<Link> = workerLink) {
    this.startWorker = startWorker;
  }

  /** A link to an idle thread, or to a new one. */
  async link(): Promise<Link> {
    const worker = this.idle.pop() ?? (await this.start());
    let unanswered = 0;
    let failed = false;
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
        worker.onMessage(() => {});
        worker.onFailure(() => {});
        // A thread that still works at something may do so for ever.
        if (unanswered === 0 && !failed) this.idle.push(worker);
        else await this.end(worker);
      },
    };
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    await Promise.all([...this.all].map((worker) => this.end(worker)));
    this.idle.length = 0;
  }

  private async start(): Promise<Link> {
    const worker = await this.startWorker();
    this.all.add(worker);
    return worker;
  }

  private async end(worker: Link): Promise<void> {
    this.all.delete(worker);
    await worker.close();
  }
}
