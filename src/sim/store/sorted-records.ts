/** Records of one block; one that is full is split. */
const BLOCK_RECORDS_MAX = 512;

/** Neighbours in the order of keys, and how many of them are alive. */
interface Block<T> {
  records: T[];
  live: number;
}

/**
 * Records in the byte order of their keys, in blocks: adding one moves a block's records, not all that come after it, and
 * counting the living ones of a range looks into two blocks at most.
 */
export class SortedRecords<T extends { readonly key: string }> {
  private readonly isLive: (record: T) => boolean;
  /** Never empty; of its blocks only the first may be. */
  private readonly blocks: Block<T>[] = [{ records: [], live: 0 }];

  constructor(isLive: (record: T) => boolean) {
    this.isLive = isLive;
  }

  /** Adds a record whose key no other has. */
  add(record: T): void {
    const index = this.blockOf(record.key);
    const block = this.block(index);
    block.records.splice(position(block, record.key), 0, record);
    if (this.isLive(record)) block.live += 1;
    if (block.records.length > BLOCK_RECORDS_MAX) this.split(index);
  }

  /** Takes out the record of a key, which is not alive. */
  remove(key: string): void {
    const index = this.blockOf(key);
    const block = this.block(index);
    block.records.splice(position(block, key), 1);
    if (block.records.length === 0 && this.blocks.length > 1) this.blocks.splice(index, 1);
  }

  /** Takes note that the record of a key came to life (1) or is not alive any more (-1). */
  noteLive(key: string, change: number): void {
    this.block(this.blockOf(key)).live += change;
  }

  /** Visits the records from `start` up to, not including, `end` (undefined: to the last), while `visitor` says so. */
  visit(start: string, end: string | undefined, visitor: (record: T) => boolean): void {
    let index = this.blockOf(start);
    let at = position(this.block(index), start);
    for (; index < this.blocks.length; index += 1) {
      const { records } = this.block(index);
      for (; at < records.length; at += 1) {
        const record = records[at] as T;
        if ((end !== undefined && record.key >= end) || !visitor(record)) return;
      }
      at = 0;
    }
  }

  /** How many records from `start` up to, not including, `end` are alive. */
  countLive(start: string, end: string | undefined): number {
    return Math.max(0, this.liveBefore(end) - this.liveBefore(start));
  }

  private liveBefore(key: string | undefined): number {
    const index = key === undefined ? this.blocks.length : this.blockOf(key);
    let live = 0;
    for (let before = 0; before < index; before += 1) live += this.block(before).live;
    if (key === undefined) return live;
    const block = this.block(index);
    const end = position(block, key);
    for (let at = 0; at < end; at += 1) if (this.isLive(block.records[at] as T)) live += 1;
    return live;
  }

  private split(index: number): void {
    const block = this.block(index);
    const records = block.records.splice(BLOCK_RECORDS_MAX >>> 1);
    const live = records.filter(this.isLive).length;
    block.live -= live;
    this.blocks.splice(index + 1, 0, { records, live });
  }

  /** The index of the last block whose first key is not behind a key. */
  private blockOf(key: string): number {
    let low = 1;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.block(middle).records[0] as T).key <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  private block(index: number): Block<T> {
    return this.blocks[index] as Block<T>;
  }
}

/** Where a key stands in a block, or would. */
function position<T extends { readonly key: string }>({ records }: Block<T>, key: string): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle] as T).key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
