import { loadAll } from 'js-yaml';
import type { KubeObject } from '../../../src/sim/api/object.js';

/** What somebody does to a cluster. Names are canonical ones (story.ts): `web-#1-#2` is the second pod of the first set. */
export type Step =
  | { readonly kind: 'give'; readonly objects: readonly KubeObject[] }
  | { readonly kind: 'patch'; readonly of: string; readonly patch: object; readonly subresource?: string }
  | { readonly kind: 'remove'; readonly of: string; readonly options?: object }
  | { readonly kind: 'evict'; readonly pod: string }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** What metrics are from now on. */
  | { readonly kind: 'measure'; readonly measured: Measured }
  /** Until nothing has changed for a while; what there is then is written down. */
  | { readonly kind: 'calm' };

/** What the APIs of metrics tell of a namespace. Names of pods are canonical ones; `*` stands for all others. */
export interface Measured {
  /** What each container of a pod uses, by resource; no pods are told of where a name has nothing. */
  readonly pods?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Metrics of pods by their names, and then as `pods`. */
  readonly podMetrics?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Metrics of other objects: `services web requests`. */
  readonly objects?: Readonly<Record<string, string>>;
  /** All series of a metric of nothing in the cluster. */
  readonly external?: Readonly<Record<string, readonly string[]>>;
}

/** What a scenario says, with names of a namespace's own where it has `NS-`, and the namespace for `NAMESPACE`. */
export function scoped<T>(said: T, namespace: string): T {
  const text = JSON.stringify(said) as string | undefined;
  if (text === undefined) return said;
  return JSON.parse(text.replaceAll('NS-', `${namespace}-`).replaceAll('"NAMESPACE"', `"${namespace}"`)) as T;
}

/** Whether something is of a namespace's story: what stands in it, or in none and is named after it. */
export function isOf(object: KubeObject, namespace: string, nodes: readonly KubeObject[]): boolean {
  const about =
    object.kind === 'Event'
      ? (object as unknown as { involvedObject: KubeObject['metadata'] }).involvedObject
      : object.metadata;
  if (object.kind === 'Node') return nodes.some(({ metadata }) => metadata.name === about.name);
  if (object.kind === 'VolumeAttachment') return JSON.stringify(object['spec']).includes(`"${namespace}-`);
  return about.namespace ? about.namespace === namespace : (about.name ?? '').startsWith(`${namespace}-`);
}

/** One story of a cluster that has nodes of its own. */
export interface Scenario {
  readonly title: string;
  readonly nodes: readonly KubeObject[];
  readonly steps: readonly Step[];
  /** Whether it matters which node a pod is on: it does not where several are as good. */
  readonly places: boolean;
  /** Whether it is played on the real cluster while no other is, because what others do shows in it. */
  readonly alone?: boolean;
  /** By what it is told besides, as plurals. */
  readonly also?: readonly string[];
  /** Kinds it is not told by, because they say nothing new and any of several may be chosen. */
  readonly without?: readonly string[];
  /** Whether the APIs of metrics are served. */
  readonly metrics?: boolean;
}

/** Creates the objects of a YAML text. */
export function give(yaml: string): Step {
  return { kind: 'give', objects: loadAll(yaml) as KubeObject[] };
}

/** A merge patch of `plural name`. */
export function patch(of: string, yaml: string, subresource?: string): Step {
  const [body] = loadAll(yaml) as object[];
  return { kind: 'patch', of, patch: body as object, ...(subresource ? { subresource } : {}) };
}

/** Deletes `plural name`. */
export function remove(of: string, options?: object): Step {
  return { kind: 'remove', of, ...(options ? { options } : {}) };
}

/** Asks for a pod's eviction. A refusal is part of the story. */
export function evict(pod: string): Step {
  return { kind: 'evict', pod };
}

/** Lets so much time pass. */
export function wait(seconds: number): Step {
  return { kind: 'wait', seconds };
}

/** Alters what metrics are told. */
export function measure(measured: Measured): Step {
  return { kind: 'measure', measured };
}

/** Lets the cluster come to rest. */
export const CALM: Step = { kind: 'calm' };

/** A node as it stands in a scenario. Its kubelet keeps quiet while `annotations` lacks `played`. */
export function node(
  name: string,
  more: { labels?: object; taints?: object[]; allocatable?: object } = {},
): KubeObject {
  const room = { cpu: '4', memory: '8Gi', pods: '110', ...more.allocatable };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', ...more.labels },
      annotations: { played: 'yes' },
    },
    spec: more.taints ? { taints: more.taints } : {},
    status: { allocatable: room, capacity: room },
  } as unknown as KubeObject;
}

/** A scenario on two equal nodes. */
export function scenario(title: string, ...steps: Step[]): Scenario {
  return { title, nodes: [node('n1'), node('n2')], steps, places: false };
}

/** The same, but played on the real cluster while no other is: volumes of others bring pods back that wait for any. */
export function alone(one: Scenario): Scenario {
  return { ...one, alone: true };
}

/** A scenario about where pods go. */
export function placing(title: string, nodes: readonly KubeObject[], ...steps: Step[]): Scenario {
  return { title, nodes, steps, places: true };
}
