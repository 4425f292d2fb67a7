import { lacking, type PlainCapability } from '../clusters/capabilities.js';
import type { Capability } from '../clusters/port.js';
import { needsOfCheck, waitsTooLong } from './needs/check-needs.js';
import type { TaskPlace } from './needs/host-needs.js';
import type { Check } from './rubric.js';

/** A check that a cluster cannot judge. */
export interface Refusal {
  readonly id: string;
  readonly lacks: readonly Capability[];
  /** A clause such as `this cluster has no nodes to be root on`. */
  readonly reason: string;
}

const WORDS: Readonly<Record<PlainCapability, string>> = {
  audit: 'has no audit log to set up',
  containers: 'runs no real containers',
  copies: 'cannot be copied',
  etcd: 'does not show its etcd',
  expendable: 'can neither be copied nor spoiled by checks that act',
  kubeadm: 'was not made with kubeadm',
  load: 'cannot be made to work hard',
  machines: 'has nodes that are no machines of their own: files of containerd and of the network lie elsewhere there',
  nodes: "has nodes that are not the lab's to change",
  'nodes-root': 'has no nodes to be root on',
  'policy-enforcement': 'does not enforce network policies',
  scripts: 'has no place to run scripts in',
  system: 'has things of the whole cluster that must not be changed',
  'virtual-time': 'cannot let time pass at will',
  workstation: 'has no host of the task that your terminal is on',
};

/** The checks that cannot be judged on a cluster with these capabilities, so that a task is refused before it starts. */
export function refusalsOf(
  checks: readonly Check[],
  capabilities: ReadonlySet<Capability>,
  place: TaskPlace,
): readonly Refusal[] {
  const late = new Set(waitsTooLong(checks));
  return checks.flatMap((check): Refusal[] => {
    const needs = [...needsOfCheck(check, place), ...(late.has(check) ? (['virtual-time'] as const) : [])];
    const lacks = lacking(needs, capabilities);
    return lacks.length === 0
      ? []
      : [{ id: check.id, lacks, reason: `this cluster ${lacks.map(lackInWords).join(' and ')}` }];
  });
}

/** What a cluster that lacks something does not do, or has not: `has no etcd`. */
export function lackInWords(need: Capability): string {
  const [kind, name] = need.split(':');
  if (name === undefined) return WORDS[need as PlainCapability];
  return kind === 'addon' ? `has no ${name}` : `cannot be given the fault ${name}`;
}
