import { loadAll } from 'js-yaml';
import type { KubeObject } from '../../../src/sim/api/object.js';

/** What somebody does to a cluster. Names are canonical ones (story.ts): `web-#1-#2` is the second pod of the first set. */
export type Step =
  | { readonly kind: 'give'; readonly objects: readonly KubeObject[] }
  | { readonly kind: 'patch'; readonly of: string; readonly patch: object; readonly subresource?: string }
  | { readonly kind: 'remove'; readonly of: string; readonly options?: object }
  | { readonly kind: 'evict'; readonly pod: string }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** Until nothing has changed for a while; what there is then is written down. */
  | { readonly kind: 'calm' };

/** One story of a cluster that has nodes of its own. */
export interface Scenario {
  readonly title: string;
  readonly nodes: readonly KubeObject[];
  readonly steps: readonly Step[];
  /** Whether it matters which node a pod is on: it does not where several are as good. */
  readonly places: boolean;
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

/** A scenario about where pods go. */
export function placing(title: string, nodes: readonly KubeObject[], ...steps: Step[]): Scenario {
  return { title, nodes, steps, places: true };
}
