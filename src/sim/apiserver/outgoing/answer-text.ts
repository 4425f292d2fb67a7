import { isJsonObject, type JsonObject, type JsonValue } from '../../api/object.js';
import { JsonError, readJson } from '../../api/yaml/json-reader.js';
import { readYaml } from '../../api/yaml/read.js';

/** Reads an answer's text as the REST client's decoder does: what does not begin as JSON is taken for YAML. Throws `Error`. */
export function readAnswerText(text: string): JsonObject {
  let value: JsonValue;
  try {
    value = text.trimStart().startsWith('{') ? readJson(text) : readYaml(text);
  } catch (error) {
    if (error instanceof JsonError) throw notRead(error.message);
    throw error;
  }
  if (isJsonObject(value)) return value;
  if (value === null) return {};
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  throw notRead(
    `json: cannot unmarshal ${kind} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
  );
}

function notRead(why: string): Error {
  return new Error(`couldn't get version/kind; json parse error: ${why}`);
}
