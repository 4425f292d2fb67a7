import type { JsonObject } from '../api/object.js';
import {
  type Envelope,
  encodeProtobuf,
  encodeWatchFrame,
  hasProtobuf,
  openEnvelope,
  readEnvelope,
} from '../api/protobuf/codec.js';
import { YamlTypeError } from '../api/yaml/errors.js';
import { printYaml } from '../api/yaml/print.js';
import { readYaml as readYamlText } from '../api/yaml/read.js';
import type { Bytes } from '../kernel/bytes.js';

interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Reads a YAML body. Throws on what is none. */
export function readYaml(text: string): unknown {
  return readYamlText(text);
}

/** What strict reading says of a YAML body that can be read: one complaint, with the lines of all keys that come twice. */
export function yamlComplaints(text: string): readonly string[] {
  try {
    readYamlText(text, { strict: true });
    return [];
  } catch (error) {
    if (error instanceof YamlTypeError) return [error.message];
    throw error;
  }
}

/** Writes an object as YAML. */
export function writeYaml(object: object): string {
  return printYaml(object);
}

/** Whether an object has a protobuf form: built-in kinds have, custom resources, tables and discovery have not. */
export function speaksProtobuf(object: object): boolean {
  const { apiVersion, kind } = object as Partial<Typed>;
  // What discovery says of the core has no apiVersion, and is of the machinery's.
  return kind !== undefined && kind !== 'Table' && hasProtobuf(apiVersion ?? 'v1', kind);
}

/** Opens the `k8s` envelope of a protobuf body. Throws ProtobufError. */
export function openProtobuf(bytes: Bytes): Envelope {
  return openEnvelope(bytes);
}

/** Reads what is in an envelope. Throws ProtobufError. */
export function readProtobuf(envelope: Envelope): JsonObject {
  return readEnvelope(envelope);
}

/** Writes an object as protobuf with the `k8s` envelope. */
export function writeProtobuf(object: object): Bytes {
  return encodeProtobuf(object as Typed);
}

/** Frames one watch event for a protobuf stream: a length of four bytes, then the event. */
export function frameWatchEvent(type: string, object: object): Bytes {
  return encodeWatchFrame(type, object as Typed);
}
