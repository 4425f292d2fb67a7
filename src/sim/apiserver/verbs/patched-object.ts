import { invalid } from '../../api/field-error.js';
import { isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import { invalidObject, StatusError } from '../../api/status.js';
import type { RequestContext } from '../request/context.js';
import type { WriteParameters } from '../request/options.js';
import { orderMetadata } from '../respond/write-object.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { acceptObject } from './decode.js';

/**
 * The object that a patch made, as the kind's types hold it. What they do not hold is told with the whole object. Throws
 * 400 and 422.
 */
export function acceptPatched(
  context: RequestContext,
  kind: ServedKind,
  patched: KubeObject,
  parameters: WriteParameters,
  duplicates: readonly string[] = [],
): KubeObject {
  try {
    return acceptObject(context, kind, { object: { ...patched }, duplicates }, parameters);
  } catch (error) {
    if (!(error instanceof StatusError) || !isDocument(context)) throw error;
    const why = /^\S+ in version "\S+" cannot be handled as a \S+: (json: .*|strict decoding error: .*|.*)$/s.exec(
      error.message,
    )?.[1];
    if (why === undefined || patched.kind !== kind.kind || patched.apiVersion !== apiVersionOf(kind)) throw error;
    const errors = [invalid('patch', goText(patched as unknown as JsonObject), why)];
    throw new StatusError(invalidObject('', '', '', errors));
  }
}

/** Whether the patch made JSON text, as JSON and merge patches do; strategic ones work on values. */
function isDocument({ request }: RequestContext): boolean {
  return !(request.headers['content-type'] ?? '').includes('strategic');
}

/** As the patch library writes it: names on top sorted. */
function goText(object: JsonObject): string {
  const sorted = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  const given = object['metadata'] ?? {};
  const metadata = isJsonObject(given) ? orderMetadata(given) : given;
  return JSON.stringify({ ...Object.fromEntries(sorted), metadata });
}
