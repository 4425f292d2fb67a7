import { Errno } from '../../kernel/errno.js';
import type { Credentials } from '../../kernel/files.js';
import { LIMITS } from '../../kernel/limits.js';
import type { Inode, Jump } from './inode.js';
import type { MountTable, Place } from './mounts.js';
import { demand, EXECUTE } from './permissions.js';

const NAME_BYTES_MAX = 255;
const PATH_BYTES_MAX = 4096;

/** Where a path ends. */
export interface Found {
  /** From the root to the last directory or, when it exists, to the thing itself. */
  readonly trail: readonly Place[];
  /** The thing; undefined when only its directory exists. */
  readonly place: Place | undefined;
  /** The directory it is or would be in; undefined for the root and for paths that end in `..`. */
  readonly directory: Place | undefined;
  /** Its name in that directory. */
  readonly name: string;
  /** The path ended in a slash: it must be a directory. */
  readonly wantsDirectory: boolean;
}

/** Splits a path into its names; empty ones and `.` are dropped. */
export function splitPath(path: string): string[] {
  const names: string[] = [];
  for (let start = 0; start < path.length; ) {
    const slash = path.indexOf('/', start);
    const end = slash < 0 ? path.length : slash;
    const name = path.slice(start, end);
    if (name !== '' && name !== '.') names.push(name);
    start = end + 1;
  }
  return names;
}

/** Whether a text has more bytes than that. They are counted only when there may be: a character has three at most. */
function isLonger(text: string, bytes: number): boolean {
  return text.length * 3 > bytes && Buffer.byteLength(text) > bytes;
}

/** Joins the names of a trail to an absolute path. */
export function trailPath(trail: readonly Place[]): string {
  return (
    trail
      .slice(1)
      .map((place) => `/${place.name}`)
      .join('') || '/'
  );
}

class Walk {
  readonly trail: Place[];
  private readonly root: Place;
  private readonly table: MountTable;
  private readonly who: Credentials;
  private readonly pending: string[];
  private links = 0;

  constructor(table: MountTable, path: string, who: Credentials) {
    this.table = table;
    this.who = who;
    this.root = { inode: table.root.root, name: '', mount: table.root };
    this.trail = [this.root];
    this.pending = splitPath(path).reverse();
  }

  run(followLast: boolean, wantsDirectory: boolean): Found {
    for (;;) {
      const name = this.pending.pop();
      const here = this.trail.at(-1) as Place;
      if (name === undefined) return this.ended(here, wantsDirectory);
      const entries = this.enter(here);
      if (name === '..') {
        if (this.trail.length > 1) this.trail.pop();
        continue;
      }
      if (isLonger(name, NAME_BYTES_MAX)) throw new Errno('ENAMETOOLONG');
      const child = entries.get(name);
      const last = this.pending.length === 0;
      if (!child) {
        if (!last) throw new Errno('ENOENT');
        return { trail: this.trail, place: undefined, directory: here, name, wantsDirectory };
      }
      if (child.type === 'symlink' && (!last || followLast || wantsDirectory)) {
        const target = this.follow(child);
        if (target) this.trail.push({ name, ...('mount' in target ? target : { inode: target, mount: here.mount }) });
      } else this.trail.push(this.table.cross({ inode: child, name, mount: here.mount }));
    }
  }

  private enter(here: Place) {
    const { body } = here.inode;
    if (body.type !== 'directory') throw new Errno('ENOTDIR');
    demand(here.inode, this.who, EXECUTE);
    return body.entries;
  }

  /** Puts the link's target before what is left of the path, or gives what it jumps to. */
  private follow(link: Inode): ReturnType<Jump> {
    this.links += 1;
    if (this.links > LIMITS.symlinks_max) throw new Errno('ELOOP');
    if (link.body.type !== 'symlink') throw new Errno('EINVAL');
    const jumped = link.body.jump?.();
    if (jumped) return jumped;
    const target = link.body.target();
    if (target === '') throw new Errno('ENOENT');
    if (target.startsWith('/')) this.trail.splice(1);
    for (const name of splitPath(target).reverse()) this.pending.push(name);
    return undefined;
  }

  private ended(place: Place, wantsDirectory: boolean): Found {
    if (wantsDirectory && place.inode.type !== 'directory') throw new Errno('ENOTDIR');
    const directory = this.trail.at(-2);
    return { trail: this.trail, place, directory, name: place.name, wantsDirectory };
  }
}

/**
 * Finds where a path leads, through links and mounts, as these credentials may. The last name may be missing; a last
 * symbolic link is followed only if asked for. Throws ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG.
 */
export function resolve(table: MountTable, path: string, who: Credentials, followLast: boolean): Found {
  if (path === '') throw new Errno('ENOENT');
  if (isLonger(path, PATH_BYTES_MAX - 1)) throw new Errno('ENAMETOOLONG');
  const wantsDirectory = path.endsWith('/') || path.endsWith('/.');
  return new Walk(table, path, who).run(followLast, wantsDirectory);
}
