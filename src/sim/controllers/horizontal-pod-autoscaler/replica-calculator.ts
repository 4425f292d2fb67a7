/** How many replicas metrics ask for (pkg/controller/podautoscaler, replica_calculator.go). */
import { isPodReady } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import { SyncError } from '../machinery/failures.js';
import { groupPods, type PodGroups, type Timing } from './group-pods.js';
import type { PodMetric, PodMetrics } from './pod-metrics.js';
import { requestsOf } from './pod-requests.js';
import { isWithin, type Tolerances } from './tolerances.js';
import { averageRatio, utilizationRatio } from './usage-ratio.js';

const INT32_MAX = 2 ** 31 - 1;
/** A pod of which a scale-up supposes that it does nothing. */
const IDLE: PodMetric = { timestamp: 0, window: 0, value: 0 };

/** What a proposal is worked out from. */
export interface Question {
  readonly currentReplicas: number;
  readonly tolerances: Tolerances;
  /** All that the target's selector finds. */
  readonly pods: readonly Pod[];
  /** By the pods' names; taken as the calculator's own. */
  readonly metrics: PodMetrics;
  readonly timing: Timing;
}

/** Proposed replicas, and the average use in thousandths. */
export interface Proposal {
  readonly replicas: number;
  readonly average: number;
}

/**
 * Replicas for a target in percent of what pods ask for; of one container where one is named. Throws `SyncError` where
 * metrics or requests are missing.
 */
export function utilizationReplicas(
  question: Question,
  target: { readonly percent: number; readonly resource: string; readonly container: string },
): Proposal & { readonly percent: number } {
  const { resource, container, percent } = target;
  const groups = usableMetrics(question, resource);
  const requests = requestsOf(question.pods, container, resource);
  const first = utilizationRatio(question.metrics, requests, percent);
  const fallback = Math.max(100, percent);
  const replicas = settle(question, groups, first.ratio, {
    missing: (name) => Math.trunc(((requests.get(name) ?? 0) * fallback) / 100),
    again: () => utilizationRatio(question.metrics, requests, percent).ratio,
  });
  return { replicas, average: first.average, percent: first.percent };
}

/** Replicas for a target that is an amount for each pod, in thousandths. Throws `SyncError` where metrics are missing. */
export function averageReplicas(question: Question, target: number, resource?: string): Proposal {
  const groups = usableMetrics(question, resource);
  const { ratio, average } = averageRatio(question.metrics, target);
  const replicas = settle(question, groups, ratio, {
    missing: () => target,
    again: () => averageRatio(question.metrics, target).ratio,
  });
  return { replicas, average };
}

/** Sorts the pods and takes out the metrics of those that do not count. */
function usableMetrics({ pods, metrics, timing }: Question, resource: string | undefined): PodGroups {
  if (pods.length === 0) throw new SyncError('no pods returned by selector while calculating replica count');
  const groups = groupPods(pods, metrics, resource, timing);
  for (const name of [...groups.ignored, ...groups.unready]) metrics.delete(name);
  if (metrics.size === 0) throw new SyncError('did not receive metrics for targeted pods (pods might be unready)');
  return groups;
}

/**
 * From the ratio of those that were measured to replicas. Pods without metrics are supposed to be at their target when
 * there is less to do and idle when there is more, unready ones idle when there is more; where that turns the direction
 * round, nothing changes.
 */
function settle(
  { currentReplicas, tolerances, metrics }: Question,
  { readyCount, unready, missing }: PodGroups,
  ratio: number,
  suppose: { readonly missing: (name: string) => number; readonly again: () => number },
): number {
  const upWithUnready = unready.length > 0 && ratio > 1;
  if (!upWithUnready && missing.length === 0)
    return isWithin(tolerances, ratio) ? currentReplicas : wholeReplicas(ratio * readyCount);
  if (ratio < 1) for (const name of missing) metrics.set(name, { ...IDLE, value: suppose.missing(name) });
  if (ratio > 1) for (const name of missing) metrics.set(name, IDLE);
  if (upWithUnready) for (const name of unready) metrics.set(name, IDLE);
  const again = suppose.again();
  if (isWithin(tolerances, again) || (ratio < 1 && again > 1) || (ratio > 1 && again < 1)) return currentReplicas;
  const replicas = wholeReplicas(again * metrics.size);
  const turns = (again < 1 && replicas > currentReplicas) || (again > 1 && replicas < currentReplicas);
  return turns ? currentReplicas : replicas;
}

/**
 * Replicas for a use of everybody together, against a target in thousandths: by the pods that are ready, or, where there
 * are none because the target is scaled to zero, by the ratio alone. Throws `SyncError` where the selector finds nobody.
 */
export function totalReplicas(
  { currentReplicas, tolerances, pods }: Pick<Question, 'currentReplicas' | 'tolerances' | 'pods'>,
  usage: number,
  target: number,
): number {
  const ratio = usage / target;
  if (currentReplicas === 0) return wholeReplicas(ratio);
  if (isWithin(tolerances, ratio)) return currentReplicas;
  if (pods.length === 0)
    throw new SyncError('unable to calculate ready pods: no pods returned by selector while calculating replica count');
  const ready = pods.filter((pod) => pod.status?.phase === 'Running' && isPodReady(pod)).length;
  return Math.min(INT32_MAX, wholeReplicas(ratio * ready));
}

/** Replicas for a use of everybody together, against a target for each replica, both in thousandths. */
export function perReplicaReplicas(
  statusReplicas: number,
  tolerances: Tolerances,
  usage: number,
  target: number,
): Proposal {
  const isNear = isWithin(tolerances, usage / (target * statusReplicas));
  const replicas = isNear ? statusReplicas : Math.min(INT32_MAX, wholeReplicas(usage / target));
  const average = Math.ceil(usage / statusReplicas);
  // What a division by no replicas becomes as an int64 on amd64.
  return { replicas, average: Number.isFinite(average) ? average : -(2 ** 63) };
}

function wholeReplicas(replicas: number): number {
  return Math.ceil(replicas);
}
