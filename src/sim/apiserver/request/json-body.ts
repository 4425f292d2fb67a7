import { JsonSyntax } from '../../api/yaml/json-syntax.js';

/** Values nest so deep at most, as in Go's decoder. */
const DEPTH_MAX = 10_000;

/** A text that is no JSON; the message is the complaint of Go's decoder. */
class JsonBodyError extends Error {}

/** Reads JSON that came from a client. Throws JsonBodyError. */
export function readJson(text: string): unknown {
  if (text.length > DEPTH_MAX && isTooDeep(text)) throw new JsonBodyError("invalid character '[' exceeded max depth");
  try {
    return wellFormed(text, JSON.parse(text));
  } catch {
    throw new JsonBodyError(goSyntaxError(text));
  }
}

/** What Go's decoder says of a text that is no JSON. */
export function goSyntaxError(text: string): string {
  const syntax = new JsonSyntax(text, 0);
  const problem = syntax.value() ?? syntax.end();
  if (problem === undefined || syntax.at >= text.length) return 'unexpected end of JSON input';
  return problem;
}

/** Half a surrogate is replaced, as Go does. */
function wellFormed(text: string, value: unknown): unknown {
  if (!/\\u[dD][89a-fA-F]/.test(text)) return value;
  return JSON.parse(text, (_, inner: unknown) =>
    typeof inner === 'string' ? Buffer.from(inner, 'utf8').toString('utf8') : inner,
  );
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    if (depth > DEPTH_MAX) return true;
  }
  return false;
}
