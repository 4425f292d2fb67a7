const ITEM_OVERHEAD = 48;
const UINT64 = 1n << 64n;

/** What lies under a key. Values hold one character for each byte. */
export interface Item {
  readonly key: string;
  readonly value: string;
  readonly flags: number;
  /** Second of the epoch from which it is gone; 0: never. */
  readonly ends: number;
  /** The number of the change that made it. */
  readonly change: number;
}

/** How many bytes an item takes. */
function sizeOf({ key, value }: Item): number {
  return ITEM_OVERHEAD + 1 + key.length + 1 + value.length + 2;
}

/** All items: the one that was touched longest ago first. */
export class Items {
  bytes = 0;
  evictions = 0;
  total = 0;
  private readonly kept = new Map<string, Item>();
  private changes = 0;
  private readonly most: number;
  private readonly evicts: boolean;

  /** `most` bytes are kept; when there is no room, the oldest go (`evicts`) or nothing new is taken. */
  constructor(most: number, evicts: boolean) {
    this.most = most;
    this.evicts = evicts;
  }

  get count(): number {
    return this.kept.size;
  }

  /** What lies under a key at a second of the epoch. */
  get(key: string, now: number): Item | undefined {
    const item = this.kept.get(key);
    if (!item) return undefined;
    if (item.ends !== 0 && item.ends <= now) {
      this.remove(key);
      return undefined;
    }
    this.kept.delete(key);
    this.kept.set(key, item);
    return item;
  }

  /** Puts an item, numbered anew. False when there is no room for it. */
  put(item: Omit<Item, 'change'>): boolean {
    this.remove(item.key);
    this.changes += 1;
    const made: Item = { ...item, change: this.changes };
    const size = sizeOf(made);
    while (this.bytes + size > this.most) {
      const [oldest] = this.kept.keys();
      if (!this.evicts || oldest === undefined) return false;
      this.remove(oldest);
      this.evictions += 1;
    }
    this.kept.set(item.key, made);
    this.bytes += size;
    return true;
  }

  /** Gives an item another end, which is no change of it. */
  touch(item: Item, ends: number): void {
    this.kept.set(item.key, { ...item, ends });
  }

  /** Whether there was something to remove. */
  remove(key: string): boolean {
    const item = this.kept.get(key);
    if (!item) return false;
    this.bytes -= sizeOf(item);
    return this.kept.delete(key);
  }

  clear(): void {
    this.kept.clear();
    this.bytes = 0;
  }
}

/** A value that is a number, counted up or down; undefined when it is none. It stays as wide as it was. */
export function counted(value: string, delta: bigint): { readonly said: string; readonly value: string } | undefined {
  if (!/^\d{1,20} *$/.test(value)) return undefined;
  const sum = BigInt(value.trim()) + delta;
  // Up goes around at 64 bits, down ends at nothing.
  const said = String(delta < 0n && sum < 0n ? 0n : sum % UINT64);
  return { said, value: said.padEnd(value.length) };
}
