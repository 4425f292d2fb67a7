import { isJsonObject, type KubeObject } from '../../api/object.js';
import { ProtobufError } from '../../api/protobuf/codec.js';
import { internalError, StatusError } from '../../api/status.js';
import { type Bytes, decodeText, encodeText } from '../../kernel/bytes.js';
import { openProtobuf, readProtobuf, speaksProtobuf, writeProtobuf } from '../codecs.js';

/** A value in etcd that cannot be read; where an object stands in etcd that nobody can read, this stands in its place. */
export class UnreadableError extends StatusError {
  /** What is wrong with the value, without its key. */
  readonly why: string;
  readonly key: string;

  constructor(key: string, why: string) {
    super(internalError(why));
    this.key = key;
    this.why = why;
  }

  /** The same as those say it who read many values at once. */
  get named(): string {
    return `unable to transform key ${JSON.stringify(this.key)}: ${this.why}`;
  }
}

/**
 * Kinds of servers that the API server carries within itself, which keep theirs as JSON, as custom resources are kept:
 * definitions and API services.
 */
const JSON_GROUPS = /^api(?:extensions|registration)\.k8s\.io\//;

/** The bytes of an object as they lie in etcd: protobuf for built-in kinds, JSON for all others. */
export function storedBytes(object: object): Bytes {
  const { apiVersion = '', metadata = {} } = object as Partial<KubeObject>;
  // The revision is that of the key; it is not kept a second time.
  const { resourceVersion: _, ...kept } = metadata;
  const stored = { ...object, metadata: kept };
  if (!JSON_GROUPS.test(apiVersion) && speaksProtobuf(object)) return writeProtobuf(stored);
  return encodeText(`${JSON.stringify(stored)}\n`);
}

/** The object that bytes hold. Throws UnreadableError, without a key, when they hold none. */
export function objectIn(bytes: Bytes): KubeObject {
  const value = parsed(bytes);
  if (isJsonObject(value) && isJsonObject(value['metadata'])) return value as KubeObject;
  throw new UnreadableError('', 'json parse error');
}

function parsed(bytes: Bytes): unknown {
  const [k, eight, s, zero] = bytes;
  if (k === 0x6b && eight === 0x38 && s === 0x73 && zero === 0) {
    return ofProtobuf(bytes);
  }
  try {
    return JSON.parse(decodeText(bytes));
  } catch {
    return undefined;
  }
}

function ofProtobuf(bytes: Bytes): unknown {
  try {
    return readProtobuf(openProtobuf(bytes));
  } catch (error) {
    if (error instanceof ProtobufError) return undefined;
    throw error;
  }
}
