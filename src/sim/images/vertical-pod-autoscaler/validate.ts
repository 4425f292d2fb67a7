/** What the admission controller refuses and warns of (pkg/admission-controller/resource/vpa/validation.go). */
import { type FieldError, forbidden, invalid, notSupported, required, tooMany } from '../../api/field-error.js';
import { compareQuantity, formatQuantity, parseQuantity, roundUpQuantity } from '../../api/quantity.js';
import type { Autoscaler, ContainerPolicy, UpdatePolicy } from './types.js';

const MODES: readonly string[] = ['InPlace', 'InPlaceOrRecreate', 'Initial', 'Off', 'Recreate'];
const SCALING_MODES: readonly string[] = ['Auto', 'Off'];
const CONTROLLED: readonly string[] = ['cpu', 'memory'];
const PER_VPA = 'not supported when feature flag PerVPAConfig is disabled';

export interface Verdict {
  readonly errors: readonly FieldError[];
  readonly warnings: readonly string[];
}

/** Judges an autoscaler that is made or changed. Feature gates are as they are by themselves. */
export function validateAutoscaler({ spec }: Autoscaler, isCreate: boolean): Verdict {
  const errors: FieldError[] = [];
  const warnings: string[] = [];
  if (!spec.targetRef && isCreate)
    errors.push(required('spec.targetRef', "If you're using v1beta1 version of the API, please migrate to v1"));
  if (spec.updatePolicy) updatePolicy(spec.updatePolicy, errors, warnings);
  (spec.resourcePolicy?.containerPolicies ?? []).forEach((policy, index) => {
    errors.push(...containerPolicy(policy, `spec.resourcePolicy.containerPolicies[${index}]`));
  });
  if (spec.startupBoost) errors.push(boosted('spec.startupBoost'));
  if ((spec.recommenders ?? []).length > 1)
    errors.push(tooMany('spec.recommenders', spec.recommenders?.length ?? 0, 1));
  return { errors, warnings };
}

function updatePolicy(policy: UpdatePolicy, errors: FieldError[], warnings: string[]): void {
  const path = 'spec.updatePolicy';
  const { updateMode: mode, minReplicas, evictAfterOOMSeconds } = policy;
  if (mode === undefined) {
    errors.push(required(`${path}.updateMode`, 'updateMode is required if UpdatePolicy is used'));
  } else if (mode === 'Auto') {
    warnings.push(
      `${path}: "Auto" mode is deprecated and will be removed in a future API version. Use explicit update modes like: [${MODES.join(' ')}]. See https://github.com/kubernetes/autoscaler/issues/8424 for more details.`,
    );
  } else if (!MODES.includes(mode)) {
    errors.push(notSupported(`${path}.updateMode`, mode, MODES));
  } else if (mode === 'InPlace') {
    const words =
      'in order to use UpdateMode InPlace, you must enable feature gate InPlace in the admission-controller args';
    errors.push(forbidden(`${path}.updateMode`, words));
  }
  if (minReplicas !== undefined && minReplicas <= 0)
    errors.push(invalid(`${path}.minReplicas`, minReplicas, 'minReplicas has to be positive'));
  if (evictAfterOOMSeconds !== undefined) errors.push(forbidden(`${path}.evictAfterOOMSeconds`, PER_VPA));
}

function containerPolicy(policy: ContainerPolicy, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { containerName, mode, minAllowed = {}, maxAllowed = {}, controlledResources = [], controlledValues } = policy;
  if (!containerName) errors.push(required(`${path}.containerName`));
  if (mode !== undefined && !SCALING_MODES.includes(mode))
    errors.push(notSupported(`${path}.mode`, mode, SCALING_MODES));
  for (const [name, least] of Object.entries(minAllowed)) {
    errors.push(...resolution(`${path}.minAllowed[${name}]`, name, least));
    const most = maxAllowed[name];
    if (most === undefined || compareQuantity(parseQuantity(most), parseQuantity(least)) >= 0) continue;
    const words = `max resource for ${name} is lower than min of "${written(least)}"`;
    errors.push(invalid(`${path}.maxAllowed[${name}]`, written(most), words));
  }
  for (const [name, most] of Object.entries(maxAllowed))
    errors.push(...resolution(`${path}.maxAllowed[${name}]`, name, most));
  if (mode === 'Off' && controlledValues === 'RequestsAndLimits') {
    const words = "controlledValues shouldn't be specified if container scaling mode is off";
    errors.push(forbidden(`${path}.controlledValues`, words));
  }
  controlledResources.forEach((name, index) => {
    if (!CONTROLLED.includes(name))
      errors.push(notSupported(`${path}.controlledResources[${index}]`, name, CONTROLLED));
  });
  if (policy.startupBoost) errors.push(boosted(`${path}.startupBoost`));
  return errors;
}

function boosted(path: string): FieldError {
  const words =
    'in order to use startupBoost, you must enable feature gate CPUStartupBoost in the admission-controller args';
  return forbidden(path, words);
}

/** CPU is in thousandths, memory in bytes, and nothing is finer. */
function resolution(path: string, name: string, text: string): FieldError[] {
  const amount = parseQuantity(text);
  if (name === 'cpu' && !roundUpQuantity(amount, -3).exact)
    return [invalid(path, written(text), 'must be a whole number of milli CPUs')];
  if (name === 'memory' && !roundUpQuantity(amount, 0).exact)
    return [invalid(path, written(text), 'must be a whole number of bytes')];
  return [];
}

function written(text: string): string {
  return formatQuantity(parseQuantity(text));
}
