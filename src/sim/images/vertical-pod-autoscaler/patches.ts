/** What becomes of a pod's containers (pkg/admission-controller/resource/pod/patch and pkg/updater/inplace). */
import type { LimitRange } from '../../api/types/limits.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { resourcesOf } from './amounts.js';
import { fitToPod } from './cap.js';
import { proportionalLimits } from './proportional.js';
import { type Amounts, type Autoscaler, policyOf } from './types.js';

/** One step of a JSON patch. */
export interface PatchStep {
  readonly op: 'add' | 'replace';
  readonly path: string;
  readonly value: unknown;
}

interface Wanted {
  readonly requests: Amounts;
  readonly limits: Amounts;
  readonly notes: readonly string[];
}

/** What each container of a pod is to ask for and to have, in their order; undefined: as it is. */
function wantedOf(autoscaler: Autoscaler, pod: Pod, ranges: readonly LimitRange[]): (Wanted | undefined)[] {
  const { recommendations, notes } = fitToPod(autoscaler, pod, ranges);
  const items = ranges.flatMap(({ spec }) => (spec.limits ?? []).filter(({ type }) => type === 'Container'));
  const defaults = items.map(({ default: usual }) => usual).find(Boolean) ?? {};
  return pod.spec.containers.map((container) => {
    const recommendation = recommendations.find(({ containerName }) => containerName === container.name);
    if (!recommendation) return undefined;
    const requests = recommendation.target;
    const policy = policyOf(container.name, autoscaler.spec.resourcePolicy);
    const limits =
      policy?.controlledValues === 'RequestsOnly' ? {} : proportionalLimits(pod, container, requests, defaults);
    return { requests, limits, notes: notes.get(container.name) ?? [] };
  });
}

/** The steps that give a pod that is made what is recommended for it, and say so in its annotations. */
export function admissionPatch(autoscaler: Autoscaler, pod: Pod, ranges: readonly LimitRange[]): PatchStep[] {
  const wanted = wantedOf(autoscaler, pod, ranges);
  const steps: PatchStep[] = [];
  const told: string[] = [];
  wanted.forEach((each, index) => {
    const container = pod.spec.containers[index];
    if (!each || !container) return;
    const own = containerSteps(pod, container, index, each);
    if (own.length === 0) return;
    const words = [
      ...each.notes,
      ...Object.keys(each.requests).map((name) => `${name} request`),
      ...Object.keys(each.limits).map((name) => `${name} limit`),
    ];
    steps.push(...own);
    told.push(`container ${index}: ${words.join(', ')}`);
  });
  const annotations: [string, string][] = [];
  if (told.length > 0)
    annotations.push(['vpaUpdates', `Pod resources updated by ${autoscaler.metadata.name}: ${told.join('; ')}`]);
  annotations.push(['vpaObservedContainers', pod.spec.containers.map(({ name }) => name).join(', ')]);
  const empty: PatchStep[] = pod.metadata.annotations ? [] : [{ op: 'add', path: '/metadata/annotations', value: {} }];
  return [...empty, ...steps, ...annotations.map(([name, value]) => annotate(name, value))];
}

/** The steps that give a pod that runs what is recommended for it, in the place where it is. */
export function resizePatch(autoscaler: Autoscaler, pod: Pod, ranges: readonly LimitRange[]): PatchStep[] {
  return wantedOf(autoscaler, pod, ranges).flatMap((each, index) => {
    const container = pod.spec.containers[index];
    return each && container ? containerSteps(pod, container, index, each) : [];
  });
}

/** A step that sets an annotation of a pod that has some. */
export function annotate(name: string, value: string): PatchStep {
  return { op: 'add', path: `/metadata/annotations/${name}`, value };
}

function containerSteps(pod: Pod, container: Container, index: number, { requests, limits }: Wanted): PatchStep[] {
  const root = `/spec/containers/${index}/resources`;
  const isEmpty = (amounts: Amounts) => Object.keys(amounts).length === 0;
  const current = resourcesOf(pod, container);
  const steps: PatchStep[] = [];
  if (isEmpty(current.requests) && isEmpty(current.limits)) steps.push({ op: 'add', path: root, value: {} });
  for (const [field, amounts] of [
    ['requests', requests],
    ['limits', limits],
  ] as const) {
    if (isEmpty(current[field]) && !isEmpty(amounts)) steps.push({ op: 'add', path: `${root}/${field}`, value: {} });
    for (const [name, value] of Object.entries(amounts))
      steps.push({ op: 'add', path: `${root}/${field}/${name}`, value });
  }
  return steps;
}
