/** Kubernetes' protobuf content type: a magic number, an envelope that names the kind, the object's message inside. */
import type { Bytes } from '../../kernel/bytes.js';
import { decodeType } from '../decode.js';
import { kindType } from '../facts/fact-types.js';
import type { JsonObject } from '../object.js';
import { readMessage, writeMessage } from './message.js';
import { type KnownMessage, MessageWriter, ProtobufError, readFields, text, WIRE } from './wire.js';

export { ProtobufError } from './wire.js';

const MAGIC = Uint8Array.of(0x6b, 0x38, 0x73, 0x00);

const piece = (goName: string) => ({ goName, wires: [WIRE.bytes] });
const ENVELOPE: KnownMessage = {
  name: 'Unknown',
  fields: new Map([
    [1, piece('TypeMeta')],
    [2, piece('Raw')],
    [3, piece('ContentEncoding')],
    [4, piece('ContentType')],
  ]),
};
const TYPE_META: KnownMessage = {
  name: 'TypeMeta',
  fields: new Map([
    [1, piece('APIVersion')],
    [2, piece('Kind')],
  ]),
};

/** Whether bytes begin as this content type does. */
export function isProtobuf(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}

/** Whether objects of a kind can be written at all: built-in ones can, custom resources cannot. */
export function hasProtobuf(apiVersion: string, kind: string): boolean {
  return kindType(apiVersion, kind) !== undefined;
}

/** Writes a built-in object or list. Throws ProtobufError for any other. */
export function encodeProtobuf(object: { readonly apiVersion?: string; readonly kind: string }): Bytes {
  const { apiVersion = '', kind } = object;
  const type = kindType(apiVersion || 'v1', kind);
  if (!type) throw new ProtobufError(`no protobuf for ${apiVersion}, Kind=${kind}`);
  const typeMeta = new MessageWriter();
  typeMeta.bytes(1, apiVersion);
  typeMeta.bytes(2, kind);
  const envelope = new MessageWriter();
  envelope.bytes(1, typeMeta.finish());
  envelope.bytes(2, writeMessage(type, object as unknown as JsonObject));
  envelope.bytes(3, '');
  envelope.bytes(4, '');
  const body = envelope.finish();
  const bytes = new Uint8Array(MAGIC.length + body.length);
  bytes.set(MAGIC);
  bytes.set(body, MAGIC.length);
  return bytes;
}

/** What an envelope says of the message inside. */
export interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly message: Uint8Array;
}

/** Opens an envelope. Throws ProtobufError. */
export function openEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length === 0) throw new ProtobufError('empty data');
  if (!isProtobuf(bytes)) {
    const prefix = [...MAGIC].join(' ');
    throw new ProtobufError(`provided data does not appear to be a protobuf message, expected prefix [${prefix}]`);
  }
  if (bytes.length === MAGIC.length) throw new ProtobufError('empty body');
  let apiVersion = '';
  let kind = '';
  let message: Uint8Array = new Uint8Array();
  for (const field of readFields(bytes.subarray(MAGIC.length), ENVELOPE)) {
    if (field.number === 1) {
      for (const part of readFields(field.bytes, TYPE_META)) {
        if (part.number === 1) apiVersion = text(part);
        else if (part.number === 2) kind = text(part);
      }
    } else if (field.number === 2) message = field.bytes;
  }
  return { apiVersion, kind, message };
}

/** Reads the message in an envelope as JSON would give it. Throws ProtobufError. */
export function readEnvelope({ apiVersion, kind, message }: Envelope): JsonObject {
  const type = kindType(apiVersion, kind);
  if (!type) throw new ProtobufError(`no kind "${kind}" is registered for version "${apiVersion}"`);
  return decodeType(type, { apiVersion, kind, ...readMessage(type, message) }).object;
}

/** Reads an object as JSON would give it. Throws ProtobufError. */
export function decodeProtobuf(bytes: Uint8Array): JsonObject {
  return readEnvelope(openEnvelope(bytes));
}

/** One event of a watch: four bytes of length, then the event with its object in an envelope of its own. */
export function encodeWatchFrame(type: string, object: { readonly apiVersion: string; readonly kind: string }): Bytes {
  const extension = new MessageWriter();
  extension.bytes(1, encodeProtobuf(object));
  const event = new MessageWriter();
  event.bytes(1, type);
  event.bytes(2, extension.finish());
  const body = event.finish();
  const frame = new Uint8Array(4 + body.length);
  new DataView(frame.buffer).setUint32(0, body.length);
  frame.set(body, 4);
  return frame;
}
