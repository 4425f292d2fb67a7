import { matchesSelector } from '../../api/labels.js';
import type { Namespace } from '../../api/types/config.js';
import type { Pod } from '../../api/types/pod.js';
import type { NetworkPolicy } from '../../api/types/policy.js';
import type { Informer } from '../../client/informer.js';
import type { PacketProtocol } from '../../kernel/network.js';
import type { PolicyRules } from '../node.js';
import { type CompiledPolicy, compilePolicy, type Direction, passes } from './compiled-policy.js';
import { addressesOf, type NamespacePolicies, PodFacts } from './pod-facts.js';

/** The caches that a network plugin's agent watches. */
export interface PolicyCaches {
  readonly pods: Pick<Informer<Pod>, 'addHandlers'>;
  readonly namespaces: Pick<Informer<Namespace>, 'get'>;
  readonly policies: Pick<Informer<NetworkPolicy>, 'list' | 'addHandlers'>;
}

/**
 * Which connections the cluster's NetworkPolicies let pass, as its caches stand when it is asked: what the agent has
 * not heard of yet is not enforced yet. The policies that select a pod are kept with the pod until one of its
 * namespace changes, so that a question costs what the rules about its two pods cost, however many others there are.
 */
export class PolicyIndex implements PolicyRules {
  private readonly caches: PolicyCaches;
  private readonly byNamespace = new Map<string, NamespacePolicies>();
  private readonly byAddress = new Map<string, PodFacts>();

  constructor(caches: PolicyCaches) {
    this.caches = caches;
    caches.pods.addHandlers({
      added: (pod) => this.take(pod),
      updated: (before, after) => {
        this.forget(before);
        this.take(after);
      },
      deleted: (pod) => this.forget(pod),
    });
    const changed = ({ metadata }: NetworkPolicy): void => {
      this.byNamespace.delete(metadata.namespace as string);
    };
    caches.policies.addHandlers({ added: changed, updated: (_, after) => changed(after), deleted: changed });
  }

  /** A pod that no policy of the direction selects is open; otherwise a rule of one of them must let it pass. */
  allows(direction: Direction, address: string, remote: string, port: number, protocol: PacketProtocol): boolean {
    const pod = this.byAddress.get(address);
    if (!pod) return true;
    const policies = this.selecting(pod);
    if (!policies.some((policy) => policy[direction])) return true;
    const remotePod = this.byAddress.get(remote);
    const receiver = direction === 'ingress' ? pod : remotePod;
    const question = { remoteAddress: remote, remotePod, receiver, port, protocol };
    return policies.some((policy) => {
      const rules = policy[direction];
      return rules !== undefined && passes(rules, question);
    });
  }

  private take(pod: Pod): void {
    const addresses = addressesOf(pod);
    if (addresses.length === 0) return;
    const facts = new PodFacts(pod, this.caches.namespaces);
    for (const address of addresses) this.byAddress.set(address, facts);
  }

  /** An address that another pod has by now stays that one's. */
  private forget(pod: Pod): void {
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    for (const address of addressesOf(pod)) {
      if (this.byAddress.get(address)?.name === name) this.byAddress.delete(address);
    }
  }

  private selecting(pod: PodFacts): readonly CompiledPolicy[] {
    const own = this.byNamespace.get(pod.namespace) ?? this.readNamespace(pod.namespace);
    if (pod.namespacePolicies !== own) {
      const labels = Object.entries(pod.labels).map(([key, value]) => `${key}=${value}`);
      pod.selected = ['', ...labels]
        .flatMap((label) => own.byLabel.get(label) ?? [])
        .filter(({ selector }) => matchesSelector(selector, pod.labels));
      pod.namespacePolicies = own;
    }
    return pod.selected;
  }

  private readNamespace(namespace: string): NamespacePolicies {
    const byLabel = new Map<string, CompiledPolicy[]>();
    for (const policy of this.caches.policies.list(namespace)) {
      const compiled = compilePolicy(policy);
      const equal = compiled.selector?.find(({ operator }) => operator === '=');
      const label = equal ? `${equal.key}=${equal.values[0]}` : '';
      const others = byLabel.get(label);
      if (others) others.push(compiled);
      else byLabel.set(label, [compiled]);
    }
    const read = { byLabel };
    this.byNamespace.set(namespace, read);
    return read;
  }
}
