import { addOnObjects } from './kubeadm/add-ons.js';
import { kubeadmObjects } from './kubeadm/cluster-objects.js';
import { BOTH_FAMILIES, SETTINGS } from './kubeadm/settings.js';
import { namedHosts } from './machines.js';
import type { HostPlan, WorldRecipe } from './plan.js';

/** A kubeadm cluster of one node, on which pods may run: its taint was taken away. */
export const singleNode: WorldRecipe = (names, families) => {
  const settings = families === 'both' ? BOTH_FAMILIES : SETTINGS;
  const hosts = namedHosts(['base', 'controlplane'], names, families);
  const controlPlane = hosts.find(({ role }) => role === 'control-plane') as HostPlan;
  return {
    hosts,
    settings,
    controlPlaneNode: 'labelled',
    objects: [...kubeadmObjects(settings), ...addOnObjects(settings, controlPlane)],
  };
};
