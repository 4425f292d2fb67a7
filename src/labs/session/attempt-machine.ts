import type { Baseline } from '../../checker/baseline.js';
import { noteBaseline } from '../../checker/grade.js';
import { type OpenOptions, openSimCluster, type SimCluster } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import type { JournalHeader } from '../journal/entry.js';
import { machineOptions } from './machine-options.js';
import { refuseUngradable } from './refuse-ungradable.js';

/** A machine at the instant its task was handed over. */
export interface Opened {
  readonly cluster: SimCluster;
  readonly baseline: Baseline;
}

/**
 * Makes the machine of an attempt. Throws `ClusterError` where the cluster cannot do what a check needs. The baseline is
 * always taken first, so that every replay begins at one instant.
 */
export async function openMachine(
  instance: LabInstance,
  header: JournalHeader,
  where: OpenOptions = {},
): Promise<Opened> {
  const cluster = await openSimCluster(machineOptions(instance, header.salt, header.epoch, header), where);
  try {
    refuseUngradable(instance, cluster);
    return { cluster, baseline: await noteBaseline(cluster, instance.checks) };
  } catch (error) {
    await cluster.close();
    throw error;
  }
}
