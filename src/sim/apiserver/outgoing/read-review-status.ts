import { decodeType } from '../../api/decode.js';
import { kindType, typeOfPackage } from '../../api/facts/fact-types.js';
import type { FactPackage } from '../../api/facts/package.js';
import type { JsonObject } from '../../api/object.js';
import { noSuchKind } from '../verbs/decode.js';
import { readAnswerText } from './answer-text.js';

/**
 * The status in an answer to a review, read as clients do that convert what they decode: one that does not say what it is,
 * is taken for what was asked. `types` are of that kind alone, which may be asked in another version that has it alike.
 * Throws `Error` in the decoder's words.
 */
export function readReviewStatus(text: string, types: FactPackage, version = types.version): JsonObject {
  const { group, kinds: wantedKind } = types;
  const wanted = `${group}/${version}`;
  const value = readAnswerText(text);
  const apiVersion = String(value['apiVersion'] ?? '') || wanted;
  const kind = String(value['kind'] ?? '') || wantedKind;
  if (apiVersion !== wanted || kind !== wantedKind) {
    if (!kindType(apiVersion, kind)) throw new Error(noSuchKind(apiVersion, kind));
    const found = `${apiVersion.split('/').at(-1)}.${kind}`;
    throw new Error(`converting (${found}) to (${version}.${wantedKind}): unknown conversion`);
  }
  const { object, typeError } = decodeType(typeOfPackage(types, wantedKind), value);
  if (typeError !== undefined) throw new Error(typeError);
  return (object['status'] ?? {}) as JsonObject;
}
