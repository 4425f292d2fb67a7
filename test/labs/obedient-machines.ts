import type { Link } from '../../src/clusters/sim/link.js';
import type { Links } from '../../src/clusters/sim/links.js';
import type { HostMessage } from '../../src/clusters/sim/protocol.js';

/** Machines on one thread, without a cluster: they do whatever they are asked to and say nothing else. */
export class ObedientMachines implements Links {
  /** How many there are. */
  count = 0;
  /** Nothing is answered any more. */
  stuck = false;
  /** What the thread does is for whichever of them is asked. */
  atWork = true;
  /** How often the thread was ended with all of them. */
  abandoned = 0;
  private readonly failures = new Map<Link, (reason: string) => void>();

  async link(): Promise<Link> {
    this.count += 1;
    let hear: (message: HostMessage) => void = () => {};
    const link: Link = {
      send: ({ number }) => {
        if (this.stuck) return;
        queueMicrotask(() => hear({ say: 'answer', number, reached: 1, value: undefined }));
      },
      onMessage: (listener) => {
        hear = listener;
      },
      onFailure: (listener) => this.failures.set(link, listener),
      close: async () => {
        if (this.failures.delete(link)) this.count -= 1;
      },
      isAtWork: () => this.atWork,
      abandon: async () => {
        this.stuck = false;
        this.abandoned += 1;
        await link.close();
        for (const fail of [...this.failures.values()]) fail('its thread was ended');
      },
    };
    return link;
  }
}
