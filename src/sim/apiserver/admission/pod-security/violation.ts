import { compareText } from '../../../api/go-text.js';
import type { ObjectMeta } from '../../../api/object.js';
import type { Container, PodSpec } from '../../../api/types/pod.js';

/** What a pod does that a level forbids. */
export interface Violation {
  /** `host namespaces`: what a namespace's existing pods are told. */
  readonly reason: string;
  /** `hostNetwork=true`: what a single pod is told in addition. */
  readonly detail: string;
}

/** Judges one thing about a pod, or about a template of pods. */
export type JudgePod = (spec: PodSpec, metadata: ObjectMeta) => Violation | undefined;

/** One thing that a level looks at, and since which minor version of Kubernetes in which way. */
export interface Check {
  readonly id: string;
  /** Checks of baseline are made for restricted as well. */
  readonly level: 'baseline' | 'restricted';
  readonly versions: readonly CheckVersion[];
}

/** A way of checking, from a minor version on until the next one. */
export interface CheckVersion {
  readonly since: number;
  readonly judge: JudgePod;
  /** Checks of baseline that this one stands for, stricter. */
  readonly replaces?: readonly string[];
}

/** All containers in the order in which they are named. */
export function containersOf(spec: PodSpec): Container[] {
  return [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];
}

/** Names of the containers that something holds for. */
export function namesWhere(spec: PodSpec, holds: (container: Container) => boolean): string[] {
  return containersOf(spec)
    .filter(holds)
    .map(({ name }) => name);
}

/** The word for one or for any other number. */
export function plural(one: string, several: string, count: number): string {
  return count === 1 ? one : several;
}

/** `"a", "b"`; what is inside is not escaped. */
export function quoted(items: readonly string[]): string {
  return items.map((item) => `"${item}"`).join(', ');
}

/** `container "a"` or `containers "a", "b"`. */
export function namedContainers(names: readonly string[]): string {
  return `${plural('container', 'containers', names.length)} ${quoted(names)}`;
}

/** Who sets something that is forbidden: `pod and container "a"`; empty when nobody does. */
export function setters(pod: boolean, containers: readonly string[]): string {
  return [...(pod ? ['pod'] : []), ...(containers.length > 0 ? [namedContainers(containers)] : [])].join(' and ');
}

/** Each once, in order. */
export function distinct(items: Iterable<string>): string[] {
  return [...new Set(items)].sort(compareText);
}

/** Windows pods cannot set what Linux knows: since 1.25 nobody asks them to. */
export function unlessWindows(judge: JudgePod): JudgePod {
  return (spec, metadata) => (spec.os?.name === 'windows' ? undefined : judge(spec, metadata));
}

/** In a user namespace of its own a pod's root is nobody outside: since 1.35 more is allowed there. */
export function unlessOwnUsers(judge: JudgePod): JudgePod {
  return (spec, metadata) => (spec.hostUsers === false ? undefined : judge(spec, metadata));
}
