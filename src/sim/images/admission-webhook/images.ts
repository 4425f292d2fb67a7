/** Reviews of images: what kube-apiserver's ImagePolicyWebhook asks (imagepolicy.k8s.io/v1alpha1). */
import { isJsonObject, type JsonObject } from '../../api/object.js';
import type { Draft, ReviewRequest } from './review.js';
import type { Rule } from './rules.js';

interface ImageSpec {
  containers?: { image?: string }[];
  annotations?: JsonObject;
  namespace?: string;
}

/** Whether a review is one of images. */
export function isImageReview(review: JsonObject): boolean {
  return review['kind'] === 'ImageReview' && isJsonObject(review['spec']);
}

/** A review of images as rules look at requests: a pod of which no more is known. */
export function imageRequest(review: JsonObject): ReviewRequest {
  const { containers = [], annotations = {}, namespace = '' } = review['spec'] as ImageSpec;
  const object = { metadata: { annotations }, spec: { containers } };
  return { kind: { kind: 'ImageReview' }, namespace, object: object as unknown as JsonObject };
}

/** What is said of the images. */
export function verdictOf({ allowed, status, auditAnnotations }: Draft): JsonObject {
  const { message } = (status ?? {}) as { message?: string };
  return {
    allowed,
    ...(message ? { reason: message } : {}),
    ...(Object.keys(auditAnnotations).length > 0 ? { auditAnnotations } : {}),
  };
}

/** The answer's text, with what is to be wrong with it. */
export function spoilVerdict(last: Rule | undefined, review: JsonObject, status: JsonObject): string {
  switch (last?.broken) {
    case 'empty':
      return '';
    case 'no-response':
      return JSON.stringify(review);
    case 'not-json':
      return 'no JSON';
    case 'wrong-version':
      return JSON.stringify({ ...review, apiVersion: 'imagepolicy.k8s.io/v2', status });
    default:
      return JSON.stringify({ ...review, status });
  }
}

/** What the log says of a review. */
export function aboutImages(review: JsonObject): string {
  const { containers = [], namespace = '' } = review['spec'] as ImageSpec;
  return `kind="ImageReview" namespace="${namespace}" images=${JSON.stringify(containers.map(({ image }) => image))}`;
}
