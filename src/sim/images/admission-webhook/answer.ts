import { isJsonObject, type JsonObject } from '../../api/object.js';
import { aboutImages, imageRequest, isImageReview, spoilVerdict, verdictOf } from './images.js';
import type { Draft, ReviewAnswer, ReviewRequest } from './review.js';
import { type Rule, type RuleMatch, spanMillis } from './rules.js';

/** Answers an AdmissionReview or ImageReview that came to a path by rules; undefined for what is no review. */
export function answerReview(rules: readonly Rule[], path: string, review: unknown): ReviewAnswer | undefined {
  if (!isJsonObject(review)) return undefined;
  const ofImages = isImageReview(review);
  if (!ofImages && !isJsonObject(review['request'])) return undefined;
  const request = ofImages ? imageRequest(review) : (review['request'] as ReviewRequest);
  const draft = follow(rules, path.replace(/\?.*$/, ''), request);
  const { delayMillis, followed, allowed, last } = draft;
  const reviewed = ofImages ? aboutImages(review) : aboutRequest(request);
  const line = `"Reviewed" ${reviewed} allowed=${allowed} rules=${JSON.stringify(followed)}`;
  const about = { delayMillis, line };
  if (last?.status !== undefined) {
    return { status: last.status, contentType: 'text/plain', body: last.body ?? '', ...about };
  }
  const head = { kind: String(review['kind']), apiVersion: String(review['apiVersion']) };
  const body = ofImages
    ? spoilVerdict(draft.last, { ...head, spec: review['spec'] }, verdictOf(draft))
    : spoil(draft, { ...head, kind: 'AdmissionReview' }, responseOf(draft, request));
  return { status: 200, contentType: 'application/json', body, ...about };
}

/** What the log says of a request. */
function aboutRequest({ uid, operation, kind, namespace, name = '', userInfo }: ReviewRequest): string {
  const place = namespace ? `${namespace}/${name}` : name;
  return `uid="${uid}" operation="${operation}" kind="${kind?.kind ?? ''}" object="${place}" user="${userInfo?.username ?? ''}"`;
}

function follow(rules: readonly Rule[], path: string, request: ReviewRequest): Draft {
  const draft: Draft = {
    allowed: true,
    warnings: [],
    auditAnnotations: {},
    patch: [],
    delayMillis: 0,
    followed: [],
    last: undefined,
  };
  let object = request.object ?? undefined;
  rules.forEach((rule, index) => {
    if (!draft.allowed || draft.last || !matches(rule.match ?? {}, path, request)) return;
    draft.followed.push(rule.name ?? `rules[${index}]`);
    if (rule.delay !== undefined) draft.delayMillis += spanMillis(rule.delay, index);
    draft.warnings.push(...(rule.warnings ?? []));
    Object.assign(draft.auditAnnotations, rule.auditAnnotations);
    draft.patch.push(...(rule.patch ?? []));
    if (rule.set && object) object = setMaps(draft.patch, object, rule.set);
    if (rule.deny) {
      draft.allowed = false;
      draft.status = { ...rule.deny };
    }
    if (rule.allow || rule.status !== undefined || rule.broken !== undefined) draft.last = rule;
  });
  return draft;
}

function responseOf(draft: Draft, { uid }: ReviewRequest): JsonObject {
  const { allowed, status, warnings, auditAnnotations, patch } = draft;
  const response: JsonObject = { uid, allowed };
  if (status) response['status'] = status;
  if (warnings.length > 0) response['warnings'] = warnings;
  if (Object.keys(auditAnnotations).length > 0) response['auditAnnotations'] = auditAnnotations;
  if (allowed && patch.length > 0) {
    response['patchType'] = 'JSONPatch';
    response['patch'] = base64(JSON.stringify(patch));
  }
  return response;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** The answer's text, with what is to be wrong with it. */
function spoil({ last }: Draft, head: JsonObject, response: JsonObject): string {
  switch (last?.broken) {
    case 'bad-patch':
      return text({ ...head, response: { ...response, patchType: 'JSONPatch', patch: base64('no patch') } });
    case 'empty':
      return '';
    case 'no-response':
      return text(head);
    case 'not-json':
      return 'no JSON';
    case 'patch-without-type':
      return text({ ...head, response: { ...response, patch: base64('[]'), patchType: undefined } });
    case 'wrong-uid':
      return text({ ...head, response: { ...response, uid: 'another' } });
    case 'wrong-version':
      return text({ ...head, apiVersion: 'admission.k8s.io/v2', response });
    default:
      return text({ ...head, response });
  }
}

function text(value: JsonObject): string {
  return JSON.stringify(value);
}

function matches(match: RuleMatch, path: string, request: ReviewRequest): boolean {
  const { operations, kinds, namespaces, users, labels, withoutLabels, annotations, images } = match;
  const among = (wanted: readonly string[] | undefined, given = '') => wanted === undefined || wanted.includes(given);
  if (match.path !== undefined && match.path !== path) return false;
  if (!among(operations, request.operation) || !among(kinds, request.kind?.kind)) return false;
  if (!among(namespaces, request.namespace) || !among(users, request.userInfo?.username)) return false;
  const object = request.object ?? request.oldObject ?? {};
  const own = mapOf(object, 'labels');
  if (!has(own, labels) || !has(mapOf(object, 'annotations'), annotations)) return false;
  if (withoutLabels?.every((key) => key in own)) return false;
  return images === undefined || imagesOf(object).some((image) => images.some((pattern) => globs(pattern, image)));
}

function has(own: Record<string, unknown>, wanted: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(wanted).every(([key, value]) => key in own && (value === '*' || own[key] === value));
}

function mapOf(object: JsonObject, field: 'labels' | 'annotations'): Record<string, unknown> {
  const { metadata } = object as { metadata?: Partial<Record<typeof field, Record<string, unknown>>> };
  return metadata?.[field] ?? {};
}

interface Containers {
  containers?: { image?: string }[];
  initContainers?: { image?: string }[];
}

/** Images of a pod, or of what makes pods of a template. */
function imagesOf(object: JsonObject): string[] {
  const { spec } = object as { spec?: Containers & { template?: { spec?: Containers } } };
  const pod = spec?.template?.spec ?? spec ?? {};
  return [...(pod.initContainers ?? []), ...(pod.containers ?? [])].map(({ image = '' }) => image);
}

function globs(pattern: string, given: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(given);
}

/** Adds the operations that set labels and annotations, and gives the object as it is then. */
function setMaps(patch: JsonObject[], object: JsonObject, set: NonNullable<Rule['set']>): JsonObject {
  const metadata: JsonObject = { ...(object['metadata'] as JsonObject | undefined) };
  for (const field of ['labels', 'annotations'] as const) {
    const wanted = set[field];
    if (!wanted) continue;
    if (!isJsonObject(metadata[field])) patch.push({ op: 'add', path: `/metadata/${field}`, value: {} });
    metadata[field] = { ...(metadata[field] as JsonObject | undefined), ...wanted };
    for (const [key, value] of Object.entries(wanted)) {
      patch.push({ op: 'add', path: `/metadata/${field}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`, value });
    }
  }
  return { ...object, metadata };
}
