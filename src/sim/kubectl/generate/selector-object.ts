import type { Requirement } from '../../api/labels.js';
import type { LabelSelector } from '../../api/object.js';

const OPERATORS: Readonly<Record<string, string>> = {
  in: 'In',
  notin: 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
  '!=': 'NotIn',
};

/** A selector's text as the object that means the same (metav1.ParseToLabelSelector). */
export function selectorObject(requirements: readonly Requirement[]): LabelSelector {
  const matchLabels: Record<string, string> = {};
  const matchExpressions: NonNullable<LabelSelector['matchExpressions']> = [];
  for (const { key, operator, values } of requirements) {
    if (operator === '=' || operator === '==') matchLabels[key] = values[0] ?? '';
    else
      matchExpressions.push({
        key,
        operator: OPERATORS[operator] ?? operator,
        ...(values.length > 0 ? { values: [...values] } : {}),
      });
  }
  return {
    ...(Object.keys(matchLabels).length > 0 ? { matchLabels } : {}),
    ...(matchExpressions.length > 0 ? { matchExpressions } : {}),
  };
}
