/** The values of an array by index or key, in the order bash lists them. */
export interface Elements<K extends number | string> {
  readonly size: number;
  get(key: K): string | undefined;
  set(key: K, value: string): void;
  delete(key: K): void;
  keys(): K[];
  values(): string[];
}

/** An indexed array; indices may have gaps. */
export class IndexedElements implements Elements<number> {
  private readonly map: Map<number, string>;
  private ordered = true;
  private last = -1;

  constructor(from?: IndexedElements | readonly string[]) {
    if (from instanceof IndexedElements) {
      this.map = new Map(from.map);
      this.ordered = from.ordered;
      this.last = from.last;
    } else {
      this.map = new Map((from ?? []).map((value, index) => [index, value]));
      this.last = this.map.size - 1;
    }
  }

  get size(): number {
    return this.map.size;
  }

  /** One more than the largest index: where `+=( )` goes on, and what negative subscripts count from. */
  get end(): number {
    if (this.map.size === 0) return 0;
    return this.ordered ? this.last + 1 : Math.max(...this.map.keys()) + 1;
  }

  get(key: number): string | undefined {
    return this.map.get(key);
  }

  set(key: number, value: string): void {
    if (!this.map.has(key)) {
      if (key < this.last) this.ordered = false;
      else this.last = key;
    }
    this.map.set(key, value);
  }

  delete(key: number): void {
    this.map.delete(key);
    if (key === this.last) {
      this.sort();
      this.last = [...this.map.keys()].at(-1) ?? -1;
    }
  }

  keys(): number[] {
    this.sort();
    return [...this.map.keys()];
  }

  values(): string[] {
    this.sort();
    return [...this.map.values()];
  }

  private sort(): void {
    if (this.ordered) return;
    const entries = [...this.map].sort(([one], [other]) => one - other);
    this.map.clear();
    for (const [key, value] of entries) this.map.set(key, value);
    this.last = entries.at(-1)?.[0] ?? -1;
    this.ordered = true;
  }
}

/** bash's table starts with so many buckets and grows fourfold when it holds twice as many keys. */
const BUCKETS = 1024;

/** An associative array. It is listed by hash buckets, as bash lists it: the order a learner sees on a real machine. */
export class AssociativeElements implements Elements<string> {
  private readonly map: Map<string, string>;

  constructor(from?: AssociativeElements) {
    this.map = new Map(from?.map);
  }

  get size(): number {
    return this.map.size;
  }

  get(key: string): string | undefined {
    return this.map.get(key);
  }

  set(key: string, value: string): void {
    this.map.set(key, value);
  }

  delete(key: string): void {
    this.map.delete(key);
  }

  keys(): string[] {
    let buckets = BUCKETS;
    while (this.map.size >= buckets * 2) buckets *= 4;
    const keys = [...this.map.keys()].map((key, age) => ({ key, age, bucket: hash(key) & (buckets - 1) }));
    keys.sort((one, other) => one.bucket - other.bucket || other.age - one.age);
    return keys.map(({ key }) => key);
  }

  values(): string[] {
    return this.keys().map((key) => this.map.get(key) as string);
  }
}

/** FNV-1 over the key's bytes. */
function hash(key: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(key, 'utf8')) value = Math.imul(value, 0x01000193) ^ ((byte << 24) >> 24);
  return value >>> 0;
}
