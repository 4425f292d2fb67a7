/** Equal parts of an address range, handed out in turn (nodeipam cidrset). */
export class CidrSet {
  private readonly base: bigint;
  private readonly bits: number;
  private readonly count: number;
  private readonly maskSize: number;
  private readonly used = new Set<number>();
  private next = 0;

  /** `cidr` such as `10.244.0.0/16`, cut into parts of `maskSize`. Throws on a range that cannot be read or cut so. */
  constructor(cidr: string, maskSize: number) {
    const { address, prefix, bits } = parseCidr(cidr);
    if (maskSize < prefix || maskSize > bits)
      throw new RangeError(`New CIDR set failed; the node CIDR size is too big`);
    this.bits = bits;
    this.maskSize = maskSize;
    this.count = 2 ** Math.min(maskSize - prefix, 24);
    this.base = (address >> BigInt(bits - prefix)) << BigInt(bits - prefix);
  }

  /** The next free part; undefined when all are taken. */
  allocate(): string | undefined {
    for (let tried = 0; tried < this.count; tried += 1) {
      const index = (this.next + tried) % this.count;
      if (this.used.has(index)) continue;
      this.used.add(index);
      this.next = (index + 1) % this.count;
      return `${formatAddress(this.base + (BigInt(index) << BigInt(this.bits - this.maskSize)), this.bits)}/${this.maskSize}`;
    }
    return undefined;
  }

  /** Marks every part that a range touches as taken. Ranges from elsewhere are ignored. */
  occupy(cidr: string): void {
    for (const index of this.indexes(cidr)) this.used.add(index);
  }

  release(cidr: string): void {
    for (const index of this.indexes(cidr)) this.used.delete(index);
  }

  private *indexes(cidr: string): Generator<number> {
    const { address, prefix, bits } = parseCidr(cidr);
    if (bits !== this.bits) return;
    const shift = BigInt(this.bits - this.maskSize);
    const first = (address - this.base) >> shift;
    const span = prefix < this.maskSize ? 2 ** Math.min(this.maskSize - prefix, 24) : 1;
    for (let offset = 0; offset < span; offset += 1) {
      const index = Number(first) + offset;
      if (index >= 0 && index < this.count) yield index;
    }
  }
}

/** Reads a range; throws RangeError in Go's words when it is none. */
function parseCidr(cidr: string): { address: bigint; prefix: number; bits: number } {
  const [text = '', length = ''] = cidr.split('/');
  const bits = text.includes(':') ? 128 : 32;
  const address = bits === 32 ? parseIpv4(text) : parseIpv6(text);
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (address === undefined || !(prefix <= bits)) throw new RangeError(`invalid CIDR address: ${cidr}`);
  return { address, prefix, bits };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}

function formatAddress(address: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 65_535n).toString(16),
  );
  const zeros = longestZeros(groups);
  if (zeros.length < 2) return groups.join(':');
  return `${groups.slice(0, zeros.start).join(':')}::${groups.slice(zeros.start + zeros.length).join(':')}`;
}

function longestZeros(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === '0') length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}
