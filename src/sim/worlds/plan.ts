import type { KubeObject } from '../api/object.js';
import type { ClusterSettings } from './kubeadm/settings.js';

/** One machine of a world. */
export interface HostPlan {
  /** Its name in the base world, by which labs and the world's steps know it. */
  readonly base: string;
  /** Its name in this world: prompt, node name, certificates. */
  readonly name: string;
  readonly role: 'base' | 'control-plane' | 'worker';
  readonly address: string;
  readonly cpus: number;
  readonly memoryKibibytes: number;
}

/** A world before anything runs: which machines, and what the cluster holds when it is handed over. */
export interface WorldPlan {
  readonly hosts: readonly HostPlan[];
  /** Undefined for a world without a cluster. */
  readonly settings: ClusterSettings;
  /** Created once the API server answers, in this order. */
  readonly objects: readonly KubeObject[];
}

/** The plan of a world with its hosts' new names, by their base names. */
export type WorldRecipe = (names: Readonly<Record<string, string>>) => WorldPlan;
