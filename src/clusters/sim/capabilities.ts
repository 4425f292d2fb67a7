import { ADD_ON_NAMES } from '../add-on-names.js';
import type { Capability } from '../port.js';

/** Faults of worlds; a test compares them with those that there are. */
const FAULTS = [
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

/** What a simulated cluster can do: all that there is. */
export const SIM_CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'audit',
  'containers',
  'copies',
  'etcd',
  'expendable',
  'kubeadm',
  'load',
  'machines',
  'nodes',
  'nodes-root',
  'policy-enforcement',
  'scripts',
  'system',
  'virtual-time',
  'workstation',
  ...ADD_ON_NAMES.map((name) => `addon:${name}` as const),
  ...FAULTS.map((name) => `fault:${name}` as const),
]);
