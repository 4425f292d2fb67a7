import { parseOptionalTime } from '../../api/time.js';
import type { DeploymentStatus } from '../../api/types/workloads.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { conditionOf, newCondition, REASON, setCondition } from './conditions.js';
import type { Revisions } from './replica-sets.js';
import { hasProgressDeadline, isComplete, rolloutStatus } from './status.js';
import { type DeploymentWork, updateDeploymentStatus, writeStatus } from './work.js';

/** Writes the status of a rollout; when nothing changed, looks again at the progress deadline. */
export function* syncRolloutStatus(work: DeploymentWork, revisions: Revisions): Waiting<void> {
  const status = rolloutStatus(work.deployment, revisions, work.now);
  if (!(yield* writeStatus(work, status))) checkDeadlineLater(work, status);
}

/** Marks a pause and its end in the condition Progressing, so that paused time does not count against the deadline. */
export function* checkPaused(work: DeploymentWork): Waiting<void> {
  const { deployment } = work;
  if (!hasProgressDeadline(deployment)) return;
  const condition = conditionOf(deployment.status, 'Progressing');
  if (condition?.reason === REASON.timedOut) return;
  const paused = deployment.spec.paused === true;
  if (paused === (condition?.reason === REASON.paused)) return;
  const [reason, message] = paused
    ? [REASON.paused, 'Deployment is paused']
    : [REASON.resumed, 'Deployment is resumed'];
  const status: DeploymentStatus = { ...deployment.status };
  setCondition(status, newCondition('Progressing', 'Unknown', reason, message, work.now));
  deployment.status = status;
  yield* updateDeploymentStatus(work);
}

function checkDeadlineLater(work: DeploymentWork, status: DeploymentStatus): void {
  const { deployment } = work;
  const condition = conditionOf(deployment.status, 'Progressing');
  if (!hasProgressDeadline(deployment) || !condition) return;
  if (isComplete(deployment, status) || condition.reason === REASON.timedOut) return;
  const since = parseOptionalTime(condition.lastUpdateTime) ?? work.now;
  const after = since + (deployment.spec.progressDeadlineSeconds ?? 0) * SECOND - work.now;
  work.again(after < SECOND ? SECOND : after + SECOND);
}
