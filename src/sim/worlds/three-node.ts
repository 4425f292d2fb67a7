import { addOnObjects } from './kubeadm/add-ons.js';
import { kubeadmObjects } from './kubeadm/cluster-objects.js';
import { BOTH_FAMILIES, SETTINGS } from './kubeadm/settings.js';
import { namedHosts } from './machines.js';
import type { HostPlan, WorldRecipe } from './plan.js';

/** A kubeadm cluster of one control plane and two workers, and the host one starts from, which has no cluster tools. */
export const threeNode: WorldRecipe = (names, families) => {
  const settings = families === 'both' ? BOTH_FAMILIES : SETTINGS;
  const hosts = namedHosts(['base', 'controlplane', 'node01', 'node02'], names, families);
  const controlPlane = hosts.find(({ role }) => role === 'control-plane') as HostPlan;
  return {
    hosts,
    settings,
    controlPlaneNode: 'tainted',
    objects: [...kubeadmObjects(settings), ...addOnObjects(settings, controlPlane)],
  };
};
