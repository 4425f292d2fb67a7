import { matchesSelector, type Selector, selectorFromObject } from '../../api/labels.js';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../api/types/policy.js';
import type { PacketProtocol } from '../../kernel/network.js';
import { contains, parseAddress, parseRange } from '../addresses.js';

const [DOT, COLON, ZERO] = ['.', ':', '0'].map((char) => char.charCodeAt(0)) as [number, number, number];

/** Which way a connection goes, seen from the pod that a policy selects. */
export type Direction = 'ingress' | 'egress';

/** What policies ask of a pod. */
export interface PolicyPod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  /** The numbers that its containers gave a port's name. */
  portNumbers(name: string, protocol: PacketProtocol): readonly number[];
}

/** One connection as the rules of a policy see it. */
export interface PolicyQuestion {
  readonly remoteAddress: string;
  /** The pod behind the remote address; undefined for nodes, pods of the hosts' network and the world outside. */
  readonly remotePod: PolicyPod | undefined;
  /** Whose port it is: the selected pod for ingress, the remote one for egress. */
  readonly receiver: PolicyPod | undefined;
  readonly port: number;
  readonly protocol: PacketProtocol;
}

/** One rule: it lets pass what matches one of its peers and one of its ports; undefined stands for all. */
interface Rule {
  readonly peers: readonly ((question: PolicyQuestion) => boolean)[] | undefined;
  readonly ports: readonly ((question: PolicyQuestion) => boolean)[] | undefined;
}

/** A NetworkPolicy whose selectors and ranges are read once, when the agent hears of it. */
export interface CompiledPolicy {
  readonly selector: Selector;
  /** The rules of each direction that the policy is about; a direction it is not about is undefined. */
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
}

/**
 * Reads a policy (networking.k8s.io/v1). Left out, `policyTypes` means Ingress, and Egress when there is a list of
 * egress rules; a direction with an empty list of rules lets nothing pass.
 */
export function compilePolicy({ metadata, spec }: NetworkPolicy): CompiledPolicy {
  const namespace = metadata.namespace as string;
  const types = spec.policyTypes?.length ? spec.policyTypes : spec.egress ? ['Ingress', 'Egress'] : ['Ingress'];
  const rule = (peers: NetworkPolicyPeer[] | undefined, ports: NetworkPolicyPort[] | undefined): Rule => ({
    peers: peers?.length ? peers.map((peer) => peerTest(peer, namespace)) : undefined,
    ports: ports?.length ? ports.map(portTest) : undefined,
  });
  return {
    selector: selectorFromObject(spec.podSelector ?? {}),
    ingress: types.includes('Ingress') ? (spec.ingress ?? []).map(({ from, ports }) => rule(from, ports)) : undefined,
    egress: types.includes('Egress') ? (spec.egress ?? []).map(({ to, ports }) => rule(to, ports)) : undefined,
  };
}

/** Whether one of the rules lets a connection pass: each needs a peer and a port that fit. */
export function passes(rules: readonly Rule[], question: PolicyQuestion): boolean {
  return rules.some(
    ({ peers, ports }) =>
      (!ports || ports.some((fits) => fits(question))) && (!peers || peers.some((fits) => fits(question))),
  );
}

/** An ipBlock is about addresses, whoever has them; selectors are about pods, and both of them must fit. */
function peerTest(peer: NetworkPolicyPeer, namespace: string): (question: PolicyQuestion) => boolean {
  if (peer.ipBlock) {
    const block = blockTest(peer.ipBlock.cidr);
    const except = (peer.ipBlock.except ?? []).map(blockTest);
    return (question) => block(question) && !except.some((inside) => inside(question));
  }
  const pods = peer.podSelector && selectorFromObject(peer.podSelector);
  const namespaces = peer.namespaceSelector && selectorFromObject(peer.namespaceSelector);
  return ({ remotePod }) => {
    if (!remotePod) return false;
    const inside = namespaces
      ? matchesSelector(namespaces, remotePod.namespaceLabels)
      : remotePod.namespace === namespace;
    return inside && (pods === undefined || matchesSelector(pods, remotePod.labels));
  };
}

/** Whether the remote address lies in a block; blocks of the other family hold none of it. */
function blockTest(cidr: string): (question: PolicyQuestion) => boolean {
  const [address = '', length = ''] = cidr.split('/');
  const number = parseAddress(address);
  if (number !== undefined) {
    const size = 2 ** (32 - Number(length));
    const first = Math.floor(number / size) * size;
    return ({ remoteAddress }) => {
      const asked = addressNumber(remoteAddress);
      return asked >= first && asked < first + size;
    };
  }
  const range = parseRange(cidr);
  return ({ remoteAddress }) => range !== undefined && contains(range, remoteAddress);
}

/** An IPv4 address as a number, -1 for one of the other family: read without regular expressions, as it is often. */
function addressNumber(text: string): number {
  let number = 0;
  let byte = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === COLON) return -1;
    if (code === DOT) {
      number = number * 256 + byte;
      byte = 0;
    } else byte = byte * 10 + (code - ZERO);
  }
  return number * 256 + byte;
}

/** Without a number all ports of the protocol fit; a name stands for what the receiving pod's containers call so. */
function portTest({ protocol, port, endPort }: NetworkPolicyPort): (question: PolicyQuestion) => boolean {
  const wanted = (protocol ?? 'TCP').toLowerCase();
  if (port === undefined || port === null) return (question) => question.protocol === wanted;
  if (typeof port === 'string') {
    return (question) =>
      question.protocol === wanted &&
      question.receiver?.portNumbers(port, question.protocol).includes(question.port) === true;
  }
  const last = endPort ?? port;
  return (question) => question.protocol === wanted && question.port >= port && question.port <= last;
}
