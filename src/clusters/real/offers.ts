import type { Capability } from '../port.js';

/** What there is about a real cluster at best, where nobody has looked at one yet. */
interface Offer {
  readonly capabilities: ReadonlySet<Capability>;
  /** Of these it depends on the cluster that is there. */
  readonly perhaps: ReadonlySet<Capability>;
}

/** What is put into a cluster of kind from the internet, or by what comes with it. */
const KIND_ADD_ONS = [
  'csi-hostpath',
  'csi-hostpath-attach',
  'gateway-api',
  'ingress-nginx',
  'local-path-provisioner',
  'metallb',
  'metrics-server',
  'snapshot-controller',
  'vertical-pod-autoscaler',
] as const;

/** What kubectl can break, or a shell on a node. */
const KIND_FAULTS = [
  'coredns-scaled-to-zero',
  'corefile-zone-misspelled-no-reload',
  'kube-dns-selector-wrong',
  'kubelet-client-ca-missing',
  'kubelet-config-not-yaml',
  'kubelet-disabled',
  'kubelet-flag-removed',
  'kubelet-program-misplaced',
  'kubelet-server-port-wrong',
] as const;

/** A cluster that kind makes for the occasion: all but what takes a machine whose time and state can be had at will. */
export const KIND_CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'audit',
  'containers',
  'etcd',
  'expendable',
  'kubeadm',
  'nodes',
  'nodes-root',
  'policy-enforcement',
  'scripts',
  'system',
  'workstation',
  ...KIND_ADD_ONS.map((name) => `addon:${name}` as const),
  ...KIND_FAULTS.map((name) => `fault:${name}` as const),
]);

/** A cluster that is there anyway: nothing of what is its own is touched. What is installed in it depends. */
const CONTEXT_PERHAPS: readonly Capability[] = [
  'containers',
  'policy-enforcement',
  ...KIND_ADD_ONS.map((name) => `addon:${name}` as const),
];
export const CONTEXT_CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'expendable',
  'scripts',
  ...CONTEXT_PERHAPS,
]);

/** Where labs run besides the simulated cluster, by what is written after `--cluster`. */
export const OFFERS: Readonly<Record<'kind' | 'context', Offer>> = {
  kind: { capabilities: KIND_CAPABILITIES, perhaps: new Set() },
  context: { capabilities: CONTEXT_CAPABILITIES, perhaps: new Set(CONTEXT_PERHAPS) },
};
