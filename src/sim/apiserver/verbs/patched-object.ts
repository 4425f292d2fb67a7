import { decodeKind } from '../../api/decode.js';
import { invalid } from '../../api/field-error.js';
import type { KubeObject } from '../../api/object.js';
import { restoreError } from '../../api/restore.js';
import { invalidObject, StatusError } from '../../api/status.js';
import { decodeText } from '../../kernel/bytes.js';
import type { RequestContext } from '../request/context.js';
import { readJson } from '../request/json-body.js';
import type { WriteParameters } from '../request/options.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { acceptObject } from './decode.js';
import { patchedText, strategicText } from './patched-text.js';

/** An object before a patch and after it. */
interface Patched {
  readonly before: KubeObject;
  readonly after: KubeObject;
}

/**
 * The object that a patch made, as the kind's types hold it. What they do not hold is told with the whole object, or with the
 * patch when it is a strategic one. Throws 400 and 422.
 */
export function acceptPatched(
  context: RequestContext,
  kind: ServedKind,
  { before, after }: Patched,
  parameters: WriteParameters,
  duplicates: readonly string[] = [],
): KubeObject {
  const strategic = isStrategic(context);
  const why = strategic ? restoreError(apiVersionOf(kind), kind.kind, after, before) : undefined;
  if (why !== undefined) throw cannotHold(strategicText(patchOf(context)), why);
  try {
    return acceptObject(context, kind, { object: { ...after }, duplicates }, parameters);
  } catch (error) {
    const complaint = error instanceof StatusError ? decoderComplaint(error.message, kind, after) : undefined;
    if (complaint === undefined) throw error;
    throw cannotHold(strategic ? strategicText(patchOf(context)) : patchedText(before, after), complaint);
  }
}

/** What the decoder said; undefined when it was another who refused. It reads an object as the kind that it says it is. */
function decoderComplaint(message: string, kind: ServedKind, after: KubeObject): string | undefined {
  if (after.kind !== kind.kind || after.apiVersion !== apiVersionOf(kind)) {
    return decodeKind(after.apiVersion, after.kind, after)?.typeError;
  }
  return /^\S+ in version "\S+" cannot be handled as a \S+: (.*)$/s.exec(message)?.[1];
}

function cannotHold(what: string, why: string): StatusError {
  return new StatusError(invalidObject('', '', '', [invalid('patch', what, why)]));
}

/** Strategic patches work on values; JSON and merge patches make JSON text. */
function isStrategic({ request }: RequestContext): boolean {
  return (request.headers['content-type'] ?? '').includes('strategic');
}

function patchOf({ request }: RequestContext): unknown {
  return request.object ?? readJson(decodeText(request.body ?? new Uint8Array()));
}
