/** policy/v1 PodDisruptionBudget. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid } from '../field-error.js';
import { pathSegmentName } from '../names.js';
import type { PodDisruptionBudget } from '../types/policy.js';
import { validateMetaConditions } from './condition-rules.js';
import { atMost100Percent, nonnegativeIntOrPercent } from './int-or-percent-rules.js';
import { type ApiKind, column, countGeneration, defineKind, keepStatus, specChanged, withStatus } from './kind.js';
import { oneOf, validateLabelSelector, validateMeta, validateMetaUpdate } from './meta.js';
import { validateCounts } from './workload-rules.js';

/** The strategy of pod disruption budgets. */
export const podDisruptionBudgetKind: ApiKind = defineKind({
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  namespaced: true,
  shortNames: ['pdb'],
  subresourceFacts: withStatus(),
  unconditionalUpdate: false,
  prepareCreate: (object) => {
    object['status'] = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
    object.metadata.generation = 1;
  },
  validateCreate: (object) => {
    const errors = validateSpec(object as PodDisruptionBudget);
    return errors.length > 0 ? errors : validateMeta(object, true, (name) => pathSegmentName(name));
  },
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...validateSpec(object as PodDisruptionBudget)],
  validateStatus: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateMetaConditions((object as PodDisruptionBudget).status?.conditions ?? [], 'status.conditions'),
    ...validateCounts((object as PodDisruptionBudget).status, [
      'disruptionsAllowed',
      'currentHealthy',
      'desiredHealthy',
      'expectedPods',
    ]),
  ],
  printer: {
    columns: [
      column('Name'),
      column('Min Available', 'string', 0, 'The minimum number of pods that must be available.'),
      column('Max Unavailable', 'string', 0, 'The maximum number of pods that may be unavailable.'),
      column('Allowed Disruptions', 'integer', 0, 'Calculated number of pods that may be disrupted at this time.'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec, status } = object as PodDisruptionBudget;
      const amounts = [spec.minAvailable, spec.maxUnavailable].map((value) => String(value ?? 'N/A'));
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [metadata.name, ...amounts, status?.disruptionsAllowed ?? 0, age] }];
    },
  },
});

function validateSpec({ spec = {} }: PodDisruptionBudget): FieldError[] {
  const { minAvailable, maxUnavailable } = spec;
  const errors: FieldError[] = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    // The server prints its internal form here, whose fields have no JSON names.
    const shown = {
      MinAvailable: minAvailable,
      Selector: spec.selector ?? null,
      MaxUnavailable: maxUnavailable,
      UnhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy ?? null,
    };
    errors.push(invalid('spec', shown, 'minAvailable and maxUnavailable cannot be both set'));
  }
  for (const field of ['minAvailable', 'maxUnavailable'] as const) {
    const value = spec[field];
    if (value === undefined) continue;
    errors.push(...nonnegativeIntOrPercent(`spec.${field}`, value), ...atMost100Percent(`spec.${field}`, value));
  }
  errors.push(...validateLabelSelector(spec.selector, 'spec.selector'));
  const policies = ['AlwaysAllow', 'IfHealthyBudget'];
  return [...errors, ...oneOf('spec.unhealthyPodEvictionPolicy', spec.unhealthyPodEvictionPolicy, policies)];
}
