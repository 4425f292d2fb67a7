import type { KubeObject, OwnerReference } from '../../../../src/sim/api/object.js';
import { parseQuantity, quantityMilliValue, quantityValue } from '../../../../src/sim/api/quantity.js';
import type { Node } from '../../../../src/sim/api/types/node.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import { type ClusterView, objectsOf } from '../cluster-view.js';

/** What pods need and nodes have. */
export interface Amounts {
  milliCpu: number;
  bytes: number;
  pods: number;
}

type Labels = Readonly<Record<string, string>>;

interface Quantities {
  readonly [name: string]: string | undefined;
}

/** Amounts written as quantities. */
function amountsOf(quantities: Quantities | undefined): Amounts {
  const of = (name: string): string => quantities?.[name] ?? '0';
  return {
    milliCpu: quantityMilliValue(parseQuantity(of('cpu'))),
    bytes: quantityValue(parseQuantity(of('memory'))),
    pods: quantityValue(parseQuantity(of('pods'))),
  };
}

/** What a pod asks for: its containers together. Drawn init containers ask for nothing. */
export function requestsOf({ spec }: Pod): Amounts {
  const sum: Amounts = { milliCpu: 0, bytes: 0, pods: 1 };
  for (const { resources } of spec.containers) {
    const { milliCpu, bytes } = amountsOf(resources?.requests as Quantities | undefined);
    sum.milliCpu += milliCpu;
    sum.bytes += bytes;
  }
  return sum;
}

/** What pods ask for together. */
export function together(pods: readonly Pod[]): Amounts {
  const sum: Amounts = { milliCpu: 0, bytes: 0, pods: 0 };
  for (const pod of pods) {
    const one = requestsOf(pod);
    for (const name of ['milliCpu', 'bytes', 'pods'] as const) sum[name] += one[name];
  }
  return sum;
}

/** What there is too little of; empty when it is enough. */
export function lacking(needed: Amounts, room: Amounts): string[] {
  return (['milliCpu', 'bytes', 'pods'] as const)
    .filter((name) => needed[name] > room[name])
    .map((name) => `${name}: ${needed[name]} of ${room[name]}`);
}

export function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

export function isReady({ status }: Pod): boolean {
  return status?.conditions?.some(({ type, status: word }) => type === 'Ready' && word === 'True') ?? false;
}

export function isGoing({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Pods that hold what they asked for on a node. */
export function podsOn(view: ClusterView, node: string): Pod[] {
  return objectsOf<Pod>(view, 'pods').filter((pod) => pod.spec.nodeName === node && !hasEnded(pod));
}

/** What a node has for pods. */
export function roomOf(node: Node): Amounts {
  return amountsOf(node.status?.allocatable as Quantities | undefined);
}

/** The owner that manages an object. */
export function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller);
}

/** Objects of a kind that an object manages. */
export function ownedBy<T extends KubeObject>(view: ClusterView, plural: string, owner: KubeObject): T[] {
  return objectsOf<T>(view, plural).filter((one) => controllerOf(one)?.uid === owner.metadata.uid);
}

/** Whether labels have all of some. */
export function hasLabels(labels: Labels | undefined, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels?.[name] === value);
}

/** `namespace/name` of an object, with its kind before it. */
export function called({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}
