/** As much as a terminal's line takes while nobody reads. */
const BYTES_MAX = 4096;

/** What is typed for a terminal that is not there yet. */
export class TypeAhead {
  private chunks: Uint8Array[] = [];
  private size = 0;

  /** Keeps bytes; what is beyond the limit is lost, as on a terminal. */
  push(bytes: Uint8Array): void {
    const taken = bytes.subarray(0, BYTES_MAX - this.size);
    this.size += taken.length;
    this.chunks.push(taken);
  }

  /** Gives all of it, once. */
  take(): Uint8Array {
    const bytes = Buffer.concat(this.chunks);
    this.chunks = [];
    this.size = 0;
    return bytes;
  }
}
