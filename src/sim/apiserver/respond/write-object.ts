import { isJsonObject, type JsonObject } from '../../api/object.js';
import { type Bytes, encodeText } from '../../kernel/bytes.js';
import type { HttpResponse } from '../../kernel/network.js';
import { speaksProtobuf, writeProtobuf, writeYaml } from '../codecs.js';
import { contentType, type Encoding } from '../request/media-type.js';

// biome-ignore format: a table
const METADATA_ORDER = [
  'name', 'generateName', 'namespace', 'selfLink', 'uid', 'resourceVersion', 'generation', 'creationTimestamp',
  'deletionTimestamp', 'deletionGracePeriodSeconds', 'labels', 'annotations', 'ownerReferences', 'finalizers',
  'managedFields',
] as const;

/** Lists whose items say what they are. */
const KEEP_KINDS = new Set(['APIGroupDiscoveryList', 'List', 'PartialObjectMetadataList']);

/** The bytes of an object in an encoding. Lists of typed objects leave out what the list's kind says already. */
export function encodeObject(object: object, encoding: Encoding, pretty = false): Bytes {
  const ordered = inWireOrder(object as JsonObject);
  if (encoding === 'yaml') return encodeText(writeYaml(ordered));
  if (encoding === 'protobuf') return writeProtobuf(object);
  return encodeText(pretty ? `${JSON.stringify(ordered, null, 2)}\n` : `${JSON.stringify(ordered)}\n`);
}

/** A response with one object. What has no protobuf form is written as JSON, as its content type says. */
export function objectResponse(code: number, object: object, accepted: Encoding, pretty = false): HttpResponse {
  const encoding = accepted === 'protobuf' && !speaksProtobuf(object) ? 'json' : accepted;
  const headers = { 'content-type': contentType(encoding), 'cache-control': 'no-cache, private' };
  if (encoding === 'object') return { status: code, headers, object };
  return { status: code, headers, body: encodeObject(object, encoding, pretty) };
}

/** An object with its fields in the order Go's structs have. */
export function inWireOrder(object: JsonObject): JsonObject {
  const { kind, apiVersion, metadata, ...rest } = object;
  const ordered: JsonObject = { kind, apiVersion };
  if (metadata !== undefined) ordered['metadata'] = isJsonObject(metadata) ? orderMetadata(metadata) : metadata;
  const items = rest['items'];
  if (Array.isArray(items) && typeof kind === 'string' && kind.endsWith('List') && !KEEP_KINDS.has(kind)) {
    const isTyped = speaksProtobuf(object);
    rest['items'] = items.map((item) => (!isJsonObject(item) ? item : isTyped ? withoutKind(item) : inWireOrder(item)));
    // Lists that Go has no type for always say where they go on.
    if (!isTyped && isJsonObject(metadata)) ordered['metadata'] = { continue: '', ...metadata };
  }
  return Object.assign(ordered, rest);
}

function withoutKind(item: JsonObject): JsonObject {
  const { kind: _kind, apiVersion: _apiVersion, metadata, ...rest } = item;
  return metadata === undefined
    ? rest
    : { metadata: isJsonObject(metadata) ? orderMetadata(metadata) : metadata, ...rest };
}

/** Metadata with its fields in the order Go's struct has. */
function orderMetadata(metadata: JsonObject): JsonObject {
  const ordered: JsonObject = {};
  for (const key of METADATA_ORDER) if (metadata[key] !== undefined) ordered[key] = metadata[key];
  for (const key of Object.keys(metadata)) if (!(key in ordered)) ordered[key] = metadata[key];
  return ordered;
}
