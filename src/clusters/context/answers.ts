import {
  type Dirent,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { FileFacts } from '../port.js';

/** Of one file, and of how many. Answers are small. */
const BYTES_MAX = 4 * 1024 * 1024;
const FILES_MAX = 500;

/** The folder in which the person leaves answers, on their own disk. Nothing outside of it is ever read or written. */
export class AnswersFolder {
  /** An absolute path. */
  readonly path: string;
  /** What its real path is unless somebody put a link in its place. */
  private readonly root: string;

  constructor(path: string) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    this.path = path;
    this.root = join(realpathSync(dirname(path)), basename(path));
  }

  /** Why answers cannot be looked at as they lie, a sentence; undefined where they can. */
  refusal(): string | undefined {
    const link = isLink(this.path) ? this.path : this.linkOut(this.path);
    if (link === undefined) return undefined;
    const what =
      link === this.path ? ['The folder of answers', 'folder'] : [relative(dirname(this.path), link), 'file'];
    return `${what[0]} is a link that leads elsewhere, and nothing outside of ${this.path} is read. Put a ${what[1]} in its place.`;
  }

  /** Whether a path is the folder's, or in it. */
  holds(path: string): boolean {
    return path === this.path || path.startsWith(`${this.path}/`);
  }

  file(path: string): FileFacts | undefined {
    const real = this.realOf(path);
    if (real === undefined) return undefined;
    const facts = statSync(real);
    const type = facts.isFile() ? 'file' : facts.isDirectory() ? 'directory' : 'other';
    const content = type === 'file' && facts.size <= BYTES_MAX ? readFileSync(real) : new Uint8Array();
    return { type, content, mode: facts.mode & 0o7777, owner: 'candidate', group: 'candidate' };
  }

  directory(path: string): readonly string[] | undefined {
    const real = this.realOf(path);
    return real !== undefined && statSync(real).isDirectory() ? readdirSync(real).sort() : undefined;
  }

  /** Every plain file, by its path in the folder. */
  files(): ReadonlyMap<string, Uint8Array> {
    const found = new Map<string, Uint8Array>();
    if (this.directory(this.path)) this.collect(this.path, found);
    return found;
  }

  /** Puts files there that differ from what is; what leads out of the folder is left alone. */
  put(files: ReadonlyMap<string, Uint8Array>): void {
    for (const [name, content] of files) {
      const path = join(this.path, name);
      if (!this.holds(path) || path === this.path || content.length > BYTES_MAX) continue;
      if (!this.hasFolder(dirname(path)) || isLink(path)) continue;
      const present = this.file(path);
      if (present !== undefined && present.type !== 'file') continue;
      if (present && Buffer.compare(present.content, content) === 0) continue;
      writeFileSync(path, content, { mode: 0o600 });
    }
  }

  /** Makes a folder and those above it, unless that leads out of this one, or a file is in the way. */
  private hasFolder(path: string): boolean {
    if (path !== this.path && !this.hasFolder(dirname(path))) return false;
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) mkdirSync(path, { mode: 0o700 });
    return this.realOf(path) !== undefined && statSync(path).isDirectory();
  }

  private collect(folder: string, found: Map<string, Uint8Array>): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (found.size >= FILES_MAX) return;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) this.collect(path, found);
      else if (entry.isFile() && statSync(path).size <= BYTES_MAX)
        found.set(relative(this.path, path), readFileSync(path));
    }
  }

  /** A link in a folder that leads out of all answers. */
  private linkOut(folder: string): string | undefined {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isSymbolicLink() && existsSync(path) && this.realOf(path) === undefined) return path;
      const inside = entry.isDirectory() ? this.linkOut(path) : undefined;
      if (inside !== undefined) return inside;
    }
    return undefined;
  }

  /** Where a path really leads, as long as that is in the folder. */
  private realOf(path: string): string | undefined {
    try {
      const real = realpathSync(path);
      return real === this.root || real.startsWith(this.root + sep) ? real : undefined;
    } catch {
      return undefined;
    }
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
