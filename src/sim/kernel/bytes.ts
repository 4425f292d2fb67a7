/** What files, pipes and terminals carry. */
export type Bytes = Uint8Array;

export const NO_BYTES: Bytes = new Uint8Array(0);

/** Encodes text as UTF-8. */
export function encodeText(text: string): Bytes {
  return Buffer.from(text, 'utf8');
}

/** Decodes UTF-8; malformed bytes become U+FFFD. */
export function decodeText(bytes: Bytes): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** Joins chunks into one; a single chunk is returned as it is. */
export function concatBytes(chunks: readonly Bytes[]): Bytes {
  return chunks.length === 1 ? (chunks[0] as Bytes) : Buffer.concat(chunks);
}
