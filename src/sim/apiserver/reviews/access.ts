import { type FieldError, invalid, required } from '../../api/field-error.js';
import type { KubeObject } from '../../api/object.js';
import { invalidObject, StatusError } from '../../api/status.js';
import type { Access } from '../authorization/authorizer.js';
import { decide } from '../authorization/decide.js';
import type { RequestContext } from '../request/context.js';
import type { UserInfo } from '../request/user-info.js';

interface Requirement {
  key?: string;
  operator?: string;
  values?: string[];
}

interface SelectorAttributes {
  rawSelector?: string;
  requirements?: Requirement[];
}

interface AccessSpec {
  resourceAttributes?: {
    namespace?: string;
    verb?: string;
    group?: string;
    version?: string;
    resource?: string;
    subresource?: string;
    name?: string;
    fieldSelector?: SelectorAttributes;
    labelSelector?: SelectorAttributes;
  } | null;
  nonResourceAttributes?: { path?: string; verb?: string } | null;
  user?: string;
  groups?: string[];
  uid?: string;
  extra?: Record<string, string[]>;
}

/** SelfSubjectAccessReview: may who asks do this? Throws 422. */
export function reviewOwnAccess(context: RequestContext, review: KubeObject): () => KubeObject {
  refuseIf([...attributeErrors(specOf(review)), ...metadataErrors(review, [], 'must be empty')]);
  return () => answered(context, review, context.user);
}

/** SubjectAccessReview: may somebody do this? Throws 422. */
export function reviewAccess(context: RequestContext, review: KubeObject): () => KubeObject {
  refuseIf([...subjectErrors(specOf(review)), ...metadataErrors(review, [], 'must be empty')]);
  return () => answered(context, review, subjectOf(review));
}

/** LocalSubjectAccessReview: the same, within the namespace of the request. Throws 422. */
export function reviewLocalAccess(context: RequestContext, review: KubeObject): () => KubeObject {
  const spec = specOf(review);
  const errors = [
    ...subjectErrors(spec),
    ...metadataErrors(review, ['namespace'], 'must be empty except for namespace'),
  ];
  const { resourceAttributes: resource, nonResourceAttributes: path } = spec;
  if (resource && (resource.namespace ?? '') !== review.metadata.namespace) {
    errors.push(
      invalid('spec.resourceAttributes.namespace', resource.namespace ?? '', 'must match metadata.namespace'),
    );
  }
  if (path) errors.push(invalid('spec.nonResourceAttributes', path, 'disallowed on this kind of request'));
  refuseIf(errors);
  return () => answered(context, review, subjectOf(review));
}

function answered(context: RequestContext, review: KubeObject, user: UserInfo): KubeObject {
  const { decision, reason, error } = decide(context.parts, { user, info: accessOf(review) });
  const status = {
    allowed: decision === 'allow',
    ...(decision === 'deny' ? { denied: true } : {}),
    ...(reason ? { reason } : {}),
    ...(error === undefined ? {} : { evaluationError: error }),
  };
  return { ...review, status };
}

/** Whom a review asks about. */
function subjectOf(review: KubeObject): UserInfo {
  const { user = '', groups = [], uid, extra } = specOf(review);
  return { name: user, groups, ...(uid ? { uid } : {}), ...(extra ? { extra } : {}) };
}

/** What the review asks about. */
function accessOf(review: KubeObject): Access {
  const { resourceAttributes: resource, nonResourceAttributes: path } = specOf(review);
  const nothing = { group: '', version: '', namespace: '', resource: '', subresource: '', name: '' };
  if (path) return { ...nothing, isResource: false, path: path.path ?? '', verb: path.verb ?? '' };
  const { fieldSelector, labelSelector, ...asked } = resource ?? {};
  return {
    ...nothing,
    isResource: true,
    path: '',
    verb: '',
    ...asked,
    ...selected('fieldSelector', fieldSelector),
    ...selected('labelSelector', labelSelector),
  };
}

/** A selector as a list would be given it. */
function selected(name: 'fieldSelector' | 'labelSelector', given: SelectorAttributes | undefined): Partial<Access> {
  if (!given) return {};
  const written = (given.requirements ?? []).flatMap(({ key = '', operator, values = [] }) => {
    const [value] = values;
    return operator === 'In' && values.length === 1 ? [`${key}=${value}`] : [];
  });
  const text = given.rawSelector || written.join(',');
  return text === '' ? {} : { [name]: text };
}

function subjectErrors(spec: AccessSpec): FieldError[] {
  const errors = combinationErrors(spec);
  if (!spec.user && !spec.groups?.length) {
    errors.push(invalid('spec.user', '', 'at least one of user or group must be specified'));
  }
  return [...errors, ...selectorErrors(spec)];
}

function attributeErrors(spec: AccessSpec): FieldError[] {
  return [...combinationErrors(spec), ...selectorErrors(spec)];
}

/** It is asked about a resource or about a path. */
function combinationErrors({ resourceAttributes: resource, nonResourceAttributes: path }: AccessSpec): FieldError[] {
  if (resource && path) {
    const words = 'cannot be specified in combination with resourceAttributes';
    return [invalid('spec.nonResourceAttributes', path, words)];
  }
  if (resource || path) return [];
  const words = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  return [invalid('spec.resourceAttributes', null, words)];
}

function selectorErrors({ resourceAttributes: resource }: AccessSpec): FieldError[] {
  return (['fieldSelector', 'labelSelector'] as const).flatMap((name) =>
    selectorAttributeErrors(resource?.[name], `spec.resourceAttributes.${name}`),
  );
}

function selectorAttributeErrors(selector: SelectorAttributes | undefined, path: string): FieldError[] {
  if (!selector) return [];
  const { rawSelector = '', requirements = [] } = selector;
  if (rawSelector !== '' && requirements.length > 0) {
    return [invalid(`${path}.rawSelector`, rawSelector, 'may not specified at the same time as requirements')];
  }
  if (rawSelector !== '' || requirements.length > 0) return [];
  return [required(`${path}.requirements`, `when ${path} is specified, requirements or rawSelector is required`)];
}

/** A question has no metadata; managed fields are the server's own. */
function metadataErrors({ metadata }: KubeObject, allowed: readonly string[], words: string): FieldError[] {
  const given = Object.entries(metadata).filter(
    ([name, value]) => value != null && name !== 'managedFields' && !allowed.includes(name),
  );
  return given.length > 0 ? [invalid('metadata', metadata, words)] : [];
}

function specOf(review: KubeObject): AccessSpec {
  return (review['spec'] ?? {}) as AccessSpec;
}

/** The real server leaves the kind out of this message. */
function refuseIf(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new StatusError(invalidObject('authorization.k8s.io', '', '', errors));
}
