/** What may change of a job once it is there (batch/validation ValidateJobSpecUpdate). */
import { type FieldError, invalid } from '../../field-error.js';
import { internalForm } from '../../internal-form.js';
import { deepCopy, semanticEqual } from '../../object.js';
import type { Job, JobSpec } from '../../types/batch.js';
import type { Container, PodSpec, PodTemplateSpec } from '../../types/pod.js';
import { immutable } from '../meta.js';
import { internalPodSpec, internalTemplate } from '../pod/internal-template.js';
import { hasCondition } from './conditions.js';

const IMMUTABLE = 'field is immutable';

/** Rules of an update of the spec, apart from those of any spec. */
export function validateJobSpecUpdate(job: Job, old: Job): FieldError[] {
  const { spec } = job;
  const before = old.spec;
  return [
    ...validateCompletions(spec, before),
    ...immutable('spec.selector', spec.selector, before.selector),
    ...validateTemplate(spec, old),
    ...immutable('spec.completionMode', spec.completionMode, before.completionMode),
    ...immutableInternal('podFailurePolicy', 'batch.v1.PodFailurePolicy', spec, before),
    ...immutable('spec.backoffLimitPerIndex', spec.backoffLimitPerIndex, before.backoffLimitPerIndex),
    ...immutable('spec.managedBy', spec.managedBy, before.managedBy),
    ...immutableInternal('successPolicy', 'batch.v1.SuccessPolicy', spec, before),
  ];
}

function immutableInternal(
  field: 'podFailurePolicy' | 'successPolicy',
  type: string,
  spec: JobSpec,
  old: JobSpec,
): FieldError[] {
  const value = spec[field];
  if (semanticEqual(value, old[field])) return [];
  return [invalid(`spec.${field}`, value ? internalForm(type, value) : null, IMMUTABLE)];
}

/** A job of indexes may grow and shrink, with all its pods at once. */
function validateCompletions(spec: JobSpec, old: JobSpec): FieldError[] {
  const path = 'spec.completions';
  if (spec.completionMode !== 'Indexed') return immutable(path, spec.completions, old.completions);
  if (spec.completions === old.completions || spec.completions === undefined) return [];
  if (spec.completions === spec.parallelism) return [];
  return [invalid(path, spec.completions, 'can only be modified in tandem with spec.parallelism')];
}

/** The template of a suspended job without pods may change in where its pods go, and in what they need. */
function validateTemplate({ template }: JobSpec, old: Job): FieldError[] {
  const suspended = old.spec.suspend === true;
  const idle = suspended && hasCondition(old, 'Suspended') && (old.status?.active ?? 0) === 0;
  const before = idle ? withPlacementOf(template, old.spec.template) : old.spec.template;
  if (!idle) {
    if (semanticEqual(template, before)) return [];
    return [invalid('spec.template', internalTemplate(template), IMMUTABLE)];
  }
  const spec = withResourcesOf(template.spec, before.spec);
  if (semanticEqual(template.spec, spec)) return [];
  return [invalid('spec.template.spec', internalPodSpec(template.spec), IMMUTABLE)];
}

function withPlacementOf(template: PodTemplateSpec, old: PodTemplateSpec): PodTemplateSpec {
  const copy = deepCopy(old);
  const { affinity, nodeSelector, tolerations, schedulingGates } = template.spec;
  const kept = { ...copy.spec.affinity };
  if (affinity?.nodeAffinity) kept.nodeAffinity = affinity.nodeAffinity;
  else delete kept.nodeAffinity;
  return {
    ...copy,
    ...(template.metadata ? { metadata: template.metadata } : {}),
    spec: {
      ...copy.spec,
      ...(Object.keys(kept).length > 0 || affinity ? { affinity: kept } : { affinity: undefined }),
      ...{ nodeSelector, tolerations, schedulingGates },
    } as PodSpec,
  };
}

function withResourcesOf(spec: PodSpec, old: PodSpec): PodSpec {
  const fitted = (field: 'containers' | 'initContainers'): Container[] | undefined => {
    const containers = spec[field] ?? [];
    if (containers.length !== (old[field] ?? []).length) return old[field];
    return old[field]?.map((container, index) => {
      const now = containers[index];
      if (now?.name !== container.name) return container;
      const { resources: _old, ...rest } = container;
      return now.resources ? { ...rest, resources: now.resources } : rest;
    });
  };
  return { ...old, containers: fitted('containers'), initContainers: fitted('initContainers') } as PodSpec;
}
