import { withSpellings } from '../../api/number-spelling.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { setField } from '../../api/set-field.js';
import { JsonSyntax } from '../../api/yaml/json-syntax.js';

/** Values nest so deep at most, as in Go's decoder. */
const DEPTH_MAX = 10_000;

/** A text that is no JSON; the message is the complaint of Go's decoder. */
class JsonBodyError extends Error {}

/** Reads JSON that came from a client. Throws JsonBodyError. */
export function readJson(text: string): unknown {
  const deep = text.length > DEPTH_MAX ? tooDeep(text) : undefined;
  if (deep !== undefined) throw new JsonBodyError(`invalid character '${deep}' exceeded max depth`);
  try {
    return wellFormed(text, withSpellings(text, JSON.parse(text)));
  } catch {
    throw new JsonBodyError(goSyntaxError(text));
  }
}

/** What Go's decoder says of a text that is no JSON. */
function goSyntaxError(text: string): string {
  const syntax = new JsonSyntax(text, 0);
  const problem = syntax.value() ?? syntax.end();
  if (problem === undefined || syntax.at >= text.length) return 'unexpected end of JSON input';
  return problem;
}

/** Half a surrogate is replaced, as Go does. */
function wellFormed(text: string, value: unknown): unknown {
  if (!/\\u[dD][89a-fA-F]/.test(text)) return value;
  return mended(value);
}

function mended(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('utf8');
  if (Array.isArray(value)) return value.map(mended);
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) setField(copy, mended(key) as string, mended(value[key]));
  return copy;
}

/** The bracket that goes too deep. */
function tooDeep(text: string): string | undefined {
  let depth = 0;
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    if (depth > DEPTH_MAX) return sign;
  }
  return undefined;
}
