import type { KubeObject } from '../../../../src/sim/api/object.js';
import type { Namespace } from '../../../../src/sim/api/types/config.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import type { NetworkPolicy } from '../../../../src/sim/api/types/policy.js';
import { ObjectCache } from '../../../../src/sim/client/object-cache.js';
import { isErrno } from '../../../../src/sim/kernel/errno.js';
import type { Protocol } from '../../../../src/sim/kernel/network.js';
import { createRandom } from '../../../../src/sim/kernel/random.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { Fabric } from '../../../../src/sim/network/fabric.js';
import type { SimNamespace } from '../../../../src/sim/network/namespace.js';
import { PolicyIndex } from '../../../../src/sim/network/policy/policy-index.js';

type Labels = Record<string, string>;
type Port = { name?: string; containerPort: number; protocol?: string };

/** A namespace, as the server keeps it: named by a label too. */
export function namespaceOf(name: string, labels: Labels = {}): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
  } as Namespace;
}

/** A running pod. */
export function podOf(
  name: `${string}/${string}`,
  address: string,
  labels: Labels,
  more: { ports?: Port[]; hostNetwork?: boolean; phase?: string } = {},
): Pod {
  const [namespace, own] = name.split('/') as [string, string];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name: own, labels },
    spec: {
      containers: [{ name: 'main', image: 'busybox', ports: more.ports ?? [] }],
      ...(more.hostNetwork ? { hostNetwork: true } : {}),
    },
    status: { phase: more.phase ?? 'Running', podIP: address, podIPs: [{ ip: address }] },
  } as unknown as Pod;
}

/** A policy of a namespace. */
export function policyOf(namespace: string, name: string, spec: NetworkPolicy['spec']): NetworkPolicy {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace, name }, spec };
}

/** The agent's caches, filled by hand. */
export function policyCaches(): {
  pods: ObjectCache<Pod>;
  namespaces: ObjectCache<Namespace>;
  policies: ObjectCache<NetworkPolicy>;
  index: PolicyIndex;
} {
  const caches = {
    pods: new ObjectCache<Pod>(),
    namespaces: new ObjectCache<Namespace>(),
    policies: new ObjectCache<NetworkPolicy>(),
  };
  return { ...caches, index: new PolicyIndex(caches) };
}

/** Two nodes, pods on them by their addresses' third byte, and one machine outside; all enforce what one index says. */
export class PolicyWorld {
  readonly caches = policyCaches();
  private readonly spaces = new Map<string, SimNamespace>();

  constructor(namespaces: readonly Namespace[], pods: readonly Pod[]) {
    const fabric = new Fabric({ now: () => 0, handshake: () => ({}), random: createRandom('1') });
    const nodes = [1, 2].map((number) => fabric.addNode(`node0${number}`, [`192.168.1.1${number}`]));
    for (const node of nodes) {
      node.policies = this.caches.index;
      this.spaces.set(node.name, node.namespace);
    }
    this.spaces.set('outside', fabric.addNode('outside', ['203.0.113.7']).namespace);
    this.caches.namespaces.replace(namespaces);
    this.caches.pods.replace(pods);
    for (const { metadata, spec, status } of pods) {
      const name = `${metadata.namespace}/${metadata.name}`;
      const address = status?.podIP as string;
      const node = nodes.find(({ namespace }) => namespace.addresses().includes(address));
      const home = nodes[Number(address.split('.')[2]) - 1] ?? nodes[0];
      if (spec.hostNetwork && node) this.spaces.set(name, node.namespace);
      else if (home) this.spaces.set(name, fabric.addPod(home, [address], name));
    }
  }

  setPolicies(policies: readonly NetworkPolicy[]): void {
    this.caches.policies.replace(policies as (NetworkPolicy & KubeObject)[]);
  }

  /** Tries to connect: `open`, or `lost` where the packets are dropped. Whoever is asked listens. */
  reach(from: string, to: string, port: number, protocol: Protocol): string {
    const sender = this.spaces.get(from) as SimNamespace;
    const receiver = this.spaces.get(to) as SimNamespace;
    if (!receiver.socketFor(receiver.addresses()[0] as string, port, protocol)) {
      receiver.listen({ port, protocol, application: 'raw', handler: () => [][Symbol.iterator]() as never });
    }
    const trial = sender.connect({ address: receiver.addresses()[0] as string, port, protocol }, 5 * SECOND);
    try {
      return trial.next().done ? 'open' : 'lost';
    } catch (error) {
      if (isErrno(error)) return error.code;
      throw error;
    }
  }
}
