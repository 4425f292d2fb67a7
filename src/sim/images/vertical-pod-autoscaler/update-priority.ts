/** Which pods are worth to be changed, and which first (pkg/updater/priority). */
import { parseTime } from '../../api/time.js';
import type { LimitRange } from '../../api/types/limits.js';
import type { Pod } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import { compareAmounts, milliOf, resourcesOf } from './amounts.js';
import { fitToPod } from './cap.js';
import { type Autoscaler, type ContainerRecommendation, policyOf } from './types.js';

/** The updater's flags about when a pod is changed. */
export interface PrioritySettings {
  /** Pods within their bounds are changed when they are as old as this and differ by so much. */
  readonly lifetime: Micros;
  readonly leastChange: number;
  /** A container that was killed so soon after its start, and not longer ago, is a reason by itself. */
  readonly quickOom: Micros;
}

interface Priority {
  readonly outside: boolean;
  readonly up: boolean;
  readonly difference: number;
}

/** The pods that are to be changed, the most urgent first. */
export function updateOrder(
  autoscaler: Autoscaler,
  pods: readonly Pod[],
  ranges: readonly LimitRange[],
  settings: PrioritySettings,
  now: Micros,
): Pod[] {
  const accepted = pods.flatMap((pod) => {
    const { recommendations } = fitToPod(autoscaler, pod, ranges);
    const priority = priorityOf(pod, recommendations);
    const isWanted = isDue(autoscaler, pod, priority, settings, now) && isAdmitted(autoscaler, pod, recommendations);
    return isWanted ? [{ pod, priority }] : [];
  });
  accepted.sort((one, other) => compare(other.priority, one.priority));
  return accepted.map(({ pod }) => pod);
}

/** Those that need more come before those that need less, large changes before small ones. */
function compare(one: Priority, other: Priority): number {
  if (one.up !== other.up) return one.up ? 1 : -1;
  return one.difference - other.difference;
}

function priorityOf(pod: Pod, recommendations: readonly ContainerRecommendation[]): Priority {
  let outside = false;
  let up = false;
  const asked = new Map<string, number>();
  const wanted = new Map<string, number>();
  for (const container of pod.spec.containers) {
    const recommendation = recommendations.find(({ containerName }) => containerName === container.name);
    if (!recommendation || !isObserved(pod, container.name)) continue;
    const { requests } = resourcesOf(pod, container);
    for (const [resource, target] of Object.entries(recommendation.target)) {
      wanted.set(resource, (wanted.get(resource) ?? 0) + milliOf(target));
      const request = requests[resource];
      if (request === undefined) {
        up = true;
        outside = true;
        continue;
      }
      asked.set(resource, (asked.get(resource) ?? 0) + milliOf(request));
      if (milliOf(target) > milliOf(request)) up = true;
      const [lower, upper] = [recommendation.lowerBound?.[resource], recommendation.upperBound?.[resource]];
      if (lower !== undefined && compareAmounts(request, lower) < 0) outside = true;
      if (upper !== undefined && compareAmounts(request, upper) > 0) outside = true;
    }
  }
  let difference = 0;
  for (const [resource, total] of wanted) {
    const now = Math.max(asked.get(resource) ?? 0, 1);
    difference += Math.abs(now - total) / now;
  }
  return { outside, up, difference };
}

/** Containers that came later, by other webhooks, are not the autoscaler's. */
function isObserved(pod: Pod, name: string): boolean {
  const list = pod.metadata.annotations?.['vpaObservedContainers'];
  return list === undefined || list.split(',').some((one) => one.trim() === name);
}

function isDue(
  autoscaler: Autoscaler,
  pod: Pod,
  { outside, difference }: Priority,
  { lifetime, leastChange, quickOom }: PrioritySettings,
  now: Micros,
): boolean {
  const killed = (pod.status?.containerStatuses ?? []).some((status) => {
    const last = status.lastState?.terminated;
    if (last?.reason !== 'OOMKilled' || !isObserved(pod, status.name)) return false;
    if (policyOf(status.name, autoscaler.spec.resourcePolicy)?.mode === 'Off') return false;
    const [started, finished] = [parseTime(last.startedAt ?? '') ?? 0, parseTime(last.finishedAt ?? '') ?? 0];
    return finished - started < quickOom && now - finished < quickOom;
  });
  if (!outside && !killed) {
    const since = parseTime(pod.status?.startTime ?? '');
    if (since === undefined || now < since + lifetime || difference < leastChange) return false;
  }
  return !(killed && difference === 0);
}

/** Whether an autoscaler's own requirements let a pod be put out. */
function isAdmitted({ spec }: Autoscaler, pod: Pod, recommendations: readonly ContainerRecommendation[]): boolean {
  const requirements = spec.updatePolicy?.evictionRequirements ?? [];
  if (requirements.length === 0) return true;
  return pod.spec.containers.some((container) => {
    const target = recommendations.find(({ containerName }) => containerName === container.name)?.target;
    if (!target) return false;
    const { requests } = resourcesOf(pod, container);
    if (requests['cpu'] === undefined || requests['memory'] === undefined) return true;
    return requirements.every(({ resources, changeRequirement }) =>
      resources.some((name) => {
        const more = milliOf(target[name] ?? '0') - milliOf(requests[name] ?? '0');
        return changeRequirement === 'TargetHigherThanRequests' ? more > 0 : more < 0;
      }),
    );
  });
}
