import type { KubeObject } from '../../api/object.js';
import { badRequest, StatusError } from '../../api/status.js';
import { type DecodedBody, readBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import type { WriteParameters } from '../request/options.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { decodeFields } from './field-validation.js';

/**
 * The object in a request's body as the kind that is expected: kind and apiVersion filled in, unknown fields dropped,
 * warned of or refused. Throws 400.
 */
export function decodeObject(context: RequestContext, kind: ServedKind, parameters: WriteParameters): KubeObject {
  const body = readBody(context.request, kind.kind);
  return acceptObject(context, kind, body ?? { object: {} as KubeObject, duplicates: [] }, parameters);
}

/** The same for an object that a patch made. */
export function acceptObject(
  context: RequestContext,
  kind: ServedKind,
  body: DecodedBody,
  parameters: WriteParameters,
): KubeObject {
  const { object } = body;
  object.kind ||= kind.kind;
  object.apiVersion ||= apiVersionOf(kind);
  if (typeof object.metadata !== 'object' || object.metadata === null) object.metadata = {};
  const expected = apiVersionOf(kind);
  if (object.kind !== kind.kind) {
    throw new StatusError(
      badRequest(
        `${object.kind} in version ${JSON.stringify(versionOf(object.apiVersion))} cannot be handled as a ${kind.kind}: converting (${goType(object)}) to (${internalType(kind)}): unknown conversion`,
      ),
    );
  }
  if (object.apiVersion !== expected) {
    const actual = object.apiVersion;
    throw new StatusError(
      badRequest(`the API version in the data (${actual}) does not match the expected API version (${expected})`),
    );
  }
  return decodeFields(context, body, parameters.fieldValidation);
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
