import type { Sys } from '../../kernel/sys.js';
import { Bytes, Dict, Instance, List, type Scope, Tuple, type Value, Vast } from './values.js';

/** What an interpreter holds before it was told to do anything. */
const BASE_BYTES = 9 * 1_048_576;
const STEP = 1 << 20;
const SLOT = 8;
const OBJECT = 49;

/** Counts what a program's values take, and tells the kernel. What nobody can reach any more is given back. */
export class Memory {
  private readonly sys: Sys;
  private readonly roots: () => Iterable<Scope>;
  private live = 0;
  private fresh = 0;

  constructor(sys: Sys, roots: () => Iterable<Scope>) {
    this.sys = sys;
    this.roots = roots;
    sys.holdMemory(BASE_BYTES);
  }

  /** A value was made; it counts from now on, whether it is kept or not. */
  made(value: Value): void {
    this.grow(value instanceof Vast ? value.length : typeof value === 'string' ? value.length : 0);
  }

  /** So many bytes more. */
  grow(bytes: number): void {
    this.fresh += bytes;
    if (this.fresh < Math.max(STEP, this.live / 16)) return;
    this.live = this.reachable();
    const added = bytes;
    this.fresh = 0;
    this.sys.holdMemory(BASE_BYTES + this.live + added);
  }

  private reachable(): number {
    const seen = new Set<object>();
    const left: Value[] = [];
    for (const scope of this.roots()) left.push(...scope.names.values());
    let bytes = 0;
    for (let value = left.pop(); value !== undefined; value = left.pop()) {
      if (typeof value === 'string') bytes += OBJECT + value.length;
      if (typeof value !== 'object' || value === null || seen.has(value)) continue;
      seen.add(value);
      if (value instanceof Vast) bytes += value.length;
      else if (value instanceof Bytes) bytes += OBJECT + value.text.length;
      else if (value instanceof List || value instanceof Tuple) {
        bytes += OBJECT + SLOT * value.items.length;
        for (const item of value.items) left.push(item);
      } else if (value instanceof Dict) for (const pair of value.entries.values()) left.push(...pair);
      else if (value instanceof Instance) left.push(...value.members.values());
    }
    return bytes;
  }
}
