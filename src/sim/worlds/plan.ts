import type { KubeObject } from '../api/object.js';
import type { ClusterSettings } from './kubeadm/settings.js';
import type { NetworkPlugin } from './spec.js';

/** One machine of a world. */
export interface HostPlan {
  /** Its name in the base world, by which labs and the world's steps know it. */
  readonly base: string;
  /** Its name in this world: prompt, node name, certificates. */
  readonly name: string;
  readonly role: 'base' | 'control-plane' | 'worker';
  readonly address: string;
  /** Where the cluster has two families. */
  readonly address6?: string;
  readonly cpus: number;
  readonly memoryKibibytes: number;
}

/** A program that the control plane's host runs as a service of its own. */
export interface ServicePlan {
  readonly name: string;
  /** Its words; the first is the program's name. */
  readonly command: readonly string[];
}

/** A world before anything runs: which machines, and what the cluster holds when it is handed over. */
export interface WorldPlan {
  readonly hosts: readonly HostPlan[];
  /** Undefined for a world without a cluster. */
  readonly settings: ClusterSettings;
  /** What `kubeadm init` does to the control plane's node: a label and a taint, the label alone, or there is no node. */
  readonly controlPlaneNode: 'tainted' | 'labelled' | 'none';
  /** Undefined for a world without nodes. */
  readonly networkPlugin?: NetworkPlugin;
  /** Without nodes the control plane's programs are services of systemd instead of a kubelet's static pods. */
  readonly services?: readonly ServicePlan[];
  /** A token file for the API server, and the token with which everybody on the control plane asks it. */
  readonly tokens?: { readonly file: string; readonly content: string; readonly own: string };
  /** Whether the machines are a cloud's, which tells each of them about itself at 169.254.169.254. */
  readonly cloud?: boolean;
  /** The API server is not of this machine: what is asked of it goes outside. There is a single host then, and no node. */
  readonly far?: boolean;
  /** Created once the API server answers, in this order. */
  readonly objects: readonly KubeObject[];
}

/** The plan of a world with its hosts' new names, by their base names. */
export type WorldRecipe = (names: Readonly<Record<string, string>>, families?: 'both') => WorldPlan;
