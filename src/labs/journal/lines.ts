import {
  closeSync,
  existsSync,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { HomeError } from '../home.js';
import { AttemptLock } from './lock.js';

/** How long a line may be with the operating system alone: what a power cut takes at most. */
const SYNC_MILLISECONDS = 1000;
/** Some file systems have no such thing. */
const NOT_SYNCED: ReadonlySet<string | undefined> = new Set(['EINVAL', 'ENOTSUP', 'ENOSYS']);

/**
 * Appends lines to a file of its own; when `append` returns, the line is with the operating system, and a killed program
 * loses nothing. A moment later it is on the disk, without anybody waiting for that.
 */
export class LineWriter {
  private readonly path: string;
  private readonly file: number;
  private readonly lock: AttemptLock;
  /** How many bytes whole lines take. */
  private whole: number;
  /** A piece of a line stands behind the whole ones. */
  private torn = false;
  /** Lines are not on the disk yet. */
  private unsynced = false;
  private syncing = false;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  /** The disk refused what it had taken; whoever writes next is told. */
  private refused: Error | undefined;

  private constructor(path: string, lock: AttemptLock) {
    this.path = path;
    this.file = openSync(path, 'a', 0o600);
    this.lock = lock;
    this.whole = fstatSync(this.file).size;
  }

  /** Begins a file with its first line; it is not there before that is whole. Fails when the file exists. */
  static create(path: string, first: string): LineWriter {
    const lock = AttemptLock.take(path);
    const unnamed = `${path}.new`;
    try {
      if (existsSync(path)) throw new Error('it is there already');
      writeFileSync(unnamed, `${first}\n`, { mode: 0o600 });
      renameSync(unnamed, path);
      return new LineWriter(path, lock);
    } catch (error) {
      rmSync(unnamed, { force: true });
      lock.release();
      throw new HomeError(path, error);
    }
  }

  /** Goes on after the last line. Whoever read that far took the lock before. */
  static resume(path: string, lock: AttemptLock): LineWriter {
    return new LineWriter(path, lock);
  }

  /**
   * Throws `HomeError` when it cannot be written, as on a full disk; the same line may be tried again later. A disk that
   * becomes full takes a part and says so only when the rest is tried.
   */
  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    try {
      const { refused } = this;
      this.refused = undefined;
      if (refused) throw refused;
      if (this.torn) ftruncateSync(this.file, this.whole);
      this.torn = true;
      for (let written = 0; written < bytes.length; ) written += writeSync(this.file, bytes, written);
      this.torn = false;
      this.whole += bytes.length;
      this.unsynced = true;
      this.syncSoon();
    } catch (error) {
      throw new HomeError(this.path, error);
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    try {
      // What is under way needs the file a moment longer; nobody waits for a slow disk.
      if (!this.syncing) this.end();
    } finally {
      this.lock.release();
    }
  }

  private syncSoon(): void {
    if (this.syncing || this.timer) return;
    this.timer = setTimeout(() => this.sync(), SYNC_MILLISECONDS).unref();
  }

  private sync(): void {
    this.timer = undefined;
    this.unsynced = false;
    this.syncing = true;
    fsync(this.file, (error) => {
      this.syncing = false;
      if (error && !NOT_SYNCED.has(error.code)) this.refused = error;
      if (this.closed) this.end();
      else if (this.unsynced) this.syncSoon();
    });
  }

  private end(): void {
    try {
      if (this.unsynced) fsyncSync(this.file);
    } catch {
      // It is with the operating system all the same, and there is nobody left to be told.
    }
    closeSync(this.file);
  }
}

/** A file of lines as far as it is sound. */
export interface Lines<Entry> {
  readonly first: string | undefined;
  readonly entries: readonly Entry[];
  /** Bytes up to the end of the last whole entry; what follows was cut in the middle of writing. */
  readonly wholeBytes: number;
  readonly cut: boolean;
  /** The number of the line from which on it is damaged, counted from 1; undefined when only its last line is cut. */
  readonly damagedLine: number | undefined;
}

/**
 * Reads lines that were numbered from 1 after a first one. `decode` answers with undefined for what is no entry. Throws
 * as reading a file does.
 */
export function readLines<Entry extends { readonly n: number }>(
  path: string,
  decode: (line: string) => Entry | undefined,
): Lines<Entry> {
  const lines = readFileSync(path).toString('utf8').split('\n');
  const last = lines.pop() ?? '';
  const entries: Entry[] = [];
  let wholeBytes = Buffer.byteLength(`${lines[0] ?? ''}\n`);
  for (const [index, line] of lines.slice(1).entries()) {
    const entry = decode(line);
    if (!entry || entry.n !== entries.length + 1) {
      const damagedLine = index < lines.length - 2 ? index + 2 : undefined;
      return { first: lines[0], entries, wholeBytes, cut: true, damagedLine };
    }
    entries.push(entry);
    wholeBytes += Buffer.byteLength(`${line}\n`);
  }
  return { first: lines[0], entries, wholeBytes, cut: last !== '', damagedLine: undefined };
}
