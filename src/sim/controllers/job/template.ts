import { deepCopy } from '../../api/object.js';
import type { Job } from '../../api/types/batch.js';
import type { Container, Pod, PodTemplateSpec } from '../../api/types/pod.js';
import { countsAsFailure } from './failure-policy.js';
import {
  COMPLETION_INDEX,
  FAILURE_COUNT,
  failuresBefore,
  IGNORED_FAILURE_COUNT,
  ignoredBefore,
  TRACKING_FINALIZER,
} from './pods.js';

const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';
/** A generated name has five characters more. */
const PREFIX_LENGTH_MAX = 58;

/** The template of a job's pods, with the finalizer that keeps them until they are counted. */
export function trackedTemplate({ spec }: Job): PodTemplateSpec {
  const template = deepCopy(spec.template);
  const finalizers = template.metadata?.finalizers ?? [];
  const kept = finalizers.includes(TRACKING_FINALIZER) ? finalizers : [...finalizers, TRACKING_FINALIZER];
  template.metadata = { ...template.metadata, finalizers: kept };
  return template;
}

/** The template of the pod of an index; `replaced` is the one that failed before it, where the job counts failures by index. */
export function indexedTemplate(job: Job, index: number, replaced: Pod | undefined): PodTemplateSpec {
  const template = trackedTemplate(job);
  const { metadata = {}, spec } = template;
  const name = String(index);
  metadata.annotations = { ...metadata.annotations, [COMPLETION_INDEX]: name, ...failureCounts(job, replaced) };
  metadata.labels = { ...metadata.labels, [COMPLETION_INDEX]: name };
  spec.hostname = `${job.metadata.name}-${name}`;
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) addIndexVariable(container);
  return template;
}

/** How names of pods of an index begin. */
export function indexedPrefix({ metadata }: Job, index: number): string {
  const suffix = `-${index}-`;
  return `${(metadata.name ?? '').slice(0, PREFIX_LENGTH_MAX - suffix.length)}${suffix}`;
}

function failureCounts(job: Job, replaced: Pod | undefined): Record<string, string> {
  if (job.spec.backoffLimitPerIndex === undefined) return {};
  const counted = replaced !== undefined && countsAsFailure(job.spec, replaced);
  const failures = replaced ? failuresBefore(replaced) + Number(counted) : 0;
  const ignored = replaced ? ignoredBefore(replaced) + Number(!counted) : 0;
  return {
    [FAILURE_COUNT]: String(failures),
    ...(ignored > 0 ? { [IGNORED_FAILURE_COUNT]: String(ignored) } : {}),
  };
}

function addIndexVariable(container: Container): void {
  if (container.env?.some(({ name }) => name === INDEX_VARIABLE)) return;
  const fieldRef = { fieldPath: `metadata.labels['${COMPLETION_INDEX}']` };
  container.env = [...(container.env ?? []), { name: INDEX_VARIABLE, valueFrom: { fieldRef } }];
}
