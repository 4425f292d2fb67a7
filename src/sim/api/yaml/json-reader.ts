import type { JsonValue } from '../../api/object.js';
import { JsonSyntax } from './json-syntax.js';

/** A JSON text that cannot be read, in the words of Go's decoder; `offset` counts bytes up to the culprit. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** The first JSON value of a text from `start` on, where it ends, and the text it was read from. */
export interface JsonChunk {
  readonly value: JsonValue;
  readonly raw: string;
  readonly end: number;
}

/**
 * Reads one value of a stream of them, or answers undefined when only white space is left.
 * Throws JsonError; a text that ends too early is `unexpected EOF`, as Go's stream decoder says.
 */
export function readJsonChunk(text: string, start: number): JsonChunk | undefined {
  const syntax = new JsonSyntax(text, start);
  const begin = syntax.skipSpace();
  if (begin >= text.length) return undefined;
  const problem = syntax.value();
  if (problem !== undefined) {
    const offset = Buffer.byteLength(text.slice(0, syntax.at), 'utf8') + 1;
    throw new JsonError(syntax.at >= text.length ? 'unexpected EOF' : problem, offset);
  }
  const raw = text.slice(begin, syntax.at);
  return { value: JSON.parse(raw) as JsonValue, raw, end: syntax.at };
}

/**
 * Reads a text that must be one JSON value, as Go's json.Unmarshal does. Throws JsonError, for instance
 * `invalid character '}' looking for beginning of object key string` or `unexpected end of JSON input`.
 */
export function readJson(text: string): JsonValue {
  const syntax = new JsonSyntax(text, 0);
  const problem = syntax.value() ?? syntax.end();
  if (problem === undefined) return JSON.parse(text) as JsonValue;
  const offset = Buffer.byteLength(text.slice(0, syntax.at), 'utf8');
  if (syntax.at >= text.length) throw new JsonError('unexpected end of JSON input', offset);
  throw new JsonError(problem, offset + 1);
}
