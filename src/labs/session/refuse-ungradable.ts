import { refusalsOf } from '../../checker/refusal.js';
import { type Cluster, ClusterError } from '../../clusters/port.js';
import type { LabInstance } from '../format/instance.js';

/** Throws `ClusterError` before a task begins whose checks its cluster could not judge: which ones, and why. */
export function refuseUngradable(
  { lab, checks }: Pick<LabInstance, 'lab' | 'checks'>,
  { capabilities }: Pick<Cluster, 'capabilities'>,
): void {
  const refusals = refusalsOf(checks, capabilities);
  if (refusals.length === 0) return;
  const reasons = refusals.map(({ id, reason }) => `  ${id}: ${reason}`);
  throw new ClusterError(
    [`${lab.id} cannot be graded on this cluster:`, ...reasons, 'Take it on a simulated cluster instead.'].join('\n'),
  );
}
