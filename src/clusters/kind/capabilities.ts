import type { Capability } from '../port.js';
import { KIND_ADD_ON_NAMES } from './add-ons.js';
import { KIND_FAULT_NAMES } from './faults.js';
import type { KindNetwork } from './shape.js';

const ALWAYS: readonly Capability[] = [
  'audit',
  'containers',
  'etcd',
  'expendable',
  'kubeadm',
  'nodes',
  'nodes-root',
  'scripts',
  'system',
  'workstation',
];
const ENFORCING: readonly KindNetwork[] = ['calico', 'kindnet'];

/** What a kind cluster can do for labs: all but what takes a machine whose time and state can be had at will. */
export function kindCapabilities(network: KindNetwork, lacks: readonly Capability[] = []): ReadonlySet<Capability> {
  const all: Capability[] = [
    ...ALWAYS,
    ...(ENFORCING.includes(network) ? (['policy-enforcement'] as const) : []),
    ...KIND_ADD_ON_NAMES.map((name) => `addon:${name}` as const),
    ...KIND_FAULT_NAMES.map((name) => `fault:${name}` as const),
  ];
  return new Set(all.filter((capability) => !lacks.includes(capability)));
}
