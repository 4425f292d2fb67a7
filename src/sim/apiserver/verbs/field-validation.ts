import type { CustomDecoded } from '../../api/custom/facts.js';
import { type Decoded, decodeKind } from '../../api/decode.js';
import { deepCopy, type JsonObject, type KubeObject } from '../../api/object.js';
import { badRequest, StatusError } from '../../api/status.js';
import type { DecodedBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import type { ServedKind } from '../served-kind.js';

/**
 * The object as the kind's Go types hold it, made anew. Unknown and doubled fields are dropped in silence, warned of, or refused;
 * values of the wrong type are refused always. Throws 400 in the server's words.
 */
export function decodeFields(
  context: RequestContext,
  kind: ServedKind,
  { object, duplicates }: DecodedBody,
  mode: 'Ignore' | 'Warn' | 'Strict',
): KubeObject {
  const decoded = kind.custom
    ? decodedCustom(kind.custom.decode(object as unknown as JsonObject))
    : decodeKind(object.apiVersion, object.kind, object);
  if (!decoded) return deepCopy(object);
  const refuse = (why: string) => {
    const version = object.apiVersion.split('/').at(-1);
    return new StatusError(
      badRequest(`${object.kind} in version "${version}" cannot be handled as a ${object.kind}: ${why}`),
    );
  };
  if (decoded.typeError) throw refuse(decoded.typeError);
  const problems = [...duplicates, ...decoded.unknown];
  if (problems.length > 0 && mode === 'Strict') throw refuse(`strict decoding error: ${problems.join(', ')}`);
  if (mode === 'Warn') for (const problem of problems.flatMap(warningsOf)) context.warnings.add(problem);
  return decoded.object as unknown as KubeObject;
}

function decodedCustom({ object, unknown, error }: CustomDecoded): Decoded {
  const plain = object as unknown as JsonObject;
  return error === undefined ? { object: plain, unknown } : { object: plain, unknown, typeError: error };
}

/** The YAML library lists what it finds in one complaint; each of them is a warning of its own. */
function warningsOf(problem: string): string[] {
  const [, list] = /^yaml: unmarshal errors:\n(.*)$/s.exec(problem) ?? [];
  return list === undefined ? [problem] : list.split('\n').map((line) => line.trim());
}
