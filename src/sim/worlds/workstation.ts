import { SETTINGS } from './kubeadm/settings.js';
import { namedHosts } from './machines.js';
import type { WorldRecipe } from './plan.js';

/** A single host with the tools of an exam's hosts, whose API server is a real one somewhere else. No lab asks for it. */
export const workstation: WorldRecipe = (names) => ({
  hosts: namedHosts(['controlplane'], names).map((host) => ({ ...host, role: 'base' })),
  settings: SETTINGS,
  controlPlaneNode: 'none',
  services: [],
  far: true,
  objects: [],
});
