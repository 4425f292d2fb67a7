/** batch/v1 CronJob. */
import type { Micros } from '../../kernel/time.js';
import { scheduleError, zoneError } from '../cron.js';
import { ageOf } from '../duration.js';
import { type FieldError, invalid, notSupported, required } from '../field-error.js';
import { formatSelectorObject } from '../labels.js';
import { semanticEqual } from '../object.js';
import type { CronJob, CronJobSpec } from '../types/batch.js';
import { validateJobSpecBody } from './job/spec-rules.js';
import { defaultJobTemplate, manyIndexes } from './job.js';
import {
  type ApiKind,
  column,
  countGeneration,
  defineKind,
  keepStatus,
  type Row,
  specChanged,
  withStatus,
} from './kind.js';
import { nonnegative, validateMeta, validateMetaUpdate } from './meta.js';
import { containerCells, workloadWarnings } from './workload-rules.js';

/** A job's name is that of its cron job with eleven characters behind it. */
const NAME_LENGTH_MAX = 52;
const POLICIES = ['Allow', 'Forbid', 'Replace'];
const ZONES = 'https://www.iana.org/time-zones';
const DOCUMENTATION = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/';

/** The strategy of cron jobs. */
export const cronJobKind: ApiKind = defineKind({
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  namespaced: true,
  shortNames: ['cj'],
  categories: ['all'],
  subresourceFacts: withStatus(),
  applyDefaults: (object) => applyDefaults((object as CronJob).spec),
  prepareCreate: (object) => {
    object['status'] = {};
    object.metadata.generation = 1;
  },
  validateCreate: (object) => validateCreate(object as CronJob),
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateSpec((object as CronJob).spec, (old as CronJob).spec),
  ],
  warnings: (object, old) => warnings(object as CronJob, old as CronJob | undefined),
  printer: {
    columns: [
      column('Name'),
      column('Schedule', 'string', 0, 'batch.v1.CronJobSpec.schedule'),
      column('Timezone', 'string', 0, 'batch.v1.CronJobSpec.timeZone'),
      column('Suspend', 'boolean', 0, 'batch.v1.CronJobSpec.suspend'),
      column('Active', 'integer', 0, 'batch.v1.CronJobStatus.active'),
      column('Last Schedule', 'string', 0, 'batch.v1.CronJobStatus.lastScheduleTime'),
      column('Age'),
      column('Containers', 'string', 1),
      column('Images', 'string', 1),
      column('Selector', 'string', 1, 'batch.v1.JobSpec.selector'),
    ],
    rows: (object, now) => [cronJobRow(object as CronJob, now)],
  },
});

function applyDefaults(spec: CronJobSpec): void {
  spec.concurrencyPolicy ||= 'Allow';
  spec.suspend ??= false;
  spec.successfulJobsHistoryLimit ??= 3;
  spec.failedJobsHistoryLimit ??= 1;
  if (spec.jobTemplate?.spec) defaultJobTemplate(spec.jobTemplate.spec);
}

function validateCreate(cronJob: CronJob): FieldError[] {
  const { name = '' } = cronJob.metadata;
  const errors = [...validateMeta(cronJob, true), ...validateSpec(cronJob.spec, undefined)];
  if (name.length <= NAME_LENGTH_MAX) return errors;
  return [...errors, invalid('metadata.name', name, `must be no more than ${NAME_LENGTH_MAX} characters`)];
}

function validateSpec(spec: CronJobSpec, old: CronJobSpec | undefined): FieldError[] {
  const { timeZone, jobTemplate } = spec;
  const path = 'spec.jobTemplate.spec';
  const { selector, manualSelector } = jobTemplate.spec;
  return [
    ...validateSchedule(spec, old?.schedule?.includes('TZ') ?? false),
    ...nonnegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...(old && semanticEqual(old.timeZone, timeZone) ? [] : validateZone(timeZone)),
    ...validateConcurrency(spec),
    ...validateJobSpecBody(jobTemplate.spec, path),
    ...(selector ? [invalid(`${path}.selector`, selector, '`selector` will be auto-generated')] : []),
    ...(manualSelector ? [notSupported(`${path}.manualSelector`, manualSelector, ['nil', 'false'])] : []),
    ...nonnegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...nonnegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
  ];
}

/** A time zone in the schedule is taken only where one was before there was a field for it. */
function validateSchedule({ schedule = '', timeZone }: CronJobSpec, zoneAllowed: boolean): FieldError[] {
  const path = 'spec.schedule';
  if (schedule === '') return [required(path)];
  const wrong = scheduleError(schedule);
  const errors = wrong === undefined ? [] : [invalid(path, schedule, wrong)];
  if (!schedule.includes('TZ')) return errors;
  if (!zoneAllowed) {
    errors.push(invalid(path, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'));
  } else if (timeZone !== undefined) {
    errors.push(invalid(path, schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule'));
  }
  return errors;
}

function validateZone(zone: string | undefined): FieldError[] {
  const path = 'spec.timeZone';
  if (zone === undefined) return [];
  if (zone === '') return [invalid(path, zone, 'timeZone must be nil or non-empty string')];
  const malformed = (part: string) => /^\.\.?$|^-/.test(part) || !/^[A-Za-z.\-_0-9+]{1,14}$/.test(part);
  if (zone.split('/').some(malformed)) return [invalid(path, zone, `unknown time zone ${zone}`)];
  const errors: FieldError[] = [];
  if (zone.toLowerCase() === 'local') {
    errors.push(invalid(path, zone, `timeZone must be an explicit time zone as defined in ${ZONES}`));
  }
  const wrong = zoneError(zone);
  return wrong === undefined ? errors : [...errors, invalid(path, zone, wrong)];
}

function validateConcurrency({ concurrencyPolicy: policy = '' }: CronJobSpec): FieldError[] {
  const path = 'spec.concurrencyPolicy';
  if (policy === '') return [required(path)];
  return POLICIES.includes(policy) ? [] : [notSupported(path, policy, POLICIES)];
}

function warnings(cronJob: CronJob, old: CronJob | undefined): string[] {
  const { jobTemplate, schedule = '' } = cronJob.spec;
  const path = 'spec.jobTemplate.spec';
  const unchanged = old !== undefined && old.metadata.generation === cronJob.metadata.generation;
  const found = [
    ...manyIndexes(jobTemplate.spec, path, unchanged),
    ...workloadWarnings(cronJob, old, jobTemplate.spec.template, `${path}.template`),
  ];
  if (old && schedule.includes('TZ')) {
    found.push(
      `cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see ${DOCUMENTATION} for more details`,
    );
  }
  return found;
}

function cronJobRow({ metadata, spec, status }: CronJob, now: Micros): Row {
  const { template, selector } = spec.jobTemplate.spec;
  return {
    cells: [
      metadata.name,
      spec.schedule ?? '',
      spec.timeZone ?? '<none>',
      spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False',
      status?.active?.length ?? 0,
      status?.lastScheduleTime ? ageOf(status.lastScheduleTime, now) : '<none>',
      ageOf(metadata.creationTimestamp, now),
      ...containerCells(template),
      formatSelectorObject(selector),
    ],
  };
}
