import { printYaml } from '../api/yaml/print.js';
import { readYaml as readYamlText } from '../api/yaml/read.js';
import type { Bytes } from '../kernel/bytes.js';

/** Reads a YAML body. Throws on what is none. */
export function readYaml(text: string): unknown {
  return readYamlText(text);
}

/** Writes an object as YAML. */
export function writeYaml(object: object): string {
  return printYaml(object);
}

/** Whether protobuf can be read and written; until then clients are told that it is not spoken here. */
export const PROTOBUF_SERVED: boolean = false;

/** Reads a protobuf body with the `k8s` envelope. */
export function readProtobuf(_bytes: Bytes): unknown {
  throw new Error('protobuf is not here yet');
}

/** Writes an object as protobuf with the `k8s` envelope. */
export function writeProtobuf(_object: object): Bytes {
  throw new Error('protobuf is not here yet');
}

/** Frames one watch event for a protobuf stream: a length of four bytes, then the event. */
export function frameWatchEvent(_type: string, _object: object): Bytes {
  throw new Error('protobuf is not here yet');
}
