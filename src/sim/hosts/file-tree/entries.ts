import { Errno } from '../../kernel/errno.js';
import type { Entries, Inode } from './inode.js';

/** An ordinary directory's names. */
export class PlainEntries implements Entries {
  readonly counted = true;
  private readonly inodes = new Map<string, Inode>();

  get(name: string): Inode | undefined {
    return this.inodes.get(name);
  }

  set(name: string, inode: Inode): void {
    this.inodes.set(name, inode);
  }

  delete(name: string): void {
    this.inodes.delete(name);
  }

  list(): Iterable<readonly [string, Inode]> {
    return this.inodes;
  }

  get empty(): boolean {
    return this.inodes.size === 0;
  }
}

/**
 * A directory over one of a lower layer: names of the lower one are taken up, as inodes of this layer, only when
 * somebody looks at them.
 */
export class LayeredEntries implements Entries {
  readonly counted = true;
  private readonly lower: Entries;
  private readonly raise: (inode: Inode) => Inode;
  private readonly upper = new Map<string, Inode>();
  private readonly removed = new Set<string>();

  constructor(lower: Entries, raise: (inode: Inode) => Inode) {
    this.lower = lower;
    this.raise = raise;
  }

  get(name: string): Inode | undefined {
    const own = this.upper.get(name);
    if (own || this.removed.has(name)) return own;
    const below = this.lower.get(name);
    if (!below) return undefined;
    const raised = this.raise(below);
    this.upper.set(name, raised);
    return raised;
  }

  set(name: string, inode: Inode): void {
    this.upper.set(name, inode);
    this.removed.delete(name);
  }

  delete(name: string): void {
    this.upper.delete(name);
    if (this.lower.get(name)) this.removed.add(name);
  }

  *list(): Iterable<readonly [string, Inode]> {
    for (const [name] of this.lower.list()) if (!this.removed.has(name)) yield [name, this.get(name) as Inode];
    for (const [name, inode] of this.upper) if (!this.lower.get(name)) yield [name, inode];
  }

  get empty(): boolean {
    for (const _ of this.list()) return false;
    return true;
  }
}

/** A directory whose names are made up when asked for; nothing can be created or removed in it. */
export class DynamicEntries implements Entries {
  readonly counted = false;
  private readonly find: (name: string) => Inode | undefined;
  private readonly names: () => Iterable<string>;

  constructor(find: (name: string) => Inode | undefined, names: () => Iterable<string>) {
    this.find = find;
    this.names = names;
  }

  get(name: string): Inode | undefined {
    return this.find(name);
  }

  set(): void {
    throw new Errno('ENOENT');
  }

  delete(): void {
    throw new Errno('EPERM');
  }

  *list(): Iterable<readonly [string, Inode]> {
    for (const name of this.names()) {
      const inode = this.find(name);
      if (inode) yield [name, inode];
    }
  }

  get empty(): boolean {
    return false;
  }
}
