import { formatSelector, selectorFromObject } from '../../../api/labels.js';
import type { CronJob } from '../../../api/types/batch.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { TemplateLike } from '../../workload/pod-spec.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { describePodTemplate } from '../pod-template.js';
import { boolText, type DescribeWriter, longTime } from '../writer.js';

/** Describes a cron job. */
export function* describeCronJob(w: DescribeWriter, request: DescribeRequest<CronJob>): Waiting<void> {
  const { metadata, spec, status = {} } = request.object;
  const orUnset = (value: number | string | undefined, unit = '') =>
    value === undefined ? '<unset>' : `${value}${unit}`;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('Schedule', spec.schedule);
  w.field('Concurrency Policy', spec.concurrencyPolicy);
  w.field('Suspend', spec.suspend === undefined ? '<unset>' : boolText(spec.suspend));
  w.field('Time Zone', orUnset(spec.timeZone));
  w.field('Successful Job History Limit', orUnset(spec.successfulJobsHistoryLimit));
  w.field('Failed Job History Limit', orUnset(spec.failedJobsHistoryLimit));
  w.field('Starting Deadline Seconds', orUnset(spec.startingDeadlineSeconds, 's'));
  const job = spec.jobTemplate.spec;
  w.field('Selector', job.selector ? formatSelector(selectorFromObject(job.selector)) : '<unset>');
  w.field('Parallelism', orUnset(job.parallelism));
  w.field('Completions', orUnset(job.completions));
  if (job.activeDeadlineSeconds !== undefined) w.field('Active Deadline Seconds', `${job.activeDeadlineSeconds}s`);
  describePodTemplate(w, job.template as unknown as TemplateLike);
  w.field('Last Schedule Time', status.lastScheduleTime ? longTime(status.lastScheduleTime) : '<unset>');
  w.field('Active Jobs', (status.active ?? []).map(({ name }) => name).join(', ') || '<none>');
  yield* describeEvents(w, request);
}
