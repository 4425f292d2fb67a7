import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import { podCondition, podPriority } from '../../api/pods.js';
import { parseOptionalTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import type { PodDisruptionBudget } from '../../api/types/policy.js';
import { fitsNode, type Nominations, withNode } from '../filtering.js';
import { type Diagnosis, fitErrorMessage } from '../fit-error.js';
import type { NodeInfo } from '../node-info.js';
import { type Cycle, type Plugin, type Refusal, unresolvable } from '../plugin.js';
import type { PodInfo } from '../pod-info.js';
import type { Profile } from '../profile.js';

/** Nothing on the node has a lower priority. */
const NO_VICTIMS_REASON = 'No preemption victims found for incoming pod';
/** The node would not fit even if it were empty. */
const NOT_HELPFUL_REASON = 'Preemption is not helpful for scheduling';
export const PREEMPTION_REASON = 'PreemptionByScheduler';
/** What the plugin for claims says of a pod without any, before preemption has its say. */
const NO_CLAIMS = 'no new claims to deallocate';
/** What it says of a pod that was refused before it had looked at it itself: nobody else is asked then. */
const NOT_LOOKED_AT = 'not found';

/** So many nodes are tried before one is chosen (DefaultPreemptionArgs). */
const CANDIDATES_MIN = 100;
const CANDIDATES_PERCENTAGE = 10;

/** Pods to evict from a node so that the pod fits. */
export interface Candidate {
  readonly node: string;
  /** Most important first. */
  readonly victims: readonly Pod[];
  readonly budgetViolations: number;
}

/** What preemption came to: whom to evict, or why nobody; `message` is appended to the reasons. */
export type PreemptionResult = { readonly candidate: Candidate } | { readonly message: string };

/** Looks for pods of lower priority whose eviction makes room (defaultpreemption). */
export function preempt(
  { filtering: plugins, claims, preempts }: Profile,
  cycle: Cycle,
  diagnosis: Diagnosis,
  nominations: Nominations,
  budgets: readonly PodDisruptionBudget[],
): PreemptionResult {
  const words = (...why: string[]) => ({ message: [...(claims ? [NO_CLAIMS] : []), ...why].join(', ') });
  if (claims && diagnosis.early) return { message: NOT_LOOKED_AT };
  if (!preempts) return words();
  const obstacle = notEligible(cycle, diagnosis);
  if (obstacle !== undefined) return words(`preemption: ${obstacle}`);
  const refusals = new Map<string, Refusal>();
  const candidates: Candidate[] = [];
  const { refusals: refused, early } = diagnosis;
  const potential = early ? [] : cycle.nodes.filter(({ name }) => refused.get(name)?.code === 'unschedulable');
  const enough = Math.max(CANDIDATES_MIN, Math.trunc((potential.length * CANDIDATES_PERCENTAGE) / 100));
  for (const node of potential) {
    // Enough to choose from, unless all of them would break budgets.
    if (candidates.length >= enough && candidates.some(({ budgetViolations }) => budgetViolations === 0)) break;
    const outcome = selectVictims(plugins, cycle, node, nominations, budgets);
    if ('victims' in outcome) candidates.push(outcome);
    else refusals.set(node.name, outcome);
  }
  const best = pickCandidate(candidates);
  if (best) return { candidate: best };
  const absent = unresolvable(NOT_HELPFUL_REASON);
  const why = fitErrorMessage({ nodeCount: cycle.nodes.length, refusals, absent, early: undefined });
  return words(`preemption: ${why}`);
}

/** Why a pod may not preempt at all. */
function notEligible({ pod: { pod }, nodes }: Cycle, diagnosis: Diagnosis): string | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = pod.status?.nominatedNodeName;
  if (!nominated || diagnosis.refusals.get(nominated)?.code === 'unresolvable') return undefined;
  const node = nodes.find(({ name }) => name === nominated);
  const leaving = node?.pods.some(({ pod: other }) => isVictim(other, pod) && isLeavingByPreemption(other));
  return leaving ? 'not eligible due to a terminating pod on the nominated node.' : undefined;
}

function isVictim(other: Pod, pod: Pod): boolean {
  return podPriority(other) < podPriority(pod);
}

function isLeavingByPreemption(pod: Pod): boolean {
  const condition = podCondition(pod, 'DisruptionTarget');
  return (
    Boolean(pod.metadata.deletionTimestamp) && condition?.status === 'True' && condition.reason === PREEMPTION_REASON
  );
}

/** The fewest pods to evict from a node: all that may be are taken away, then as many as fit are put back. */
function selectVictims(
  plugins: readonly Plugin[],
  cycle: Cycle,
  node: NodeInfo,
  nominations: Nominations,
  budgets: readonly PodDisruptionBudget[],
): Candidate | Refusal {
  const trial = node.clone();
  const potential = node.pods.filter(({ pod }) => isVictim(pod, cycle.pod.pod));
  if (potential.length === 0) return unresolvable(NO_VICTIMS_REASON);
  for (const pod of potential) trial.remove(pod);
  const fits = () => fitsNode(plugins, withNode(cycle, trial), trial, nominations);
  const refusal = fits();
  if (refusal) return refusal;
  const { violating, others } = splitByBudgets([...potential].sort(byImportance), budgets);
  const victims: PodInfo[] = [];
  let budgetViolations = 0;
  for (const pod of [...violating, ...others]) {
    trial.add(pod);
    if (!fits()) continue;
    trial.remove(pod);
    victims.push(pod);
    if (violating.includes(pod)) budgetViolations += 1;
  }
  return { node: node.name, victims: victims.sort(byImportance).map(({ pod }) => pod), budgetViolations };
}

/** Higher priority first, then the longer running. */
function byImportance(a: PodInfo, b: PodInfo): number {
  return podPriority(b.pod) - podPriority(a.pod) || startOf(a.pod) - startOf(b.pod);
}

function startOf(pod: Pod): number {
  return parseOptionalTime(pod.status?.startTime) ?? Number.MAX_SAFE_INTEGER;
}

/** Pods whose eviction their budgets would not allow, and the rest. */
function splitByBudgets(
  pods: readonly PodInfo[],
  budgets: readonly PodDisruptionBudget[],
): { violating: PodInfo[]; others: PodInfo[] } {
  const allowed = new Map(budgets.map((budget) => [budget, budget.status?.disruptionsAllowed ?? 0]));
  const violating: PodInfo[] = [];
  const others: PodInfo[] = [];
  for (const info of pods) {
    let violated = false;
    for (const budget of budgets.filter((candidate) => guards(candidate, info.pod))) {
      const left = (allowed.get(budget) ?? 0) - 1;
      allowed.set(budget, left);
      if (left < 0) violated = true;
    }
    (violated ? violating : others).push(info);
  }
  return { violating, others };
}

function guards(budget: PodDisruptionBudget, pod: Pod): boolean {
  if (budget.metadata.namespace !== pod.metadata.namespace) return false;
  if (budget.status?.disruptedPods?.[pod.metadata.name ?? ''] !== undefined) return false;
  const selector = selectorFromObject(budget.spec.selector);
  return (selector ?? []).length > 0 && matchesSelector(selector, pod.metadata.labels);
}

/** The node whose loss hurts least: fewest broken budgets, lowest priorities, fewest pods, latest start; else the first. */
export function pickCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  const scores: ((candidate: Candidate) => number)[] = [
    ({ budgetViolations }) => -budgetViolations,
    ({ victims }) => -Math.max(...victims.map(podPriority)),
    ({ victims }) => -victims.reduce((sum, pod) => sum + podPriority(pod) + 2 ** 31, 0),
    ({ victims }) => -victims.length,
    ({ victims }) => earliestStart(victims),
  ];
  let left = candidates;
  for (const score of scores) {
    const most = Math.max(...left.map(score));
    left = left.filter((candidate) => score(candidate) === most);
    if (left.length <= 1) break;
  }
  return left[0];
}

/** The earliest start among the most important victims. */
function earliestStart(victims: readonly Pod[]): number {
  const highest = Math.max(...victims.map(podPriority));
  return Math.min(...victims.filter((pod) => podPriority(pod) === highest).map(startOf));
}
