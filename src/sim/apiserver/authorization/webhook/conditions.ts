/** Conditions that say which questions a webhook is asked: expressions over the spec of a SubjectAccessReview. */
import { aggregateTexts } from '../../../api/field-error.js';
import { type CompiledExpression, compileExpression } from '../../../api/kinds/admission/compile-expression.js';
import {
  BOOL,
  baseEnvironment,
  type Environment,
  fromJson,
  listType,
  mapType,
  type ObjectType,
  objectType,
  STRING,
  structType,
} from '../../../cel/index.js';
import type { AccessRequest } from '../authorizer.js';
import { reviewSpec } from './review.js';

const typeOf = ({ name }: ObjectType) => structType(name);
const REQUIREMENT = objectType('kubernetes.SelectorRequirement', {
  key: STRING,
  operator: STRING,
  values: listType(STRING),
});
const SELECTOR = { rawSelector: STRING, requirements: listType(typeOf(REQUIREMENT)) };
const FIELD_SELECTOR = objectType('kubernetes.FieldSelectorAttributes', SELECTOR);
const LABEL_SELECTOR = objectType('kubernetes.LabelSelectorAttributes', SELECTOR);
const RESOURCE = objectType('kubernetes.ResourceAttributes', {
  namespace: STRING,
  verb: STRING,
  group: STRING,
  version: STRING,
  resource: STRING,
  subresource: STRING,
  name: STRING,
  fieldSelector: typeOf(FIELD_SELECTOR),
  labelSelector: typeOf(LABEL_SELECTOR),
});
const NON_RESOURCE = objectType('kubernetes.NonResourceAttributes', { path: STRING, verb: STRING });
const SPEC = objectType('kubernetes.SubjectAccessReviewSpec', {
  resourceAttributes: typeOf(RESOURCE),
  nonResourceAttributes: typeOf(NON_RESOURCE),
  user: STRING,
  groups: listType(STRING),
  extra: mapType(STRING, listType(STRING)),
  uid: STRING,
});

let environment: Environment | undefined;

/** Compiles one condition; `error` in the result says why it is none. */
export function compileCondition(expression: string): CompiledExpression {
  environment ??= baseEnvironment().extend({
    variables: { request: typeOf(SPEC) },
    objects: [SPEC, RESOURCE, NON_RESOURCE, FIELD_SELECTOR, LABEL_SELECTOR, REQUIREMENT],
  });
  return compileExpression(expression, environment, [BOOL]);
}

/** Whether all conditions hold: one that is false says no at once; else what went wrong with others. */
export function conditionsHold(
  conditions: readonly CompiledExpression[],
  request: Pick<AccessRequest, 'user' | 'info'>,
): boolean | { readonly error: string } {
  if (conditions.length === 0) return true;
  const variables = { request: fromJson(shown(request)) };
  const errors: string[] = [];
  for (const { program, expression } of conditions) {
    const result = program?.evaluate(variables);
    if (!result || result.error !== undefined) {
      errors.push(`cel evaluation error: expression '${expression}' resulted in error: ${result?.error}`);
    } else if (result.value === false) return false;
  }
  return errors.length === 0 ? true : { error: aggregateTexts(errors) };
}

/** The spec with every field of text, those that are empty too. */
function shown({ user, info }: Pick<AccessRequest, 'user' | 'info'>): object {
  const { namespace, verb, group, version, resource, subresource, name, path } = info;
  const asked = reviewSpec({ user, info }, 'v1')['resourceAttributes'] as object | undefined;
  const who = { user: user.name, groups: [...user.groups], uid: user.uid ?? '', extra: user.extra ?? {} };
  if (!info.isResource) return { ...who, nonResourceAttributes: { path, verb } };
  const all = { namespace, verb, group, version, resource, subresource, name };
  return { ...who, resourceAttributes: { ...all, ...asked } };
}
