import { ClusterError } from '../port.js';
import type { WantedWorld } from '../real/real-cluster.js';

/** Who makes pods' network in a kind cluster. */
export type KindNetwork = 'calico' | 'flannel' | 'kindnet' | 'none';

/** What a cluster is made as and stays: two worlds of the same shape can share a warm cluster. */
export interface Shape {
  readonly workers: number;
  readonly image: string;
  readonly network: KindNetwork;
  readonly dualStack: boolean;
  /** Sorted. */
  readonly addons: readonly string[];
}

const WORKERS: Readonly<Record<string, number>> = { 'single-node': 0, 'three-node': 2 };

/**
 * The cluster that a world needs. Left to us, kindnet makes the network: it enforces NetworkPolicies since kind v0.24
 * (its image and rights in `pkg/build/nodeimage/const_cni.go`), and all node images we use are newer. Throws `ClusterError`
 * for worlds that no kind cluster can be.
 */
export function shapeOf({ base, cni, dualStack, addons }: WantedWorld, image: string): Shape {
  const workers = WORKERS[base];
  if (workers === undefined) {
    throw new ClusterError(
      `The world ${base} cannot be a kind cluster: each of those has a control plane that is a node.`,
    );
  }
  return {
    workers,
    image,
    network: cni ?? 'kindnet',
    dualStack: dualStack === true,
    addons: [...(addons ?? [])].sort(),
  };
}

export function sameShape(one: Shape, other: Shape): boolean {
  return (
    one.workers === other.workers &&
    one.image === other.image &&
    one.network === other.network &&
    one.dualStack === other.dualStack &&
    one.addons.join() === other.addons.join()
  );
}

/** The hosts of a shape: their base names, their names as nodes, and the containers kind runs them in. */
export interface KindHost {
  readonly base: string;
  readonly name: string;
  readonly role: 'control-plane' | 'worker';
  readonly container: string;
}

export function clusterName(host: string): string {
  return `kubedrill-${host}`;
}

/** kind names containers by cluster, role and number (`MakeNodeNamer` in kind's providers/common/namer.go). */
export function hostsOf(host: string, { workers }: Pick<Shape, 'workers'>): readonly KindHost[] {
  const cluster = clusterName(host);
  const names = [...Array(workers).keys()].map((index) => ({
    base: `node0${index + 1}`,
    name: `${host}-node${index + 1}`,
    role: 'worker' as const,
    container: `${cluster}-worker${index === 0 ? '' : index + 1}`,
  }));
  return [{ base: 'controlplane', name: host, role: 'control-plane', container: `${cluster}-control-plane` }, ...names];
}
