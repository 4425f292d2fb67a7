import { openSimCluster, type SimCluster } from '../../clusters/sim/sim-cluster.js';
import type { WorkerPool } from '../../clusters/sim/worker-pool.js';
import type { LabInstance } from '../format/instance.js';
import { machineOptions } from '../session/machine-options.js';

/** Each has a thread to itself. */
const PREPARED_MAX = 4;

/** Machines made while nobody waits, at the instant at which their task is handed over; each is lived on once. */
export class PreparedMachines {
  private readonly pool: WorkerPool;
  private readonly machines = new Map<string, Promise<SimCluster>>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(pool: WorkerPool) {
    this.pool = pool;
  }

  /** Makes a machine for an instance, after those asked for before; there is at most one for each. */
  prepare(instance: LabInstance): Promise<void> {
    const options = machineOptions(instance);
    const key = JSON.stringify(options);
    if (!this.machines.has(key)) {
      const machine = this.queue.then(() => openSimCluster(options, { thread: this.pool }));
      this.machines.set(key, machine);
      this.queue = machine.catch(() => this.machines.delete(key));
      this.keepFew();
    }
    return this.queue.then(() => {});
  }

  /** The machine of an instance, if it was prepared; who takes it closes it. */
  async take(instance: LabInstance): Promise<SimCluster | undefined> {
    const key = JSON.stringify(machineOptions(instance));
    const machine = this.machines.get(key);
    this.machines.delete(key);
    return machine?.catch(() => undefined);
  }

  private keepFew(): void {
    const [oldest] = this.machines;
    if (!oldest || this.machines.size <= PREPARED_MAX) return;
    const [key, machine] = oldest;
    this.machines.delete(key);
    void machine.then((cluster) => cluster.close()).catch(() => {});
  }
}
