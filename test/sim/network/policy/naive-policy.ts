/**
 * A second decision about NetworkPolicies, written from the API's documentation alone and as plainly as it can be: it
 * shares no code and no thought of speed with the simulator.
 */
import type { LabelSelector } from '../../../../src/sim/api/object.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../../../src/sim/api/types/policy.js';

type Labels = Record<string, string>;

/** All there is, as plain objects. */
export interface Cluster {
  readonly namespaces: ReadonlyMap<string, Labels>;
  readonly pods: readonly Pod[];
  readonly policies: readonly NetworkPolicy[];
}

/** Who sends or receives: a pod, or an address that no pod has. */
export interface Party {
  readonly pod?: Pod;
  readonly address: string;
}

export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** "For a connection from a source to a destination to be allowed, both policies need to allow the connection." */
export function connectionAllowed(cluster: Cluster, connection: Connection): boolean {
  const { from, to } = connection;
  // A pod cannot block access to itself.
  if (from.pod && from.pod === to.pod) return true;
  return sideAllowed(cluster, connection, 'Egress') && sideAllowed(cluster, connection, 'Ingress');
}

function sideAllowed(cluster: Cluster, connection: Connection, direction: 'Ingress' | 'Egress'): boolean {
  const isolated = direction === 'Egress' ? connection.from.pod : connection.to.pod;
  if (!isolated) return true;
  let selectedByAny = false;
  for (const policy of cluster.policies) {
    if (policy.metadata.namespace !== isolated.metadata.namespace) continue;
    if (!selects(policy.spec.podSelector ?? {}, isolated.metadata.labels ?? {})) continue;
    let types = policy.spec.policyTypes ?? [];
    if (types.length === 0) {
      types = ['Ingress'];
      if (policy.spec.egress !== undefined) types = ['Ingress', 'Egress'];
    }
    if (!types.includes(direction)) continue;
    selectedByAny = true;
    const rules =
      direction === 'Ingress'
        ? (policy.spec.ingress ?? []).map((rule) => ({ peers: rule.from ?? [], ports: rule.ports ?? [] }))
        : (policy.spec.egress ?? []).map((rule) => ({ peers: rule.to ?? [], ports: rule.ports ?? [] }));
    for (const rule of rules) {
      const other = direction === 'Ingress' ? connection.from : connection.to;
      if (anyPeer(cluster, rule.peers, policy, other) && anyPort(rule.ports, connection)) return true;
    }
  }
  return !selectedByAny;
}

function anyPeer(cluster: Cluster, peers: NetworkPolicyPeer[], policy: NetworkPolicy, other: Party): boolean {
  if (peers.length === 0) return true;
  for (const peer of peers) {
    if (peer.ipBlock !== undefined) {
      let inside = bits(other.address).startsWith(prefix(peer.ipBlock.cidr));
      for (const hole of peer.ipBlock.except ?? []) if (bits(other.address).startsWith(prefix(hole))) inside = false;
      if (inside) return true;
      continue;
    }
    if (!other.pod) continue;
    const namespace = other.pod.metadata.namespace as string;
    const labels = other.pod.metadata.labels ?? {};
    const namespaceLabels = cluster.namespaces.get(namespace) ?? {};
    const { podSelector, namespaceSelector } = peer;
    if (podSelector !== undefined && namespaceSelector !== undefined) {
      if (selects(namespaceSelector, namespaceLabels) && selects(podSelector, labels)) return true;
    } else if (podSelector !== undefined) {
      if (namespace === policy.metadata.namespace && selects(podSelector, labels)) return true;
    } else if (namespaceSelector !== undefined && selects(namespaceSelector, namespaceLabels)) return true;
  }
  return false;
}

function anyPort(ports: NetworkPolicyPort[], { to, port, protocol }: Connection): boolean {
  if (ports.length === 0) return true;
  for (const rule of ports) {
    if ((rule.protocol ?? 'TCP') !== protocol) continue;
    if (rule.port === undefined) return true;
    if (typeof rule.port === 'string') {
      for (const container of to.pod?.spec.containers ?? []) {
        for (const declared of container.ports ?? []) {
          const same = declared.name === rule.port && (declared.protocol ?? 'TCP') === protocol;
          if (same && declared.containerPort === port) return true;
        }
      }
    } else if (rule.endPort === undefined ? port === rule.port : rule.port <= port && port <= rule.endPort) return true;
  }
  return false;
}

function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  for (const key of Object.keys(matchLabels)) if (labels[key] !== matchLabels[key]) return false;
  for (const { key, operator, values = [] } of matchExpressions) {
    const has = key in labels;
    const among = has && values.includes(labels[key] as string);
    if (operator === 'In' && !among) return false;
    if (operator === 'NotIn' && among) return false;
    if (operator === 'Exists' && !has) return false;
    if (operator === 'DoesNotExist' && has) return false;
  }
  return true;
}

/** An IPv4 address as its 32 bits. */
function bits(address: string): string {
  return address
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
}

function prefix(cidr: string): string {
  const [address = '', length = ''] = cidr.split('/');
  return bits(address).slice(0, Number(length));
}
