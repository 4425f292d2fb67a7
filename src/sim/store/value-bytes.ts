import { type Bytes, encodeText } from '../kernel/bytes.js';

/** The bytes of an API object as they lie in etcd, for those who read it past the API server. */
export function valueBytes(object: object): Bytes {
  return encodeText(JSON.stringify(object));
}
