import type { Job } from '../../types/batch.js';

/** Whether a condition of a job holds. */
export function hasCondition({ status }: Job, type: string): boolean {
  return (status?.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');
}

/** Whether a job is over, well or not. */
export function isFinished(job: Job): boolean {
  return hasCondition(job, 'Complete') || hasCondition(job, 'Failed');
}
