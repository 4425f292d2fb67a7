import { describeValue } from '../../api/decode-scalar.js';
import { kindType } from '../../api/facts/fact-types.js';
import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { badRequest, StatusError } from '../../api/status.js';
import { type DecodedBody, readBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import type { WriteParameters } from '../request/options.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { decodeFields } from './field-validation.js';

/** Where the real server registers its kinds; its messages say so. */
const SCHEME = 'pkg/runtime/scheme.go:111';

/**
 * The object in a request's body as the kind that is expected: kind and apiVersion filled in, unknown fields dropped,
 * warned of or refused. Throws 400.
 */
export function decodeObject(context: RequestContext, kind: ServedKind, parameters: WriteParameters): KubeObject {
  const object = acceptObject(
    context,
    kind,
    readBody(context.request, kind.kind, apiVersionOf(kind), kind.custom !== undefined),
    parameters,
  );
  context.audit?.sentObject(kind, object);
  return object;
}

/** The same for an object that a patch made. */
export function acceptObject(
  context: RequestContext,
  kind: ServedKind,
  body: DecodedBody,
  parameters: WriteParameters,
): KubeObject {
  const { object } = body;
  const expected = apiVersionOf(kind);
  checkHead(object);
  if (kind.custom) return acceptCustom(context, kind, body, parameters);
  object.kind ||= kind.kind;
  object.apiVersion = fullVersion(object.apiVersion ?? '', expected);
  object.metadata ??= {};
  markCleared(object);
  if (object.kind !== kind.kind || object.apiVersion !== expected) refuseKind(object, kind, expected);
  return decodeFields(context, kind, body, parameters.fieldValidation);
}

/** A patch may have made anything of what says the kind. Throws 400. */
function checkHead(object: KubeObject): void {
  for (const field of ['apiVersion', 'kind'] as const) {
    const given: unknown = object[field];
    if (given === undefined || given === null || typeof given === 'string') continue;
    const why = `cannot unmarshal ${describeValue(given)} into Go struct field .${field} of type string`;
    throw new StatusError(badRequest(`couldn't get version/kind; json parse error: json: ${why}`));
  }
}

/** A version without its group means the group that is expected. */
function fullVersion(given: string, expected: string): string {
  if (given === '') return expected;
  return given.endsWith('/') && expected.startsWith(given) ? expected : given;
}

/** An empty list of managed fields asks to forget them; decoding would drop it like one that was not sent. */
function markCleared(object: KubeObject): void {
  const { metadata } = object;
  if (Array.isArray(metadata?.managedFields) && metadata.managedFields.length === 0) {
    object.metadata = { ...metadata, managedFields: [{}] };
  }
}

/** The words for a kind that is not registered. */
export function noSuchKind(apiVersion: string, kind: string): string {
  return `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme ${goQuote(SCHEME)}`;
}

/** A custom object has to say what it is; one that says another kind is refused when it is validated. Throws 400. */
function acceptCustom(
  context: RequestContext,
  kind: ServedKind,
  body: DecodedBody,
  parameters: WriteParameters,
): KubeObject {
  const { object } = body;
  const { apiVersion = '' } = object;
  const expected = apiVersionOf(kind);
  object.metadata ??= {};
  markCleared(object);
  const decoded = decodeFields(context, kind, body, parameters.fieldValidation);
  if (apiVersion !== expected && context.info.verb !== 'patch') {
    throw new StatusError(badRequest(mismatch(apiVersion, expected)));
  }
  const others = context.parts.kinds.kind(expected, object.kind);
  if (others && object.kind !== kind.kind) {
    throw new StatusError(badRequest(`invalid object type: ${expected}, Kind=${object.kind}`));
  }
  return decoded;
}

function mismatch(apiVersion: string, expected: string): string {
  return `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`;
}

/** Throws 400 for an object of another kind or version: one that there is not, or one that is none of these. */
function refuseKind(object: KubeObject, kind: ServedKind, expected: string): never {
  const { apiVersion } = object;
  const what = `${object.kind} in version ${goQuote(versionOf(apiVersion))} cannot be handled as a ${kind.kind}`;
  if (!kindType(apiVersion, object.kind)) {
    throw new StatusError(badRequest(`${what}: ${noSuchKind(apiVersion, object.kind)}`));
  }
  if (object.kind !== kind.kind) {
    const why = `converting (${goType(object)}) to (${internalType(kind)}): unknown conversion`;
    throw new StatusError(badRequest(`${what}: ${why}`));
  }
  throw new StatusError(badRequest(mismatch(apiVersion, expected)));
}

function versionOf(apiVersion: string): string {
  return apiVersion.split('/').at(-1) ?? apiVersion;
}

function goType(object: KubeObject): string {
  return `${versionOf(object.apiVersion)}.${object.kind}`;
}

function internalType(kind: ServedKind): string {
  const name = kind.group === '' ? 'core' : (kind.group.split('.')[0] ?? 'core');
  return `${name}.${kind.kind}`;
}
