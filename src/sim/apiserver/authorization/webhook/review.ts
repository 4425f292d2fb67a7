import type { FactPackage } from '../../../api/facts/package.js';
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

function selectors({ fieldSelector, labelSelector }: AccessRequest['info']): JsonObject {
  const fields = (fieldSelector ?? '').split(',').flatMap(fieldRequirement);
  const labels = (labelSelector ?? '').split(/,(?![^(]*\))/).flatMap(labelRequirement);
  return {
    ...(fields.length > 0 ? { fieldSelector: { requirements: fields } } : {}),
    ...(labels.length > 0 ? { labelSelector: { requirements: labels } } : {}),
  };
}

function fieldRequirement(text: string): JsonObject[] {
  const [, key = '', sign, value = ''] = /^([^=!]+)(==|!=|=)(.*)$/.exec(text.trim()) ?? [];
  return sign === undefined ? [] : [{ key, operator: sign === '!=' ? 'NotIn' : 'In', values: [value] }];
}

function labelRequirement(given: string): JsonObject[] {
  const text = given.trim();
  if (text === '') return [];
  const [, key = '', sign, value = ''] = /^([^=!\s]+)\s*(==|!=|=)\s*(.*)$/.exec(text) ?? [];
  if (sign !== undefined) return [{ key, operator: sign === '!=' ? 'NotIn' : 'In', values: [value] }];
  const [, name = '', not, list = ''] = /^(\S+)\s+(not)?in\s*\(([^)]*)\)$/.exec(text) ?? [];
  if (name !== '') {
    const values = list.split(',').map((one) => one.trim());
    return [{ key: name, operator: not ? 'NotIn' : 'In', values: values.sort() }];
  }
  return [text.startsWith('!') ? { key: text.slice(1), operator: 'DoesNotExist' } : { key: text, operator: 'Exists' }];
}

/** The question as it is sent. */
export function reviewOf(spec: JsonObject, version: ReviewVersion): JsonObject {
  return { kind: KIND, apiVersion: `${GROUP}/${version}`, metadata: {}, spec, status: { allowed: false } };
}

/** Reads an answer. Throws `Error` in the decoder's words. */
export function readStatus(text: string, version: ReviewVersion): ReviewStatus {
  return readReviewStatus(text, ANSWERS, version);
}
