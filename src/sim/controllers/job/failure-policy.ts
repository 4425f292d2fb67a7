import type { Job, JobSpec, PodFailureRule } from '../../api/types/batch.js';
import type { ContainerStatus, Pod } from '../../api/types/pod.js';
import { isPodFailed } from './pods.js';

/** What the failure policy makes of a failed pod. */
export interface Verdict {
  readonly action: 'Count' | 'FailIndex' | 'FailJob' | 'Ignore' | undefined;
  /** Why the job fails; of FailJob only. */
  readonly message?: string;
}

const UNMATCHED: Verdict = { action: undefined };

/** The verdict of the first rule that fits a failed pod (job matchPodFailurePolicy). */
export function judge({ podFailurePolicy }: JobSpec, pod: Pod): Verdict {
  for (const [index, rule] of (podFailurePolicy?.rules ?? []).entries()) {
    const what = matchOf(rule, pod);
    if (what === undefined) continue;
    const action = rule.action as Verdict['action'];
    return action === 'FailJob' ? { action, message: `${what} matching FailJob rule at index ${index}` } : { action };
  }
  return UNMATCHED;
}

/** Whether a failed pod counts towards the limits. */
export function countsAsFailure(spec: JobSpec, pod: Pod): boolean {
  return judge(spec, pod).action !== 'Ignore';
}

/** Why the policy lets the job fail, by the first of its failed pods that says so. */
export function failJobMessage(job: Job, pods: readonly Pod[]): string | undefined {
  if (!job.spec.podFailurePolicy) return undefined;
  for (const pod of pods) {
    const message = isPodFailed(pod, job) ? judge(job.spec, pod).message : undefined;
    if (message !== undefined) return message;
  }
  return undefined;
}

function matchOf({ onExitCodes, onPodConditions }: PodFailureRule, pod: Pod): string | undefined {
  const { namespace, name } = pod.metadata;
  if (onExitCodes) {
    const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
    const container = [...containerStatuses, ...initContainerStatuses].find((one) => exitFits(onExitCodes, one));
    if (!container) return undefined;
    const code = container.state?.terminated?.exitCode;
    return `Container ${container.name} for pod ${namespace}/${name} failed with exit code ${code}`;
  }
  const fits = (type: string, status: string) =>
    (onPodConditions ?? []).some((pattern) => pattern.type === type && pattern.status === status);
  const condition = pod.status?.conditions?.find(({ type, status }) => fits(type, status));
  return condition && `Pod ${namespace}/${name} has condition ${condition.type}`;
}

function exitFits(
  { containerName, operator, values }: NonNullable<PodFailureRule['onExitCodes']>,
  { name, state }: ContainerStatus,
): boolean {
  const code = state?.terminated?.exitCode ?? 0;
  if (code === 0 || (containerName !== undefined && containerName !== name)) return false;
  return (values ?? []).includes(code) === (operator === 'In');
}
