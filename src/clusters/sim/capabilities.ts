import type { Capability } from '../port.js';

/** Add-ons and faults of worlds; a test compares them with those that there are. */
const ADD_ONS = [
  'cloud-metadata',
  'csi-hostpath',
  'csi-hostpath-attach',
  'gateway-api',
  'ingress-nginx',
  'local-path-provisioner',
  'metallb',
  'metrics-adapter',
  'metrics-server',
  'snapshot-controller',
  'vertical-pod-autoscaler',
] as const;
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
  ...ADD_ONS.map((name) => `addon:${name}` as const),
  ...FAULTS.map((name) => `fault:${name}` as const),
]);
