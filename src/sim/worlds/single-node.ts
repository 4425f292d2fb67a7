import { addOnObjects } from './kubeadm/add-ons.js';
import { kubeadmObjects } from './kubeadm/cluster-objects.js';
import { SETTINGS } from './kubeadm/settings.js';
import { namedHosts } from './machines.js';
import type { HostPlan, WorldRecipe } from './plan.js';

/** A kubeadm cluster of one node, on which pods may run: its taint was taken away. */
export const singleNode: WorldRecipe = (names) => {
  const hosts = namedHosts(['base', 'controlplane'], names);
  const controlPlane = hosts.find(({ role }) => role === 'control-plane') as HostPlan;
  return {
    hosts,
    settings: SETTINGS,
    controlPlaneNode: 'labelled',
    objects: [...kubeadmObjects(SETTINGS), ...addOnObjects(SETTINGS, controlPlane)],
  };
};
