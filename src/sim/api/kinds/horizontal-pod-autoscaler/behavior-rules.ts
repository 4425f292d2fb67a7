/** How fast an autoscaler may go: defaults and rules. */
import { type FieldError, invalid, notSupported, required } from '../../field-error.js';
import { givenField } from '../../given-empties.js';
import type { HorizontalPodAutoscalerSpec, ScalingRules } from '../../types/autoscaling.js';
import { positive } from '../meta.js';
import { validateAmount } from '../pod/resource-rules.js';

const PERIOD_SECONDS_MAX = 1800;
const WINDOW_SECONDS_MAX = 3600;
const SELECTIONS = ['Disabled', 'Max', 'Min'];
const POLICIES = ['Percent', 'Pods'];

/** Fills in the behavior in both directions, where one is said at all. */
export function defaultBehavior({ behavior }: HorizontalPodAutoscalerSpec): void {
  if (!behavior) return;
  behavior.scaleUp = {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
    ...givenRules(behavior.scaleUp),
  };
  behavior.scaleDown = {
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
    ...givenRules(behavior.scaleDown),
  };
}

/** Rules as they were given: an empty list of policies stays one, to be refused. */
function givenRules(rules: ScalingRules = {}): ScalingRules {
  return Array.isArray(givenField(rules, 'policies')) ? { ...rules, policies: rules.policies ?? [] } : rules;
}

/** The rules of both directions. */
export function validateBehavior(behavior: HorizontalPodAutoscalerSpec['behavior'], path: string): FieldError[] {
  return (['scaleUp', 'scaleDown'] as const).flatMap((direction) => {
    const rules = behavior?.[direction];
    return rules ? validateRules(rules, `${path}.${direction}`) : [];
  });
}

function validateRules(rules: ScalingRules, path: string): FieldError[] {
  const { stabilizationWindowSeconds: seconds = 0, selectPolicy, policies = [], tolerance } = rules;
  const errors: FieldError[] = [];
  const window = `${path}.stabilizationWindowSeconds`;
  if (seconds < 0) errors.push(invalid(window, seconds, 'must be greater than or equal to zero'));
  if (seconds > WINDOW_SECONDS_MAX) {
    errors.push(invalid(window, seconds, `must be less than or equal to ${WINDOW_SECONDS_MAX}`));
  }
  if (selectPolicy !== undefined && !SELECTIONS.includes(selectPolicy)) {
    errors.push(notSupported(`${path}.selectPolicy`, selectPolicy, SELECTIONS));
  }
  if (policies.length === 0) errors.push(required(`${path}.policies`, 'must specify at least one Policy'));
  errors.push(...policies.flatMap((policy, index) => validatePolicy(policy, `${path}.policies[${index}]`)));
  if (tolerance !== undefined) errors.push(...validateAmount(`${path}.tolerance`, '', tolerance));
  return errors;
}

function validatePolicy(
  { type, value, periodSeconds }: NonNullable<ScalingRules['policies']>[number],
  path: string,
): FieldError[] {
  const errors = POLICIES.includes(type) ? [] : [notSupported(`${path}.type`, type, POLICIES)];
  errors.push(...positive(`${path}.value`, value), ...positive(`${path}.periodSeconds`, periodSeconds));
  if (periodSeconds > PERIOD_SECONDS_MAX) {
    const words = `must be less than or equal to ${PERIOD_SECONDS_MAX}`;
    errors.push(invalid(`${path}.periodSeconds`, periodSeconds, words));
  }
  return errors;
}
