import { goQuote } from '../../../api/go-text.js';
import type { JsonObject } from '../../../api/object.js';
import type { Status } from '../../../api/status.js';

/** What a webhook answered, after it was found to be an answer. */
export interface ReviewResponse {
  readonly allowed: boolean;
  readonly status?: Partial<Status>;
  /** A JSON patch as text. */
  readonly patch: string;
  readonly patchType: string;
  readonly auditAnnotations: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

interface Sent {
  uid?: string;
  allowed?: boolean;
  status?: Partial<Status>;
  patch?: string;
  patchType?: string;
  auditAnnotations?: Record<string, string>;
  warnings?: string[];
}

/** Whether a review is an answer to what was asked (VerifyAdmissionResponse). Throws `Error` with what is wrong. */
export function verifyReview(review: JsonObject, version: string, uid: string, mutating: boolean): ReviewResponse {
  const response = review['response'] as Sent | undefined;
  if (!response) throw new Error('webhook response was absent');
  const { patch = '', patchType } = response;
  if (version === 'v1') verifyFirst(review, response, uid, mutating);
  const changes = mutating ? patch : '';
  return {
    allowed: response.allowed ?? false,
    patch: changes === '' ? '' : Buffer.from(changes, 'base64').toString('utf8'),
    patchType: version === 'v1' ? (patchType ?? '') : 'JSONPatch',
    auditAnnotations: response.auditAnnotations ?? {},
    warnings: response.warnings ?? [],
    ...(response.status ? { status: response.status } : {}),
  };
}

function verifyFirst(review: JsonObject, response: Sent, uid: string, mutating: boolean): void {
  const { patch = '', patchType } = response;
  if ((response.uid ?? '') !== uid) {
    throw new Error(`expected response.uid=${goQuote(uid)}, got ${goQuote(response.uid ?? '')}`);
  }
  const { kind = '', apiVersion = '' } = review;
  if (kind !== 'AdmissionReview' || apiVersion !== 'admission.k8s.io/v1') {
    const wanted = 'admission.k8s.io/v1, Kind=AdmissionReview';
    throw new Error(`expected webhook response of ${wanted}, got ${String(apiVersion)}, Kind=${String(kind)}`);
  }
  if (!mutating) {
    if (patch !== '') throw new Error('validating webhook may not return response.patch');
    if (patchType !== undefined) throw new Error('validating webhook may not return response.patchType');
    return;
  }
  if (patch !== '' && patchType === undefined) {
    throw new Error('webhook returned response.patch but not response.patchType');
  }
  if (patch === '' && patchType !== undefined) {
    throw new Error('webhook returned response.patchType but not response.patch');
  }
  if (patchType === '') throw new Error('webhook returned invalid response.patchType of ""');
}
