import type { Job, JobCondition } from '../../api/types/batch.js';

/** The condition that says that a job is over, Complete or Failed; undefined while it goes on. */
export function finishedCondition({ status }: Job): JobCondition | undefined {
  return status?.conditions?.find(
    ({ type, status: word }) => (type === 'Complete' || type === 'Failed') && word === 'True',
  );
}

/** Whether a job is over. */
export function isJobFinished(job: Job): boolean {
  return finishedCondition(job) !== undefined;
}
