import { compareText } from '../../api/go-text.js';

interface Port {
  readonly name?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly appProtocol?: string;
}

const FNV_OFFSET = 0x6c62272e07bb014262b821756295c58dn;
const FNV_PRIME = 0x0000000001000000000000000000013bn;

/** Ports of Endpoints in the order they are stored in, which is that of their hashes (endpoints.portsByHash). */
export function inPortOrder<P extends Port>(ports: readonly P[]): P[] {
  if (ports.length < 2) return [...ports];
  const hashed = ports.map((port) => ({ port, hash: hashOf(port) }));
  return hashed.sort((a, b) => compareText(a.hash, b.hash)).map(({ port }) => port);
}

/** FNV-1a of 128 bits over how Go prints the port. */
function hashOf({ name = '', port = 0, protocol = '', appProtocol }: Port): string {
  const text = `(v1.EndpointPort){Name:(string)${name} Port:(int32)${port} Protocol:(v1.Protocol)${protocol} AppProtocol:(*string)${appProtocol ?? '<nil>'}}`;
  let hash = FNV_OFFSET;
  for (const byte of Buffer.from(text, 'utf8')) hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * FNV_PRIME);
  return hash.toString(16).padStart(32, '0');
}
