/** Bytes waiting to be taken in slices of bounded size. */
export class ByteQueue {
  private chunks: Uint8Array[] = [];
  private first = 0;
  /** How many bytes wait. */
  size = 0;

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.chunks.push(bytes);
    this.size += bytes.length;
  }

  /** Takes up to `limit` bytes from the front. */
  take(limit: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let left = limit;
    while (left > 0 && this.first < this.chunks.length) {
      const chunk = this.chunks[this.first] as Uint8Array;
      if (chunk.length <= left) {
        parts.push(chunk);
        this.first += 1;
        left -= chunk.length;
      } else {
        parts.push(chunk.subarray(0, left));
        this.chunks[this.first] = chunk.subarray(left);
        left = 0;
      }
    }
    this.size -= limit - left;
    if (this.first > 1000 || this.size === 0) {
      this.chunks = this.chunks.slice(this.first);
      this.first = 0;
    }
    return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
  }
}
