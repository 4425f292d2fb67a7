import type { Capability } from './port.js';

/** A capability that has no name of its own behind a colon. */
export type PlainCapability = Exclude<Capability, `${string}:${string}`>;

/** What each means to whoever writes a lab: a clause after `the cluster`. */
export const CAPABILITY_WORDS: Readonly<Record<PlainCapability, string>> = {
  audit: 'can have its audit log set up',
  containers: 'really runs containers',
  copies: 'can be copied, for checks that act and would spoil it for one another',
  etcd: 'shows its etcd, with etcdctl and etcdutl on its host',
  expendable: 'may be spoiled by checks that act',
  kubeadm: 'was made with kubeadm: static pods and keys below /etc/kubernetes',
  load: 'can have its containers made to work hard',
  machines: 'has nodes whose containerd and Calico are where their packages put them',
  nodes: "has nodes that are the lab's, by the names it gives them",
  'nodes-root': 'has nodes to be root on',
  'policy-enforcement': 'enforces NetworkPolicies',
  scripts: 'has a place to run scripts in',
  system: 'lets what is its own be changed, such as kube-system',
  'virtual-time': 'can let any length of time pass at once',
  workstation: "has the person's terminal on the host of the task",
};

/** What a capability means, as a clause after `the cluster`. */
export function capabilityClause(need: Capability): string {
  const [, addOn] = /^addon:(.*)$/.exec(need) ?? [];
  if (addOn !== undefined) return `has ${addOn}`;
  return CAPABILITY_WORDS[need as PlainCapability] ?? `has ${need}`;
}

/** What else will do where something is needed: a cluster that can be copied may be spoiled, as a copy of it may. */
const ALSO: Partial<Readonly<Record<Capability, Capability>>> = { expendable: 'copies' };

/** What of all that is needed a cluster has not, each once, in alphabetical order. */
export function lacking(needs: Iterable<Capability>, has: ReadonlySet<Capability>): Capability[] {
  return [...new Set(needs)].filter((need) => !has.has(need) && !has.has(ALSO[need] ?? need)).sort();
}
