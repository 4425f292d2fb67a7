import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import { Items } from './items.js';
import type { Options } from './options.js';

const BASE_BYTES = 6 * 1_048_576;
const PAGE = 1_048_576;

/** A running server: what it keeps and what it has counted. */
export class Server {
  readonly sys: Sys;
  readonly options: Options;
  readonly version: string;
  readonly items: Items;
  readonly started: number;
  readonly counts = new Map<string, number>();
  connections = 0;
  verbosity: number;
  private held = 0;

  constructor(sys: Sys, options: Options, version: string) {
    this.sys = sys;
    this.options = options;
    this.version = version;
    this.verbosity = options.verbosity;
    this.items = new Items(options.megabytes * 1_048_576, options.evicts);
    this.started = this.now();
    this.hold();
  }

  /** The second of the epoch. */
  now(): number {
    return Math.floor(this.sys.now() / SECOND);
  }

  count(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  /** Says what it holds now, page by page: it gives nothing back. */
  hold(): void {
    const pages = Math.max(this.held, Math.ceil(this.items.bytes / PAGE));
    if (pages === this.held && pages > 0) return;
    this.held = pages;
    this.sys.holdMemory(BASE_BYTES + pages * PAGE);
  }

  /** A line for who runs it with -vv. */
  trace(text: string): void {
    if (this.verbosity < 2) return;
    try {
      this.sys.openFile(2).tryWrite(encodeText(`${text}\n`));
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
}
