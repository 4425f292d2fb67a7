import { humanDuration } from '../../../api/duration.js';
import { formatSelector, selectorFromObject } from '../../../api/labels.js';
import { controllerOf } from '../../../api/owner-references.js';
import { parseOptionalTime } from '../../../api/time.js';
import type { Job } from '../../../api/types/batch.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { TemplateLike } from '../../workload/pod-spec.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { describePodTemplate } from '../pod-template.js';
import { type DescribeWriter, longTime } from '../writer.js';

/** A list of indexes is cut off at the first comma after so many characters. */
const INDEXES_LENGTH = 50;

/** Describes a job. */
export function* describeJob(w: DescribeWriter, request: DescribeRequest<Job>): Waiting<void> {
  const { metadata, spec, status = {} } = request.object;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.field('Selector', formatSelector(selectorFromObject(spec.selector)));
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  const owner = controllerOf(request.object);
  if (owner) w.field('Controlled By', `${owner.kind}/${owner.name}`);
  const optional = (title: string, value: number | string | undefined) => {
    if (value !== undefined) w.field(title, String(value));
  };
  optional('Parallelism', spec.parallelism);
  w.field('Completions', String(spec.completions ?? '<unset>'));
  optional('Completion Mode', spec.completionMode);
  optional('Suspend', spec.suspend === undefined ? undefined : String(spec.suspend));
  optional('Backoff Limit', spec.backoffLimit);
  optional('TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
  describeTimes(w, request.object);
  if (spec.activeDeadlineSeconds !== undefined) w.field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  const { active = 0, succeeded = 0, failed = 0, ready } = status;
  const readyText = ready === undefined ? '' : ` (${ready} Ready)`;
  w.field('Pods Statuses', `${active} Active${readyText} / ${succeeded} Succeeded / ${failed} Failed`);
  if (spec.completionMode === 'Indexed') w.field('Completed Indexes', shortIndexes(status.completedIndexes ?? ''));
  describePodTemplate(w, spec.template as unknown as TemplateLike);
  yield* describeEvents(w, request);
}

function describeTimes(w: DescribeWriter, { status = {} }: Job): void {
  const start = parseOptionalTime(status.startTime);
  const end = parseOptionalTime(status.completionTime);
  if (start !== undefined) w.field('Start Time', longTime(status.startTime));
  if (end !== undefined) w.field('Completed At', longTime(status.completionTime));
  if (start !== undefined && end !== undefined) w.field('Duration', humanDuration(end - start));
}

function shortIndexes(text: string): string {
  if (text === '') return '<none>';
  const comma = text.indexOf(',', INDEXES_LENGTH);
  return comma < 0 ? text : `${text.slice(0, comma + 1)}...`;
}
