import { apiserverCommand, controllerManagerCommand, etcdCommand, schedulerCommand } from './kubeadm/arguments.js';
import { kubeadmObjects } from './kubeadm/cluster-objects.js';
import { SETTINGS } from './kubeadm/settings.js';
import { namedHosts } from './machines.js';
import type { HostPlan, WorldRecipe } from './plan.js';

/** A control plane without a single node: whatever wants to run waits. */
export const empty: WorldRecipe = (names) => {
  const hosts = namedHosts(['base', 'controlplane'], names);
  const controlPlane = hosts.find(({ role }) => role === 'control-plane') as HostPlan;
  return {
    hosts,
    settings: SETTINGS,
    controlPlaneNode: 'none',
    objects: kubeadmObjects(SETTINGS),
    services: [
      { name: 'etcd', command: etcdCommand(controlPlane) },
      { name: 'kube-apiserver', command: apiserverCommand(controlPlane, SETTINGS) },
      { name: 'kube-controller-manager', command: controllerManagerCommand(SETTINGS) },
      { name: 'kube-scheduler', command: schedulerCommand() },
    ],
  };
};
