/** batch/v1 Job. */
import type { Micros } from '../../kernel/time.js';
import { ageOf, humanDuration } from '../duration.js';
import { type FieldError, invalid, required } from '../field-error.js';
import { formatSelectorObject, matchesSelector } from '../labels.js';
import { dns1123Label } from '../names.js';
import { parseTime } from '../time.js';
import type { Job, JobSpec } from '../types/batch.js';
import { hasCondition } from './job/conditions.js';
import { validateJobSpec } from './job/spec-rules.js';
import { validateJobStatus } from './job/status-rules.js';
import { validateJobSpecUpdate } from './job/update-rules.js';
import {
  type ApiKind,
  column,
  countGeneration,
  defineKind,
  keepStatus,
  metadataFields,
  type Row,
  specChanged,
  withStatus,
} from './kind.js';
import { sortedMap, validateLabels, validateMeta, validateMetaUpdate } from './meta.js';
import { defaultPodSpec } from './pod/pod-defaults.js';
import { containerCells, readSelector, workloadWarnings } from './workload-rules.js';

const OLD_UID = 'controller-uid';
const OLD_NAME = 'job-name';
const UID = 'batch.kubernetes.io/controller-uid';
const NAME = 'batch.kubernetes.io/job-name';
const INT32_MAX = 2 ** 31 - 1;

/** The strategy of jobs. */
export const jobKind: ApiKind = defineKind({
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  plural: 'jobs',
  namespaced: true,
  categories: ['all'],
  defaultPropagation: 'Orphan',
  orphanWarning:
    'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
  subresourceFacts: withStatus(),
  applyDefaults: (object) => applyDefaults(object as Job),
  prepareCreate: (object) => {
    const job = object as Job;
    if (!job.spec.manualSelector) generateSelector(job);
    // What is stored is defaulted once more when it is read back; labels that will be refused are not stored.
    if (validateLabels(job.spec.template.metadata?.labels, '').length === 0) defaultLabels(job);
    job.status = {};
    job.metadata.generation = 1;
  },
  validateCreate: (object) => validateJob(object as Job, true),
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) => validateUpdate(object as Job, old as Job),
  validateStatus: (object, old) => validateJobStatus(object as Job, old as Job),
  warnings: (object, old) => [
    ...manyIndexes((object as Job).spec, 'spec', old !== undefined && !isNewer(object as Job, old as Job)),
    ...workloadWarnings(object, old, (object as Job).spec.template),
  ],
  selectableFields: (object) => ({
    ...metadataFields(object),
    'status.successful': String((object as Job).status?.succeeded ?? 0),
  }),
  fieldLabels: ['metadata.name', 'metadata.namespace', 'status.successful'],
  fieldLabelError: (field) => `field label "${field}" not supported for Job`,
  printer: {
    columns: [
      column('Name'),
      column('Status', 'string', 0, 'Status of the job.'),
      column('Completions', 'string', 0, 'batch.v1.JobStatus.succeeded'),
      column('Duration', 'string', 0, 'Time required to complete the job.'),
      column('Age'),
      column('Containers', 'string', 1),
      column('Images', 'string', 1),
      column('Selector', 'string', 1, 'batch.v1.JobSpec.selector'),
    ],
    rows: (object, now) => [jobRow(object as Job, now)],
  },
});

function applyDefaults(job: Job): void {
  const { spec } = job;
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : INT32_MAX;
  defaultLabels(job);
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
  spec.manualSelector ??= false;
  defaultJobTemplate(spec);
}

/** A job without labels has those of its template. As in the server both are one map: what one gets later, both have. */
function defaultLabels({ metadata, spec }: Job): void {
  const labels = spec.template?.metadata?.labels;
  if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = labels;
}

/** What is filled in wherever a job's spec stands. */
export function defaultJobTemplate(spec: JobSpec): void {
  for (const rule of spec.podFailurePolicy?.rules ?? []) {
    for (const pattern of rule.onPodConditions ?? []) pattern.status ||= 'True';
  }
  if (spec.template?.spec) defaultPodSpec(spec.template.spec);
}

/** Labels that only this job's pods have, and a selector that finds them. */
function generateSelector({ metadata, spec }: Job): void {
  const { name = '', uid = '' } = metadata;
  spec.template.metadata ??= {};
  spec.template.metadata.labels ??= {};
  const { labels } = spec.template.metadata;
  for (const key of [OLD_NAME, NAME]) labels[key] ??= name;
  for (const key of [OLD_UID, UID]) labels[key] ??= uid;
  spec.selector ??= {};
  spec.selector.matchLabels ??= {};
  spec.selector.matchLabels[UID] ??= uid;
}

/** Labels with a prefix came later: jobs that are older than them go without. */
function validateJob(job: Job, prefixed: boolean): FieldError[] {
  const { metadata, spec } = job;
  const errors = [...validateMeta(job, true), ...validateGenerated(job, prefixed), ...validateJobSpec(spec)];
  if (spec.completionMode !== 'Indexed' || (spec.completions ?? 0) <= 0) return errors;
  const hostname = `${metadata.name ?? ''}-${(spec.completions as number) - 1}`;
  if (dns1123Label(hostname).length === 0) return errors;
  const words = `will not able to create pod with invalid DNS label: ${hostname}`;
  return [...errors, invalid('metadata.name', metadata.name ?? '', words)];
}

function validateGenerated({ metadata, spec }: Job, prefixed: boolean): FieldError[] {
  if (spec.manualSelector || !spec.selector) return [];
  const { name = '', uid = '' } = metadata;
  const expected: Record<string, string> = { [OLD_UID]: uid, [OLD_NAME]: name };
  if (prefixed) Object.assign(expected, { [UID]: uid, [NAME]: name });
  const errors = uid === '' ? [required('metadata.uid')] : [];
  const labels = spec.template.metadata?.labels ?? {};
  for (const [key, value] of Object.entries(expected)) {
    const path = `spec.template.metadata.labels[${key}]`;
    if (!(key in labels)) errors.push(required(path, `must be '${value}'`));
    else if (labels[key] !== value) errors.push(invalid(path, sortedMap(labels), `must be '${value}'`));
  }
  const selector = readSelector(spec.selector);
  if (selector === undefined || matchesSelector(selector, expected)) return errors;
  return [...errors, invalid('spec.selector', spec.selector, '`selector` not auto-generated')];
}

function validateUpdate(job: Job, old: Job): FieldError[] {
  const labels = old.spec.template.metadata?.labels ?? {};
  return [
    ...validateJob(job, NAME in labels && UID in labels),
    ...validateMetaUpdate(job, old),
    ...validateJobSpec(job.spec),
    ...validateJobSpecUpdate(job, old),
  ];
}

function isNewer(job: Job, old: Job): boolean {
  return job.metadata.generation !== old.metadata.generation;
}

/** What is said of jobs of very many indexes. */
export function manyIndexes(spec: JobSpec, path: string, silent: boolean): string[] {
  const { completionMode, completions = 0, parallelism = 0 } = spec;
  if (silent || completionMode !== 'Indexed' || completions <= 100_000 || parallelism <= 10_000) return [];
  return [
    `${path}: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail`,
  ];
}

function jobRow(job: Job, now: Micros): Row {
  const { metadata, spec, status = {} } = job;
  return {
    cells: [
      metadata.name,
      stateOf(job),
      completionsOf(job),
      status.startTime ? humanDuration(timeOf(status.completionTime, now) - timeOf(status.startTime, now)) : '',
      ageOf(metadata.creationTimestamp, now),
      ...containerCells(spec.template),
      formatSelectorObject(spec.selector),
    ],
  };
}

function timeOf(time: string | undefined, now: Micros): Micros {
  return (time === undefined ? undefined : parseTime(time)) ?? now;
}

function stateOf(job: Job): string {
  const first = (types: readonly string[]) => types.find((type) => hasCondition(job, type));
  const over = first(['Complete', 'Failed']);
  if (over) return over;
  if (job.metadata.deletionTimestamp) return 'Terminating';
  return first(['Suspended', 'FailureTarget', 'SuccessCriteriaMet']) ?? 'Running';
}

function completionsOf({ spec, status }: Job): string {
  const done = status?.succeeded ?? 0;
  if (spec.completions !== undefined) return `${done}/${spec.completions}`;
  return (spec.parallelism ?? 0) > 1 ? `${done}/1 of ${spec.parallelism}` : `${done}/1`;
}
