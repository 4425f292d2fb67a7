import { isJsonObject, type KubeObject } from '../../api/object.js';
import { badRequest, StatusError, unsupportedMediaType } from '../../api/status.js';
import { decodeText } from '../../kernel/bytes.js';
import { readYaml } from '../codecs.js';
import type { RequestContext } from '../request/context.js';
import type { ServedKind } from '../served-kind.js';

/** The object that a patch makes of one that may be changed. */
export type Patch = (object: KubeObject) => unknown;

const TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

/** Reads the patch in a request. Throws 400, 415 and, when applied, 422 in the server's words. */
export function readPatch(context: RequestContext, _kind: ServedKind): Patch {
  const type = (context.request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (!TYPES.includes(type)) throw new StatusError(unsupportedMediaType(TYPES));
  const body = bodyOf(context, type);
  if (type === 'application/merge-patch+json') return (object) => mergePatch(object, body);
  throw new StatusError(unsupportedMediaType(TYPES));
}

function bodyOf(context: RequestContext, type: string): unknown {
  const { object, body } = context.request;
  if (object !== undefined) return object;
  const text = decodeText(body ?? new Uint8Array());
  try {
    return type.endsWith('+yaml') ? readYaml(text) : JSON.parse(text);
  } catch (error) {
    throw new StatusError(
      badRequest(`error decoding patch: ${error instanceof Error ? error.message : String(error)}`),
    );
  }
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch;
  const result: Record<string, unknown> = isJsonObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}
