import { matchesSelector, selectorFromObject } from '../api/labels.js';
import type { LabelSelector } from '../api/object.js';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../api/types/policy.js';
import type { PacketProtocol } from '../kernel/network.js';
import { contains, parseRange } from './addresses.js';

/** What policies ask of a pod. */
export interface PolicyPod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  /** The number behind a container port's name. */
  portNumber(name: string, protocol: PacketProtocol): number | undefined;
}

/** One connection as policies see it: from the selected pod's side. */
export interface PolicyQuestion {
  readonly direction: 'ingress' | 'egress';
  /** The pod the policies are asked for. */
  readonly pod: PolicyPod;
  readonly remoteAddress: string;
  /** The pod behind the remote address; undefined for nodes and the world outside. */
  readonly remotePod: PolicyPod | undefined;
  /** The port connected to, and whose port it is is told by the direction. */
  readonly port: number;
  readonly protocol: PacketProtocol;
}

/**
 * Whether a pod's policies let a connection pass (networking.k8s.io/v1): a pod that no policy of the direction selects
 * is open; otherwise one rule of one of them must match both peer and port.
 */
export function policiesAllow(policies: readonly NetworkPolicy[], question: PolicyQuestion): boolean {
  const applying = policies.filter((policy) => applies(policy, question));
  if (applying.length === 0) return true;
  return applying.some((policy) =>
    rulesOf(policy, question.direction).some((rule) => ruleMatches(rule, policy, question)),
  );
}

interface Rule {
  readonly peers: readonly NetworkPolicyPeer[] | undefined;
  readonly ports: readonly NetworkPolicyPort[] | undefined;
}

function applies(policy: NetworkPolicy, { direction, pod }: PolicyQuestion): boolean {
  if (policy.metadata.namespace !== pod.namespace) return false;
  if (!directionsOf(policy).includes(direction)) return false;
  return matches(policy.spec.podSelector ?? {}, pod.labels);
}

/** Left out, policyTypes means Ingress, and Egress when there are egress rules. */
function directionsOf({ spec }: NetworkPolicy): readonly ('ingress' | 'egress')[] {
  if (spec.policyTypes) return spec.policyTypes.map((type) => (type === 'Egress' ? 'egress' : 'ingress'));
  return spec.egress ? ['ingress', 'egress'] : ['ingress'];
}

function rulesOf({ spec }: NetworkPolicy, direction: 'ingress' | 'egress'): Rule[] {
  if (direction === 'ingress') return (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }));
  return (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
}

function ruleMatches({ peers, ports }: Rule, policy: NetworkPolicy, question: PolicyQuestion): boolean {
  const peerFits = !peers?.length || peers.some((peer) => peerMatches(peer, policy, question));
  return peerFits && (!ports?.length || ports.some((port) => portMatches(port, question)));
}

function peerMatches(
  peer: NetworkPolicyPeer,
  policy: NetworkPolicy,
  { remoteAddress, remotePod }: PolicyQuestion,
): boolean {
  if (peer.ipBlock) return inBlock(peer.ipBlock, remoteAddress);
  if (!remotePod) return false;
  const namespaceFits = peer.namespaceSelector
    ? matches(peer.namespaceSelector, remotePod.namespaceLabels)
    : remotePod.namespace === policy.metadata.namespace;
  return namespaceFits && (!peer.podSelector || matches(peer.podSelector, remotePod.labels));
}

function inBlock(block: { cidr: string; except?: readonly string[] }, address: string): boolean {
  const inside = (cidr: string): boolean => {
    const range = parseRange(cidr);
    return range !== undefined && contains(range, address);
  };
  return inside(block.cidr) && !(block.except ?? []).some(inside);
}

function portMatches(rule: NetworkPolicyPort, { direction, pod, remotePod, port, protocol }: PolicyQuestion): boolean {
  if ((rule.protocol ?? 'TCP').toLowerCase() !== protocol) return false;
  if (rule.port === undefined) return true;
  // A named port is the receiving pod's: the selected one for ingress, the remote one for egress.
  const receiver = direction === 'ingress' ? pod : remotePod;
  const first = typeof rule.port === 'number' ? rule.port : receiver?.portNumber(rule.port, protocol);
  if (first === undefined) return false;
  return rule.endPort === undefined ? port === first : port >= first && port <= rule.endPort;
}

function matches(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  return matchesSelector(selectorFromObject(selector), labels);
}
