import { goQuote } from '../../api/go-text.js';
import { isJsonObject, type KubeObject } from '../../api/object.js';
import { ProtobufError } from '../../api/protobuf/codec.js';
import { badRequest, requestEntityTooLarge, StatusError, unsupportedMediaType } from '../../api/status.js';
import type { Bytes } from '../../kernel/bytes.js';
import { decodeText } from '../../kernel/bytes.js';
import type { HttpRequest } from '../../kernel/network.js';
import { openProtobuf, readProtobuf, readYaml, speaksProtobuf, yamlComplaints } from '../codecs.js';
import { duplicateFields } from './duplicate-fields.js';
import { readJson } from './json-body.js';
import { bodyEncoding } from './media-type.js';

/** Bytes of one request body at most (MaxRequestBodyBytes). */
const REQUEST_BYTES_MAX = 3 * 1024 * 1024;
const BODY_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];

/** A body as it came. Its top level may be changed; below, it may be its sender's own. */
export interface DecodedBody {
  readonly object: KubeObject;
  /** Fields that came twice in the text, for strict decoding. */
  readonly duplicates: readonly string[];
}

/**
 * Reads the object in a request. `expected` names the kind for messages, and what a protobuf body is that does not say.
 * Throws 400, 413, 415 in the server's words.
 */
export function readBody(request: HttpRequest, expected: string, apiVersion = 'v1', custom = false): DecodedBody {
  if (request.object !== undefined) return { object: { ...(request.object as KubeObject) }, duplicates: [] };
  const encoding = bodyEncoding(request.headers['content-type']);
  if (encoding === undefined || encoding === 'object') throw new StatusError(unsupportedMediaType(BODY_TYPES));
  const body = limitedBody(request.body);
  if (encoding === 'protobuf') return { object: readMessage(body, expected, apiVersion), duplicates: [] };
  const text = decodeText(body);
  const value = readText(text, encoding, expected, body) ?? {};
  if (!isJsonObject(value)) {
    const type =
      'Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
    throw new StatusError(badRequest(unrecognized(expected, versionError(value, type), body)));
  }
  for (const field of ['apiVersion', 'kind'] as const) {
    const given = value[field];
    if (given === undefined || given === null || typeof given === 'string') continue;
    const type = `Go struct field .${field} of type string`;
    throw new StatusError(badRequest(unrecognized(expected, versionError(given, type), body)));
  }
  if (typeof value['apiVersion'] === 'string' && value['apiVersion'].split('/').length > 2) {
    const why = `unexpected GroupVersion string: ${value['apiVersion']}`;
    throw new StatusError(badRequest(unrecognized(expected, why, body)));
  }
  if (custom && !value['kind']) {
    const json = encoding === 'yaml' ? JSON.stringify(value) : text;
    throw new StatusError(badRequest(unrecognized(expected, `Object 'Kind' is missing in '${json}'`, body)));
  }
  const duplicates = encoding === 'json' ? duplicateFields(text) : yamlComplaints(text);
  return { object: value as unknown as KubeObject, duplicates };
}

/** The bytes of a body. Throws 413 for too many. */
export function limitedBody(body: Bytes = new Uint8Array()): Bytes {
  if (body.length <= REQUEST_BYTES_MAX) return body;
  throw new StatusError(requestEntityTooLarge(`limit is ${REQUEST_BYTES_MAX}`));
}

/** A body as data. Throws 400 in the words of Go's decoder, or of its YAML library. */
function readText(text: string, encoding: 'json' | 'yaml', expected: string, body: Bytes): unknown {
  try {
    return encoding === 'yaml' ? readYaml(text) : readJson(text);
  } catch (error) {
    const { message } = error as Error;
    const why = encoding === 'yaml' ? message : `couldn't get version/kind; json parse error: ${message}`;
    throw new StatusError(badRequest(unrecognized(expected, why, body)));
  }
}

/** A protobuf body. The kind it names is looked at by whoever asked for the body. Throws 400. */
function readMessage(body: Bytes, expected: string, expectedVersion: string): KubeObject {
  const { kind, apiVersion, message } = orRefuse(
    () => openProtobuf(body),
    (why) => unrecognized(expected, why, body),
  );
  const envelope = { kind: kind || expected, apiVersion: apiVersion || expectedVersion, message };
  // A kind that nobody knows is refused by its name.
  if (!speaksProtobuf(envelope)) {
    return { apiVersion: envelope.apiVersion, kind: envelope.kind, metadata: {} } as KubeObject;
  }
  const what = `${envelope.kind} in version ${goQuote(envelope.apiVersion.split('/').at(-1) ?? '')}`;
  return orRefuse(
    () => readProtobuf(envelope) as unknown as KubeObject,
    (why) => `${what} cannot be handled as a ${expected}: ${why}`,
  );
}

/** What a reader gives, or a refusal in the words that are made of its complaint. */
function orRefuse<T>(read: () => T, words: (why: string) => string): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProtobufError)) throw error;
    throw new StatusError(badRequest(words(error.message)));
  }
}

function unrecognized(expected: string, why: string, body: Bytes): string {
  return `the object provided is unrecognized (must be of type ${expected}): ${why} (${summarize(body)})`;
}

/** The first bytes of a body: as text when it is JSON, else in hexadecimal. */
function summarize(body: Bytes): string {
  if (body.length === 0) return '<empty>';
  const text = decodeText(body.subarray(0, 30));
  const more = body.length > 30 ? ' ...' : '';
  if (text.startsWith('{')) return `${text}${more}`;
  return `${Buffer.from(body.subarray(0, 30)).toString('hex')}${more}`;
}

/** What Go's decoder says of a value that is not what the head of an object wants. */
function versionError(value: unknown, type: string): string {
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `couldn't get version/kind; json parse error: json: cannot unmarshal ${found} into ${type}`;
}
