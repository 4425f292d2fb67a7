import type { Capability } from '../clusters/port.js';
import { capabilitiesToAct } from './acting/act.js';
import { kindOf, subjectsIn } from './checks/register.js';
import type { Check } from './rubric.js';

/** A check that a cluster cannot judge. */
export interface Refusal {
  readonly id: string;
  readonly lacks: readonly Capability[];
  /** A clause such as `it restarts a host, and this cluster cannot be copied for that`. */
  readonly reason: string;
}

const WORDS: Readonly<Record<Capability, string>> = {
  'nodes-root': 'has no nodes to be root on',
  etcd: 'does not show its etcd',
  kubeadm: 'was not made with kubeadm',
  'policy-enforcement': 'does not enforce network policies',
  'virtual-time': 'cannot let time pass at will',
  copies: 'cannot be copied, so a check that acts would spoil it',
  hosts: 'has no hosts to look at',
  systemd: 'has no hosts with systemd',
};

/** The checks that cannot be judged on a cluster with these capabilities, so that a task is refused before it starts. */
export function refusalsOf(checks: readonly Check[], capabilities: ReadonlySet<Capability>): readonly Refusal[] {
  return checks.flatMap((check): Refusal[] => {
    const lacks = [...needsOf(check)].filter((need) => !capabilities.has(need));
    return lacks.length === 0
      ? []
      : [{ id: check.id, lacks, reason: `this cluster ${lacks.map((need) => WORDS[need]).join(' and ')}` }];
  });
}

function needsOf(check: Check): Set<Capability> {
  const own = subjectsIn(check).flatMap(({ subject }) => kindOf(subject).needs?.(subject) ?? []);
  return new Set([...own, ...capabilitiesToAct(check)]);
}
