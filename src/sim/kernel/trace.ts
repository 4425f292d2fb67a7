/**
 * A running hash of what happened (64 bits as two FNV-like lanes): terminal output, store writes, process exits.
 * Two runs of the same world, seed and journal have equal hashes at equal instants.
 */
export class Trace {
  private low = 0x811c9dc5;
  private high = 0x01000193;
  private entries = 0;

  /** Adds one thing that happened: an instant, a kind, and what tells it apart. */
  record(at: number, kind: string, detail: string): void {
    this.entries += 1;
    this.mix(`${at} ${kind} `);
    this.mix(detail);
  }

  /** Sixteen hexadecimal digits and the number of entries. */
  digest(): string {
    const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
    return `${hex(this.high)}${hex(this.low)}-${this.entries}`;
  }

  private mix(text: string): void {
    let { low, high } = this;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ (code + (low >>> 24)), 0x85ebca6b);
    }
    this.low = low;
    this.high = high;
  }
}
