/** One question to the webhook that converts the objects of a definition (webhook_converter of apiextensions-apiserver). */
import { deepCopy, isJsonObject, type JsonObject, type KubeObject } from '../../../api/object.js';
import { StatusError, unnamedError } from '../../../api/status.js';
import type { CustomResourceDefinition } from '../../../api/types/custom-resource-definition.js';
import { errorText } from '../../../client/go-errors.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Store } from '../../../store/store.js';
import { callJson } from '../../outgoing/json-call.js';
import { readReview } from '../../outgoing/read-review.js';
import type { ServerParts } from '../../parts.js';
import { randomUid } from '../../storage/names.js';
import { restoreMetadata, sameIdentity } from './converted-object.js';

const GROUP = 'apiextensions.k8s.io';
const VERSIONS = ['v1', 'v1beta1'];
/** The REST client's own patience; nobody gives a converter another. */
const TIMEOUT_SECONDS = 30;
const OUT_OF_TIME = 'net/http: request canceled (Client.Timeout exceeded while awaiting headers)';

/** Has one object converted. Throws StatusError, 500, in the converter's words. */
export function* askConverter(
  parts: ServerParts,
  store: Store,
  definition: CustomResourceDefinition,
  object: KubeObject,
  wanted: string,
): Waiting<KubeObject> {
  const { clientConfig = {}, conversionReviewVersions } = definition.spec.conversion?.webhook ?? {};
  const version = (conversionReviewVersions ?? []).find((one) => VERSIONS.includes(one));
  if (version === undefined) throw new StatusError(unnamedError('no supported conversion review versions'));
  const uid = randomUid(parts.random);
  const request = { uid, desiredAPIVersion: wanted, objects: [object] };
  const review = { kind: 'ConversionReview', apiVersion: `${GROUP}/${version}`, request, response: emptyResponse() };
  const about = `conversion webhook for ${object.apiVersion}, Kind=${object.kind}`;
  let objects: readonly unknown[];
  try {
    const text = yield* callJson(parts, store, clientConfig, review, TIMEOUT_SECONDS);
    objects = objectsIn(readReview(text, 'ConversionReview', `${GROUP}/${version}`, `${GROUP}/v1`), version, uid);
  } catch (error) {
    throw new StatusError(
      unnamedError(`${about} failed: ${errorText(error).replace(/context deadline exceeded$/, OUT_OF_TIME)}`),
    );
  }
  if (objects.length !== 1) {
    throw new StatusError(unnamedError(`${about} returned ${objects.length} objects, expected 1`));
  }
  return checked(object, objects[0], wanted, about);
}

/** The request is sent as Go has it: with a response that says nothing. */
function emptyResponse(): JsonObject {
  return { uid: '', convertedObjects: null, result: { metadata: {} } };
}

interface Response {
  uid?: string;
  result?: { status?: string; message?: string };
  convertedObjects?: unknown[] | null;
}

/** The objects of an answer. Throws `Error` with what is wrong with it, or why it has none. */
function objectsIn(review: JsonObject, version: string, uid: string): readonly unknown[] {
  const { kind = '', apiVersion = '' } = review;
  const wanted = `${GROUP}/v1`;
  if (version === 'v1' && (kind !== 'ConversionReview' || apiVersion !== wanted)) {
    throw new Error(`expected webhook response of ${wanted}, Kind=ConversionReview, got ${apiVersion}, Kind=${kind}`);
  }
  const response = review['response'] as Response | undefined;
  if (!response) throw new Error('no response provided');
  if (version === 'v1' && (response.uid ?? '') !== uid) {
    throw new Error(`expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(response.uid ?? '')}`);
  }
  const { status = '', message = '' } = response.result ?? {};
  if (status !== 'Success') throw new Error(message || `response.result.status was '${status}', not 'Success'`);
  return response.convertedObjects ?? [];
}

/** What came back, if it is the same object in the version that is wanted. */
function checked(given: KubeObject, made: unknown, wanted: string, about: string): KubeObject {
  const refuse = (why: string) => new StatusError(unnamedError(`${about} returned ${why}`));
  if (!isJsonObject(made)) throw refuse('invalid object at index 0: no object');
  const object = deepCopy(made);
  const { apiVersion = '', kind = '' } = object;
  if (apiVersion !== wanted) {
    throw refuse(`invalid object at index 0: invalid groupVersion (expected ${wanted}, received ${apiVersion})`);
  }
  if (kind !== given.kind) {
    throw refuse(`invalid object at index 0: invalid kind (expected ${given.kind}, received ${kind})`);
  }
  const another = sameIdentity(given, object);
  if (another !== undefined) throw refuse(`invalid object: ${another}`);
  const wrong = restoreMetadata(given, object);
  if (wrong !== undefined) throw refuse(`invalid metadata: ${wrong}`);
  return object as KubeObject;
}
