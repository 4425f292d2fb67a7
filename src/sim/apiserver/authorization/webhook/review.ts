import type { FactPackage } from '../../../api/facts/package.js';
import { type FieldRequirement, parseFieldSelector } from '../../../api/field-selectors.js';
import { parseSelector, type Requirement, SelectorError, type SelectorOperator } from '../../../api/labels.js';
import type { JsonObject } from '../../../api/object.js';
import { readReviewStatus } from '../../outgoing/read-review-status.js';
import type { AccessRequest } from '../authorizer.js';

const GROUP = 'authorization.k8s.io';
const KIND = 'SubjectAccessReview';

/** Facts of what is read of an answer; both versions have it alike. */
const ANSWERS: FactPackage = {
  id: 'authorization.answer',
  group: GROUP,
  version: 'v1',
  prefix: '',
  kinds: KIND,
  types: `
SubjectAccessReview :0:@meta.v1.TypeMeta: status:3:@SubjectAccessReviewStatus:o
SubjectAccessReviewStatus allowed:1:b: denied:4:b:o reason:2:s:o evaluationError:3:s:o
`,
};

/** How signs of label selectors are called in a review; comparisons with numbers have no name there and are left out. */
const OPERATORS: Partial<Record<SelectorOperator, string>> = {
  '!': 'DoesNotExist',
  '!=': 'NotIn',
  '=': 'In',
  '==': 'In',
  exists: 'Exists',
  in: 'In',
  notin: 'NotIn',
};

/** The version of the question that the other side understands. */
export type ReviewVersion = 'v1' | 'v1beta1';

/** What the other side says. */
export interface ReviewStatus {
  readonly allowed?: boolean;
  readonly denied?: boolean;
  readonly reason?: string;
}

/** Who wants to do what, as the spec of a SubjectAccessReview says it. */
export function reviewSpec({ user, info }: Pick<AccessRequest, 'user' | 'info'>, version: ReviewVersion): JsonObject {
  const { namespace, verb, group, version: ofGroup, resource, subresource, name } = info;
  const asked = { namespace, verb, group, version: ofGroup, resource, subresource, name };
  const attributes = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
  const groups = user.groups.length > 0 ? { [version === 'v1' ? 'groups' : 'group']: [...user.groups] } : {};
  return {
    ...(info.isResource
      ? { resourceAttributes: { ...attributes, ...selectors(info) } }
      : { nonResourceAttributes: { ...(info.path ? { path: info.path } : {}), ...(verb ? { verb } : {}) } }),
    ...(user.name ? { user: user.name } : {}),
    ...groups,
    ...(user.extra ? { extra: user.extra as unknown as JsonObject } : {}),
    ...(user.uid ? { uid: user.uid } : {}),
  };
}

/** What of the request's selectors can be read, as requirements; what cannot is not asked about. */
function selectors({ fieldSelector = '', labelSelector = '' }: AccessRequest['info']): JsonObject {
  const fields = requirementsIn(() => parseFieldSelector(fieldSelector).map(fieldRequirement));
  const labels = requirementsIn(() => parseSelector(labelSelector).flatMap(labelRequirement));
  return {
    ...(fields.length > 0 ? { fieldSelector: { requirements: fields } } : {}),
    ...(labels.length > 0 ? { labelSelector: { requirements: labels } } : {}),
  };
}

function requirementsIn(read: () => JsonObject[]): JsonObject[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof SelectorError) return [];
    throw error;
  }
}

function fieldRequirement({ field, operator, value }: FieldRequirement): JsonObject {
  return { key: field, operator: operator === '!=' ? 'NotIn' : 'In', values: [value] };
}

function labelRequirement({ key, operator: sign, values }: Requirement): JsonObject[] {
  const operator = OPERATORS[sign];
  return operator ? [{ key, operator, ...(values.length > 0 ? { values: [...values].sort() } : {}) }] : [];
}

/** The question as it is sent. */
export function reviewOf(spec: JsonObject, version: ReviewVersion): JsonObject {
  return { kind: KIND, apiVersion: `${GROUP}/${version}`, metadata: {}, spec, status: { allowed: false } };
}

/** Reads an answer. Throws `Error` in the decoder's words. */
export function readStatus(text: string, version: ReviewVersion): ReviewStatus {
  return readReviewStatus(text, ANSWERS, version);
}
