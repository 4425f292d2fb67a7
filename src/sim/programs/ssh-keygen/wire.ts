/** A string of SSH's messages (RFC 4251, 5): its length in four bytes, then itself. */
export function sshString(value: Uint8Array | string): Buffer {
  const bytes = Buffer.from(value as Uint8Array);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A positive whole number (RFC 4251, mpint) from its bytes: none to spare, and a zero before a set highest bit. */
export function sshNumber(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const rest = first === -1 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(first));
  return sshString((rest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), rest]) : rest);
}
