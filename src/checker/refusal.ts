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

type Named = Exclude<Capability, `${string}:${string}`>;

const WORDS: Readonly<Record<Named, string>> = {
  audit: 'has no audit log to set up',
  containers: 'runs no real containers',
  copies: 'cannot be copied, so a check that acts would spoil it',
  etcd: 'does not show its etcd',
  expendable: 'must not be changed by checks',
  hosts: 'has no hosts to look at',
  kubeadm: 'was not made with kubeadm',
  load: 'cannot be made to work hard',
  nodes: "has nodes that are not the lab's to change",
  'nodes-root': 'has no nodes to be root on',
  'policy-enforcement': 'does not enforce network policies',
  scripts: 'has no place to run scripts in',
  system: 'has things of the whole cluster that must not be changed',
  systemd: 'has no hosts with systemd',
  'virtual-time': 'cannot let time pass at will',
  workstation: 'has no host of the task that your terminal is on',
};

/** The checks that cannot be judged on a cluster with these capabilities, so that a task is refused before it starts. */
export function refusalsOf(checks: readonly Check[], capabilities: ReadonlySet<Capability>): readonly Refusal[] {
  return checks.flatMap((check): Refusal[] => {
    const lacks = [...needsOf(check)].filter((need) => !capabilities.has(need));
    return lacks.length === 0
      ? []
      : [{ id: check.id, lacks, reason: `this cluster ${lacks.map(lackOf).join(' and ')}` }];
  });
}

/** What a cluster that lacks something does not do: `has no …`. */
function lackOf(need: Capability): string {
  const [kind, name] = need.split(':');
  if (name === undefined) return WORDS[need as Named];
  return kind === 'addon' ? `has no ${name}` : `cannot be given the fault ${name}`;
}

function needsOf(check: Check): Set<Capability> {
  const own = subjectsIn(check).flatMap(({ subject }) => kindOf(subject).needs?.(subject) ?? []);
  return new Set([...own, ...capabilitiesToAct(check)]);
}
