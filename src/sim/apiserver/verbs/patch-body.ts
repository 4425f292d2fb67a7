import { deepCopy, isJsonObject, type KubeObject } from '../../api/object.js';
import { applyJsonPatch, JsonPatchError, type PatchTypes } from '../../api/patch/json-patch.js';
import { mergePatch } from '../../api/patch/merge-patch.js';
import { StrategicPatchError, strategicPatch } from '../../api/patch/strategic-patch.js';
import {
  badRequest,
  failure,
  requestEntityTooLarge,
  type Status,
  StatusError,
  unnamedError,
  unsupportedMediaType,
} from '../../api/status.js';
import { decodeText } from '../../kernel/bytes.js';
import { limitedBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import { duplicateFields } from '../request/duplicate-fields.js';
import { readJson } from '../request/json-body.js';
import type { ServedKind } from '../served-kind.js';

/** The object that a patch makes of another, which stays as it is: they may share what is alike. Throws StatusError. */
export type Patch = (object: KubeObject) => unknown;

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json';
/** Refused by the router already, before any verb sees it; CBOR is among it as long as its feature gate is off. */
const UNKNOWN_TYPE = failure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
/** What custom objects can be patched with: nothing is known of how their lists merge. */
const CUSTOM_TYPES = [JSON_PATCH, MERGE_PATCH, 'application/apply-patch+yaml'];
const OPERATION_FIELDS: ReadonlySet<string> = new Set(['op', 'path', 'from', 'value']);
const OPERATIONS_MAX = 10_000;
const JSON_PATCH_TYPES: PatchTypes = { list: '[]handlers.jsonPatchOp', item: 'handlers.jsonPatchOp' };

/** Reads the patch in a request. Throws 400, 413 and 415. */
export function readPatch(context: RequestContext, kind: ServedKind): Patch {
  context.audit?.sentPatch(context.request);
  const type = (context.request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  switch (type) {
    case JSON_PATCH:
      return readJsonPatch(bodyOf(context));
    case MERGE_PATCH: {
      const patch = bodyOf(context);
      if (!isJsonObject(patch)) throw new StatusError(badRequest(`error decoding patch: ${notAnObject(patch)}`));
      return (object) => mergePatch(deepCopy(object), patch);
    }
    case STRATEGIC_PATCH:
      if (kind.custom) break;
      return readStrategicPatch(bodyOf(context));
    default:
      break;
  }
  // What keeps custom objects has no router of its own that knows what may be sent.
  throw new StatusError(kind.custom ? unsupportedMediaType(CUSTOM_TYPES) : UNKNOWN_TYPE);
}

function readJsonPatch(patch: unknown): Patch {
  if (Array.isArray(patch) && patch.length > OPERATIONS_MAX) {
    const why = `The allowed maximum operations in a JSON patch is ${OPERATIONS_MAX}, got ${patch.length}`;
    throw new StatusError(requestEntityTooLarge(why));
  }
  return (object) => {
    try {
      return applyJsonPatch(deepCopy(object), patch, JSON_PATCH_TYPES);
    } catch (error) {
      if (!(error instanceof JsonPatchError)) throw error;
      if (error.code === 400) throw new StatusError(badRequest(`error decoding patch: ${error.message}`));
      // What does not fit is not told to the client (NewGenericServerResponse without an unexpected response).
      throw new StatusError(
        failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {}),
      );
    }
  };
}

function notAnObject(patch: unknown): string {
  const found = Array.isArray(patch) ? 'array' : typeof patch === 'boolean' ? 'bool' : typeof patch;
  return `json: cannot unmarshal ${found} into Go value of type map[string]interface {}`;
}

function readStrategicPatch(patch: unknown): Patch {
  if (!isJsonObject(patch)) {
    throw new StatusError(badRequest(notAnObject(patch)));
  }
  return (object) => {
    try {
      return strategicPatch(object, patch);
    } catch (error) {
      if (error instanceof StrategicPatchError) throw new StatusError(strategicStatus(error.message));
      throw error;
    }
  };
}

/** What the patch library has no error of its own for is an error nobody has named. */
function strategicStatus(message: string): Status {
  return /^(?:invalid patch format of|invalid JSON document|strategic merge patch format is)/.test(message)
    ? badRequest(message)
    : unnamedError(message);
}

/** What strict decoding finds in the patch itself: fields that come twice, and in operations those that mean nothing. */
export function strictProblems({ request }: RequestContext): string[] {
  if (request.body === undefined) return [];
  const text = decodeText(request.body);
  const doubled = duplicateFields(text);
  if (!request.headers['content-type']?.startsWith(JSON_PATCH)) return doubled;
  const unknown = (JSON.parse(text) as object[]).flatMap((operation, index) =>
    Object.keys(operation ?? {})
      .filter((name) => !OPERATION_FIELDS.has(name))
      .map((name) => `unknown field "[${index}].${name}"`),
  );
  return [...doubled, ...unknown].map((problem) => `json patch ${problem}`);
}

function bodyOf(context: RequestContext): unknown {
  const { object, body } = context.request;
  if (object !== undefined) return object;
  const text = decodeText(limitedBody(body));
  try {
    return readJson(text);
  } catch (error) {
    const isStrategic = context.request.headers['content-type']?.startsWith(STRATEGIC_PATCH);
    throw new StatusError(badRequest(`${isStrategic ? '' : 'error decoding patch: '}${(error as Error).message}`));
  }
}
