import type { Namespace } from '../../api/types/config.js';
import type { Pod } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';
import type { PacketProtocol } from '../../kernel/network.js';
import type { CompiledPolicy, PolicyPod } from './compiled-policy.js';

/** A namespace's policies, by a label that every pod they select must have; the others stand under ''. */
export interface NamespacePolicies {
  readonly byLabel: ReadonlyMap<string, readonly CompiledPolicy[]>;
}

/** What is kept of a pod until it changes. */
export class PodFacts implements PolicyPod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The policies that select it, as they stood when its namespace had `namespacePolicies`. */
  selected: readonly CompiledPolicy[] = [];
  namespacePolicies: NamespacePolicies | undefined = undefined;
  private readonly pod: Pod;
  private readonly namespaces: Pick<Informer<Namespace>, 'get'>;

  constructor(pod: Pod, namespaces: Pick<Informer<Namespace>, 'get'>) {
    this.pod = pod;
    this.namespace = pod.metadata.namespace as string;
    this.name = `${this.namespace}/${pod.metadata.name}`;
    this.labels = pod.metadata.labels ?? {};
    this.namespaces = namespaces;
  }

  get namespaceLabels(): Readonly<Record<string, string>> {
    return this.namespaces.get(undefined, this.namespace)?.metadata.labels ?? {};
  }

  /** The ports that the pod's containers and sidecars give a name. */
  portNumbers(name: string, protocol: PacketProtocol): readonly number[] {
    const { containers, initContainers = [] } = this.pod.spec;
    const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
    return [...containers, ...sidecars]
      .flatMap(({ ports }) => ports ?? [])
      .filter((port) => port.name === name && (port.protocol ?? 'TCP').toLowerCase() === protocol)
      .map(({ containerPort }) => containerPort);
  }
}

/** Pods of the hosts' network are their nodes to the network, and pods that are over have no address any more. */
export function addressesOf({ spec, status }: Pod): string[] {
  if (spec.hostNetwork || status?.phase === 'Succeeded' || status?.phase === 'Failed') return [];
  const all = status?.podIPs?.flatMap(({ ip }) => ip ?? []) ?? [];
  return all.length > 0 ? all : status?.podIP ? [status.podIP] : [];
}
