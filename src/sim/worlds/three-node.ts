import { addOnObjects } from './kubeadm/add-ons.js';
import { kubeadmObjects } from './kubeadm/cluster-objects.js';
import { SETTINGS } from './kubeadm/settings.js';
import type { HostPlan, WorldRecipe } from './plan.js';

const GIBIBYTE = 1_048_576;

const HOSTS: readonly Omit<HostPlan, 'name'>[] = [
  { base: 'base', role: 'base', address: '172.30.1.10', cpus: 2, memoryKibibytes: 2 * GIBIBYTE },
  { base: 'controlplane', role: 'control-plane', address: '172.30.1.2', cpus: 2, memoryKibibytes: 4 * GIBIBYTE },
  { base: 'node01', role: 'worker', address: '172.30.1.3', cpus: 2, memoryKibibytes: 4 * GIBIBYTE },
  { base: 'node02', role: 'worker', address: '172.30.1.4', cpus: 2, memoryKibibytes: 4 * GIBIBYTE },
];

/** A kubeadm cluster of one control plane and two workers, and the host one starts from, which has no cluster tools. */
export const threeNode: WorldRecipe = (names) => {
  const hosts = HOSTS.map((host) => ({ ...host, name: names[host.base] ?? host.base }));
  const controlPlane = hosts.find(({ role }) => role === 'control-plane') as HostPlan;
  return { hosts, settings: SETTINGS, objects: [...kubeadmObjects(SETTINGS), ...addOnObjects(SETTINGS, controlPlane)] };
};
