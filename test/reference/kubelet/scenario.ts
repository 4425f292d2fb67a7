import { loadAll } from 'js-yaml';
import type { JsonObject, KubeObject } from '../../../src/sim/api/object.js';

/** A kind of patch. */
type PatchType = 'merge-patch' | 'strategic-merge-patch';

/** What somebody does so many seconds after a scenario began. `of` is a path in the scenario's namespace: `pods/web`. */
export type Step = { readonly at: number } & (
  | { readonly kind: 'give'; readonly objects: readonly KubeObject[] }
  | { readonly kind: 'patch'; readonly of: string; readonly type: PatchType; readonly body: object }
  | { readonly kind: 'remove'; readonly of: string; readonly options: JsonObject }
  /** A file in the folder of static pods; taken away when it has no text. */
  | { readonly kind: 'manifest'; readonly name: string; readonly pod: KubeObject | undefined }
);

/** One story of pods on a node, in a namespace of its own. */
export interface Scenario {
  readonly title: string;
  /** It is over after so many seconds. */
  readonly seconds: number;
  readonly steps: readonly Step[];
}

/** The node that pods are given to. */
export const NODE = 'node01';

/** Plays steps; pods among them are on the node. */
export function scenario(title: string, seconds: number, ...steps: Step[]): Scenario {
  return { title, seconds, steps };
}

/** A scenario of one pod, named `p`, of which the spec is given in YAML. */
export function onePod(title: string, seconds: number, spec: string, ...steps: Step[]): Scenario {
  return scenario(title, seconds, pod('p', spec), ...steps);
}

/** Creates a pod. */
export function pod(
  name: string,
  spec: string,
  more: { at?: number; annotations?: Record<string, string> } = {},
): Step {
  const { at = 0, annotations } = more;
  return { kind: 'give', at, objects: [podOf(name, spec, annotations)] };
}

/** Creates the objects of a YAML text. */
export function give(yaml: string, at = 0): Step {
  return { kind: 'give', at, objects: loadAll(yaml) as KubeObject[] };
}

/** Changes an object. */
export function patch(at: number, of: string, yaml: string, type: PatchType = 'merge-patch'): Step {
  return { kind: 'patch', at, of, type, body: loadAll(yaml)[0] as object };
}

/** Deletes an object; pods with their own grace period or the one given. */
export function remove(at: number, of: string, graceSeconds?: number): Step {
  return { kind: 'remove', at, of, options: graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds } };
}

/** Puts a static pod there, or takes it away when it has no spec. */
export function manifest(at: number, name: string, spec?: string): Step {
  return { kind: 'manifest', at, name, pod: spec === undefined ? undefined : podOf(name, spec) };
}

function podOf(name: string, spec: string, annotations?: Record<string, string>): KubeObject {
  const [given] = loadAll(spec) as JsonObject[];
  if (given === undefined) throw new Error(`${name} has no spec`);
  const containers = (given['containers'] as JsonObject[]).map(withImage);
  const inits = given['initContainers'] as JsonObject[] | undefined;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(annotations ? { annotations } : {}) },
    spec: {
      nodeName: NODE,
      terminationGracePeriodSeconds: 3,
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      ...given,
      containers,
      ...(inits ? { initContainers: inits.map(withImage) } : {}),
    },
  } as unknown as KubeObject;
}

function withImage(container: JsonObject): JsonObject {
  const command = container['sh'];
  const { sh: _, ...rest } = container;
  const run = command === undefined ? {} : { command: ['sh', '-c', command] };
  return { name: 'main', image: 'busybox:1.37', ...run, ...rest };
}
