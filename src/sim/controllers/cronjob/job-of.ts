import { zoneError } from '../../api/cron.js';
import { deepCopy } from '../../api/object.js';
import { controllerReference } from '../../api/owner-references.js';
import { formatTime } from '../../api/time.js';
import { secondsAhead } from '../../api/time-zones.js';
import type { CronJob, Job } from '../../api/types/batch.js';
import { MINUTE, type Micros, SECOND } from '../../kernel/time.js';

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** The name of the job for a time: each minute has its own, so that none is made twice. */
export function jobNameFor({ metadata }: CronJob, at: Micros): string {
  return `${metadata.name}-${Math.floor(at / MINUTE)}`;
}

/** The job a cron job makes for a time. */
export function jobFor(cronJob: CronJob, at: Micros): Job {
  const { metadata, spec } = deepCopy(cronJob.spec.jobTemplate);
  const { labels, annotations } = metadata ?? {};
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobNameFor(cronJob, at),
      ...(cronJob.metadata.namespace === undefined ? {} : { namespace: cronJob.metadata.namespace }),
      ...(labels ? { labels } : {}),
      annotations: { ...annotations, [SCHEDULED_AT]: zonedTime(at, cronJob.spec.timeZone) },
      ownerReferences: [controllerReference(cronJob)],
    },
    spec,
  };
}

/** RFC 3339 by the clocks of a zone. */
function zonedTime(at: Micros, zone = ''): string {
  const ahead = zoneError(zone) === undefined ? (secondsAhead(zone, Math.floor(at / SECOND)) ?? 0) : 0;
  const text = formatTime(at + ahead * SECOND);
  if (ahead === 0) return text;
  const minutes = Math.abs(ahead) / 60;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${text.slice(0, -1)}${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
