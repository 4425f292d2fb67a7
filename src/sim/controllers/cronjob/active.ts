import type { CronJob, Job } from '../../api/types/batch.js';
import type { ObjectReference } from '../../api/types/event.js';

/** A cron job as it is worked on: a copy, with a status to fill. */
export type WorkedCronJob = CronJob & { status: NonNullable<CronJob['status']> };

/** The jobs a cron job knows to be running. */
export function activeOf({ status }: CronJob): readonly ObjectReference[] {
  return status?.active ?? [];
}

export function isActive(cronJob: CronJob, uid: string | undefined): boolean {
  return activeOf(cronJob).some((reference) => reference.uid === uid);
}

export function addActive(cronJob: WorkedCronJob, { apiVersion, kind, metadata }: Job): void {
  const { name = '', namespace = '', uid = '', resourceVersion = '' } = metadata;
  cronJob.status.active = [...activeOf(cronJob), { apiVersion, kind, name, namespace, resourceVersion, uid }];
}

export function removeActive(cronJob: WorkedCronJob, uid: string | undefined): void {
  const left = activeOf(cronJob).filter((reference) => reference.uid !== uid);
  if (left.length > 0) cronJob.status.active = left;
  else delete cronJob.status.active;
}
