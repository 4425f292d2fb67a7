import { decodeKind } from '../../api/decode.js';
import type { JsonObject } from '../../api/object.js';
import { noSuchKind } from '../verbs/decode.js';
import { readAnswerText } from './answer-text.js';

/**
 * Reads an answer as the REST client's decoder does into a review of the kind and version that was asked, which has the
 * fields of the version `like`. Throws `Error`.
 */
export function readReview(text: string, reviewKind: string, wanted: string, like = wanted): JsonObject {
  const value = readAnswerText(text);
  const { kind, apiVersion } = value;
  const given = { kind: String(kind ?? '') || reviewKind, apiVersion: String(apiVersion ?? '') || wanted };
  const decoded = decodeKind(given.apiVersion === wanted ? like : given.apiVersion, given.kind, value);
  if (!decoded) throw new Error(noSuchKind(given.apiVersion, given.kind));
  if (decoded.typeError !== undefined) throw new Error(decoded.typeError);
  if (given.kind === 'Status') throw new Error(String(value['message'] ?? ''));
  if (given.apiVersion !== wanted || given.kind !== reviewKind) {
    const [to, from] = [wanted.split('/').at(-1), given.apiVersion.split('/').at(-1)];
    throw new Error(`unable to decode into ${to}.${reviewKind}: got ${from}.${given.kind}`);
  }
  return { ...decoded.object, ...(kind ? { kind } : {}), ...(apiVersion ? { apiVersion } : {}) };
}
