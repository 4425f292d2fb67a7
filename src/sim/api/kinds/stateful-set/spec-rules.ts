/** Rules of a stateful set's spec, in the server's order (apps/validation). */
import { type FieldError, invalid, required } from '../../field-error.js';
import { dns1123Label } from '../../names.js';
import type { PodTemplateSpec } from '../../types/pod.js';
import type { StatefulSetSpec } from '../../types/workloads.js';
import { atMost100Percent, nonnegativeIntOrPercent, plainValue } from '../int-or-percent-rules.js';
import { checkText, nonnegative, oneOf, validateAnnotations, validateLabelSelector, validateLabels } from '../meta.js';
import { STRICT_CLAIM, validateClaimSpec } from '../persistent-volume-claim/spec-rules.js';
import { validatePodTemplate } from '../pod/pod-spec-rules.js';
import { isEmptySelector, readSelector, validateMatch, validateRunningTemplate } from '../workload-rules.js';

/** What is looked at: an update leaves out what cannot change, and a template that was wrong before. */
interface SpecOptions {
  readonly serviceName: boolean;
  readonly claims: boolean;
  readonly template: boolean;
}

const POLICIES = ['OrderedReady', 'Parallel'];
const RETENTIONS = ['Retain', 'Delete'];

/** Everything that is wrong with a spec. */
export function validateStatefulSetSpec(spec: StatefulSetSpec, options: SpecOptions): FieldError[] {
  return [
    ...validatePolicy(spec),
    ...validateStrategy(spec),
    ...validateRetention(spec),
    ...(options.claims ? validateClaims(spec) : []),
    ...nonnegative('spec.replicas', spec.replicas),
    ...nonnegative('spec.minReadySeconds', spec.minReadySeconds),
    ...nonnegative('spec.ordinals.start', spec.ordinals?.start),
    ...(options.serviceName && spec.serviceName ? checkText('spec.serviceName', spec.serviceName, dns1123Label) : []),
    ...validateSelector(spec),
    ...validateTemplate(spec, options.template),
  ];
}

function validatePolicy({ podManagementPolicy: policy = '' }: StatefulSetSpec): FieldError[] {
  const path = 'spec.podManagementPolicy';
  if (policy === '') return [required(path)];
  return POLICIES.includes(policy) ? [] : [invalid(path, policy, "must be 'OrderedReady' or 'Parallel'")];
}

function validateStrategy({ updateStrategy = {} }: StatefulSetSpec): FieldError[] {
  const { type = '', rollingUpdate } = updateStrategy;
  const path = 'spec.updateStrategy';
  // The server's own form has no JSON names.
  const shown = rollingUpdate
    ? { Partition: rollingUpdate.partition ?? 0, MaxUnavailable: rollingUpdate.maxUnavailable ?? null }
    : null;
  if (type === '') return [required(path)];
  if (type === 'OnDelete') {
    if (!rollingUpdate) return [];
    return [invalid(`${path}.rollingUpdate`, shown, "only allowed for updateStrategy 'RollingUpdate'")];
  }
  if (type !== 'RollingUpdate') {
    return [invalid(path, { Type: type, RollingUpdate: shown }, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  const errors = nonnegative(`${path}.rollingUpdate.partition`, rollingUpdate?.partition);
  const away = rollingUpdate?.maxUnavailable;
  if (away === undefined) return errors;
  const at = `${path}.rollingUpdate.maxUnavailable`;
  errors.push(...nonnegativeIntOrPercent(at, away));
  if (plainValue(away) === 0) errors.push(invalid(at, away, 'cannot be 0'));
  return [...errors, ...atMost100Percent(at, away)];
}

function validateRetention({ persistentVolumeClaimRetentionPolicy: policy }: StatefulSetSpec): FieldError[] {
  if (!policy) return [];
  const path = 'spec.persistentVolumeClaimRetentionPolicy';
  return [
    ...oneOf(`${path}.whenDeleted`, policy.whenDeleted ?? '', RETENTIONS),
    ...oneOf(`${path}.whenScaled`, policy.whenScaled ?? '', RETENTIONS),
  ];
}

function validateClaims({ volumeClaimTemplates: claims = [] }: StatefulSetSpec): FieldError[] {
  return claims.flatMap(({ spec = {} }, index) =>
    validateClaimSpec(`spec.volumeClaimTemplates[${index}].spec`, spec, STRICT_CLAIM),
  );
}

function validateSelector({ selector }: StatefulSetSpec): FieldError[] {
  if (!selector) return [required('spec.selector')];
  const errors = validateLabelSelector(selector, 'spec.selector');
  if (!isEmptySelector(selector)) return errors;
  return [...errors, invalid('spec.selector', selector, 'empty selector is invalid for statefulset')];
}

function validateTemplate(spec: StatefulSetSpec, deeply: boolean): FieldError[] {
  const selector = readSelector(spec.selector);
  const template = templateAsRun(spec);
  const own = validateRunningTemplate(template, 'StatefulSet', false);
  if (selector === undefined) return [invalid('spec.selector', spec.selector, ''), ...own];
  const { labels, annotations } = template.metadata ?? {};
  return [
    ...(selector === null || selector.length > 0 ? validateMatch(selector, template) : []),
    ...(deeply ? validatePodTemplate(template, 'spec.template') : []),
    ...validateLabels(labels, 'spec.template.labels'),
    ...validateAnnotations(annotations, 'spec.template.annotations'),
    ...own,
  ];
}

/** The template as pods will have it: host names are the set's, claims are volumes. */
function templateAsRun({ template, volumeClaimTemplates = [] }: StatefulSetSpec): PodTemplateSpec {
  const claimed = [...new Set(volumeClaimTemplates.map(({ metadata }) => metadata?.name ?? ''))];
  const volumes = [
    ...claimed.map((name) => ({ name, persistentVolumeClaim: { claimName: name } })),
    ...(template.spec.volumes ?? []).filter(({ name }) => !claimed.includes(name)),
  ];
  const { subdomain: _subdomain, hostname: _hostname, ...spec } = template.spec;
  return { ...template, spec: claimed.length > 0 ? { ...spec, volumes } : spec };
}
