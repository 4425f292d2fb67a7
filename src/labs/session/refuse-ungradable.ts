import { lackInWords } from '../../checker/refusal.js';
import { lacking } from '../../clusters/capabilities.js';
import { type Capability, type Cluster, ClusterError } from '../../clusters/port.js';
import type { LabInstance } from '../format/instance.js';
import { reasonsOfNeeds } from '../needs/needs-of-lab.js';

/** What helps against a lack where something else does than a simulated cluster. */
const INSTEAD: readonly (readonly [Capability, string])[] = [
  ['policy-enforcement', 'A network plugin that enforces NetworkPolicies, such as Calico, would do too.'],
  ['workstation', 'The simulated workstation as your terminal would do too.'],
];

/**
 * Throws `ClusterError` before a task begins that cannot be done or graded on its cluster: what it lacks and why that is
 * needed, one to a line, and what to do instead.
 */
export function refuseUngradable(instance: LabInstance, { capabilities }: Pick<Cluster, 'capabilities'>): void {
  const reasons = reasonsOfNeeds(instance);
  const lacks = new Set(
    lacking(
      reasons.map(({ need }) => need),
      capabilities,
    ),
  );
  if (lacks.size === 0) return;
  const lines = reasons.flatMap(({ need, because }) =>
    lacks.has(need) ? [`  the cluster ${lackInWords(need)} (${because})`] : [],
  );
  const only = lacks.size === 1 ? INSTEAD.filter(([need]) => lacks.has(need)).map(([, words]) => words) : [];
  throw new ClusterError(
    [
      `${instance.lab.id} cannot be done on this cluster:`,
      ...lines,
      ['Take it on a simulated cluster instead.', ...only].join(' '),
    ].join('\n'),
  );
}
