/**
 * Rules of a job's status, whoever manages it (batch/validation). Most are looked at only when a write touches what they
 * are about, so that what was stored before they came can still be written.
 */
import type { Micros } from '../../../kernel/time.js';
import { duplicate, type FieldError, invalid, invalidHidden, required } from '../../field-error.js';
import { semanticEqual } from '../../object.js';
import { parseTime } from '../../time.js';
import type { Job, JobStatus } from '../../types/batch.js';
import { validateMetaUpdate } from '../meta.js';
import { validateCounts } from '../workload-rules.js';
import { hasCondition, isFinished } from './conditions.js';
import { countIndexes, sharedIndex } from './indexes.js';

const CONDITIONS = 'status.conditions';

/** Both jobs and what of them is another than before. */
interface Change {
  readonly job: Job;
  readonly old: Job;
  readonly status: JobStatus;
  readonly before: JobStatus;
  /** Whether fields of the status, or conditions (with a capital), or being `over` changed. */
  changed(...names: readonly string[]): boolean;
}

/** Everything that is wrong with a write to the status. */
export function validateJobStatus(job: Job, old: Job): FieldError[] {
  const change = changeOf(job, old);
  const rules = [
    validateUncounted,
    validateEnds,
    validateTimes,
    validateOver,
    validateLists,
    validatePods,
    validateCriteria,
    validateStays,
  ];
  return [
    ...validateMetaUpdate(job, old),
    ...validateCounts(job.status, ['active', 'succeeded', 'failed', 'ready', 'terminating']),
    ...rules.flatMap((rule) => rule(change)),
  ];
}

function changeOf(job: Job, old: Job): Change {
  const status = job.status ?? {};
  const before = old.status ?? {};
  const differs = (name: string) => {
    if (name === 'over') return isFinished(job) !== isFinished(old);
    if (/^[A-Z]/.test(name)) return hasCondition(job, name) !== hasCondition(old, name);
    return !semanticEqual(status[name as keyof JobStatus] || undefined, before[name as keyof JobStatus] || undefined);
  };
  return { job, old, status, before, changed: (...names) => names.some(differs) };
}

function validateUncounted({ status }: Change): FieldError[] {
  const seen = new Set<string>();
  return (['succeeded', 'failed'] as const).flatMap((list) =>
    (status.uncountedTerminatedPods?.[list] ?? []).flatMap((uid, index) => {
      const path = `status.uncountedTerminatedPods.${list}[${index}]`;
      if (uid === '') return [invalid(path, uid, 'must not be empty')];
      if (seen.has(uid)) return [duplicate(path, uid)];
      seen.add(uid);
      return [];
    }),
  );
}

function validateEnds({ job, changed }: Change): FieldError[] {
  const complete = hasCondition(job, 'Complete');
  const errors: FieldError[] = [];
  if (complete && hasCondition(job, 'Failed') && changed('Complete', 'Failed')) {
    errors.push(invalidHidden(CONDITIONS, 'cannot set Complete=True and Failed=true conditions'));
  }
  if (complete && hasCondition(job, 'FailureTarget') && changed('Complete', 'FailureTarget')) {
    errors.push(invalidHidden(CONDITIONS, 'cannot set Complete=True and FailureTarget=true conditions'));
  }
  return errors;
}

function validateTimes({ job, status, changed }: Change): FieldError[] {
  const { startTime, completionTime } = status;
  const path = 'status.completionTime';
  const complete = hasCondition(job, 'Complete');
  const errors: FieldError[] = [];
  if (changed('Complete', 'completionTime')) {
    if (completionTime && !complete) {
      const words = 'cannot set completionTime when there is no Complete=True condition';
      errors.push(invalid(path, completionTime, words));
    }
    if (!completionTime && complete) errors.push(required(path, 'completionTime is required for Complete jobs'));
  }
  if (startTime && completionTime && changed('startTime', 'completionTime')) {
    if (instant(completionTime) < instant(startTime)) {
      errors.push(invalid(path, completionTime, 'must be equal to or after `startTime`'));
    }
  }
  return errors;
}

function instant(time: string): Micros {
  return parseTime(time) ?? 0;
}

function validateOver({ job, status, changed }: Change): FieldError[] {
  const errors: FieldError[] = [];
  const over = isFinished(job);
  if (hasCondition(job, 'Failed') && !hasCondition(job, 'FailureTarget') && changed('Failed', 'failedIndexes')) {
    errors.push(invalidHidden(CONDITIONS, 'cannot set Failed=True condition without the FailureTarget=true condition'));
  }
  if (hasCondition(job, 'Complete') && !hasCondition(job, 'SuccessCriteriaMet')) {
    if (changed('Complete', 'SuccessCriteriaMet')) {
      const words = 'cannot set Complete=True condition without the SuccessCriteriaMet=true condition';
      errors.push(invalidHidden(CONDITIONS, words));
    }
  }
  if (over && (status.active ?? 0) > 0 && changed('over', 'active')) {
    errors.push(invalid('status.active', status.active, 'active>0 is invalid for finished job'));
  }
  const idle = job.spec.suspend === true && job.spec.completions === 0;
  if (over && !status.startTime && !idle && changed('over', 'startTime')) {
    errors.push(required('status.startTime', 'startTime is required for finished job'));
  }
  const { succeeded, failed } = status.uncountedTerminatedPods ?? {};
  if (over && (succeeded?.length || failed?.length) && changed('over', 'uncountedTerminatedPods')) {
    const shown = { Succeeded: succeeded ?? null, Failed: failed ?? null };
    errors.push(invalid('status.uncountedTerminatedPods', shown, 'must be empty for finished job'));
  }
  return errors;
}

function validateLists({ job, status, changed }: Change): FieldError[] {
  const { completions, backoffLimitPerIndex, completionMode } = job.spec;
  const { completedIndexes: completed = '', failedIndexes: failed } = status;
  const errors: FieldError[] = [];
  const refuse = (field: 'completedIndexes' | 'failedIndexes', words: string) =>
    errors.push(invalid(`status.${field}`, status[field] ?? '', words));
  const check = (field: 'completedIndexes' | 'failedIndexes', text: string) => {
    const read = countIndexes(text, completions ?? 0);
    if ('error' in read) refuse(field, `error parsing ${field}: ${read.error}`);
  };
  const counted = completions !== undefined;
  if (counted && changed('completedIndexes')) check('completedIndexes', completed);
  if (counted && backoffLimitPerIndex !== undefined && failed !== undefined && changed('failedIndexes')) {
    check('failedIndexes', failed);
  }
  if (completed !== '' && completionMode !== 'Indexed' && changed('completedIndexes')) {
    refuse('completedIndexes', 'cannot set non-empty completedIndexes when non-indexed completion mode');
  }
  if (failed === undefined) return errors;
  if (backoffLimitPerIndex === undefined && changed('failedIndexes')) {
    refuse('failedIndexes', 'cannot set non-null failedIndexes when backoffLimitPerIndex is null');
  }
  if (!counted || !changed('failedIndexes', 'completedIndexes')) return errors;
  const shared = sharedIndex(completed, failed, completions);
  if (shared !== undefined) {
    refuse('failedIndexes', `failedIndexes and completedIndexes overlap at index: ${shared}`);
  }
  return errors;
}

function validatePods({ job, status, changed }: Change): FieldError[] {
  const { terminating = 0, ready = 0, active = 0 } = status;
  const errors: FieldError[] = [];
  if (terminating > 0 && isFinished(job) && changed('over', 'terminating')) {
    errors.push(invalid('status.terminating', terminating, 'terminating>0 is invalid for finished job'));
  }
  if (ready > active && changed('ready', 'active')) {
    errors.push(invalid('status.ready', ready, 'cannot set more ready pods than active'));
  }
  return errors;
}

function validateCriteria({ job }: Change): FieldError[] {
  const errors: FieldError[] = [];
  const met = hasCondition(job, 'SuccessCriteriaMet');
  if (met && hasCondition(job, 'Failed')) {
    errors.push(invalidHidden(CONDITIONS, 'cannot set SuccessCriteriaMet=True and Failed=true conditions'));
  }
  if (met && hasCondition(job, 'FailureTarget')) {
    errors.push(invalidHidden(CONDITIONS, 'cannot set SuccessCriteriaMet=True and FailureTarget=true conditions'));
  }
  if (job.spec.successPolicy && !met && hasCondition(job, 'Complete')) {
    const words = 'cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True';
    errors.push(invalidHidden(CONDITIONS, words));
  }
  return errors;
}

/** What was once true stays true, and counters only go up. */
function validateStays({ job, old, status, before, changed }: Change): FieldError[] {
  const errors: FieldError[] = [];
  for (const type of ['Failed', 'Complete', 'FailureTarget']) {
    if (hasCondition(old, type) && !hasCondition(job, type)) {
      errors.push(invalidHidden(CONDITIONS, `cannot disable the terminal ${type}=True condition`));
    }
  }
  const elastic = job.spec.completionMode === 'Indexed' && job.spec.completions === job.spec.parallelism;
  for (const counter of ['failed', 'succeeded'] as const) {
    const count = status[counter] ?? 0;
    if (count >= (before[counter] ?? 0) || (counter === 'succeeded' && elastic)) continue;
    errors.push(invalid(`status.${counter}`, count, `cannot decrease the ${counter} counter`));
  }
  const { completionTime, startTime } = status;
  if (completionTime && before.completionTime && completionTime !== before.completionTime) {
    errors.push(invalid('status.completionTime', completionTime, 'field is immutable'));
  }
  const suspension = (of: Job) => of.status?.conditions?.find(({ type }) => type === 'Suspended')?.status;
  const resumes = suspension(old) === 'True' && suspension(job) === 'False';
  if (changed('startTime') && !resumes && before.startTime && !job.spec.suspend) {
    const words = 'field is immutable for unsuspended job once set';
    errors.push(invalid('status.startTime', startTime ?? null, words));
  }
  const met = hasCondition(job, 'SuccessCriteriaMet');
  const wasMet = hasCondition(old, 'SuccessCriteriaMet');
  if (wasMet && !met) {
    errors.push(invalidHidden(CONDITIONS, 'cannot disable the SuccessCriteriaMet=True condition'));
  }
  if (hasCondition(old, 'Complete') && !wasMet && met) {
    const words = 'cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions';
    errors.push(invalidHidden(CONDITIONS, words));
  }
  return errors;
}
