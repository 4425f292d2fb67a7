import { isErrno } from '../../kernel/errno.js';
import { exists } from '../../kernel/libc/exists.js';
import type { Sys } from '../../kernel/sys.js';
import type { RedisConfig } from './config.js';
import type { Database } from './keyspace.js';
import { BadDump, readDump, writeDump } from './rdb.js';
import { bytesOf, encodeCommand, ProtocolError, RespReader } from './resp.js';

/** Where a server keeps what it holds: a dump, and a log of commands with a dump of its own before it. */
export class Disk {
  private readonly sys: Sys;
  private readonly config: RedisConfig;
  private readonly version: string;
  private log: number | undefined;
  private loggedDatabase: number | undefined;

  constructor(sys: Sys, config: RedisConfig, version: string) {
    this.sys = sys;
    this.config = config;
    this.version = version;
  }

  private get folder(): string {
    return this.config.get('appenddirname');
  }

  private path(part: string): string {
    return `${this.folder}/${this.config.get('appendfilename')}.1.${part}`;
  }

  /** Writes a dump beside the old one and then in its place. Returns the line of the log about what went wrong. */
  save(databases: readonly Database[], name = this.config.get('dbfilename')): string | undefined {
    const { sys } = this;
    const temporary = `${name.includes('/') ? `${this.folder}/` : ''}temp-${sys.pid}.rdb`;
    const created = String(Math.floor(sys.now() / 1_000_000));
    try {
      sys.writeFile(
        temporary,
        writeDump(databases, { 'redis-ver': this.version, 'redis-bits': '64', ctime: created }),
        0o644,
      );
    } catch (error) {
      if (!isErrno(error)) throw error;
      return `Failed opening the temp RDB file ${temporary} (in server root dir ${sys.directory()}) for saving: ${error.message}`;
    }
    try {
      sys.rename(temporary, name);
      return undefined;
    } catch (error) {
      if (!isErrno(error)) throw error;
      return `Error moving temp DB file ${temporary} on the final destination ${name} (in server root dir ${sys.directory()}): ${error.message}`;
    }
  }

  /** Reads what an earlier server left. Gives the lines of the log about it; `fatal` when it cannot go on. */
  load(
    databases: readonly Database[],
    replay: (words: readonly string[]) => void,
  ): { lines: string[]; fatal?: string } {
    if (this.config.get('appendonly') !== 'yes') return this.loadDump(databases, this.config.get('dbfilename'));
    const base = this.loadDump(databases, this.path('base.rdb'));
    if (base.fatal !== undefined || base.lines.length === 0) return base;
    const reader = new RespReader();
    let count = 0;
    try {
      reader.add(this.sys.readFile(this.path('incr.aof')));
      for (let words = reader.command(); words !== undefined; words = reader.command()) {
        replay(words);
        count += 1;
      }
    } catch (error) {
      if (error instanceof ProtocolError)
        return {
          lines: [],
          fatal: `Bad file format reading the append only file ${this.path('incr.aof')}: make a backup of your AOF file, then use ./redis-check-aof --fix <filename.manifest>`,
        };
      if (!isErrno(error)) throw error;
    }
    const loaded =
      count === 0 ? [] : [`DB loaded from incr file ${this.config.get('appendfilename')}.1.incr.aof: 0.000 seconds`];
    return {
      lines: [
        ...base.lines.slice(0, -1),
        `DB loaded from base file ${this.config.get('appendfilename')}.1.base.rdb: 0.000 seconds`,
        ...loaded,
        'DB loaded from append only file: 0.000 seconds',
      ],
    };
  }

  private loadDump(databases: readonly Database[], name: string): { lines: string[]; fatal?: string } {
    let bytes: Uint8Array;
    try {
      bytes = this.sys.readFile(name);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code === 'ENOENT') return { lines: [] };
      return { lines: [], fatal: `Fatal error loading the DB, check server logs. Exiting.` };
    }
    try {
      const { keys, aux } = readDump(bytes, databases);
      const age = Math.max(0, Math.floor(this.sys.now() / 1_000_000) - Number(aux.get('ctime') ?? 0));
      return {
        lines: [
          `Loading RDB produced by version ${aux.get('redis-ver') ?? this.version}`,
          `RDB age ${age} seconds`,
          'RDB memory usage when created 0.87 Mb',
          `Done loading RDB, keys loaded: ${keys}, keys expired: 0.`,
          'DB loaded from disk: 0.000 seconds',
        ],
      };
    } catch (error) {
      if (!(error instanceof BadDump)) throw error;
      return { lines: [], fatal: `${error.message}\nFatal error loading the DB, check server logs. Exiting.` };
    }
  }

  /** Begins the log of commands, from what is held now. Gives the lines about it; `fatal` when it cannot. */
  openLog(databases: readonly Database[], anew: boolean): { lines: string[]; fatal?: string } {
    const { sys } = this;
    const file = this.config.get('appendfilename');
    const lines: string[] = [];
    try {
      if (!exists(sys, this.folder)) sys.makeDirectory(this.folder, 0o755);
      if (anew || !exists(sys, this.path('base.rdb'))) {
        const failure = this.save(databases, this.path('base.rdb'));
        if (failure !== undefined) return { lines: [], fatal: failure };
        lines.push(`Creating AOF base file ${file}.1.base.rdb on server start`);
      }
      const fresh = anew || !exists(sys, this.path('incr.aof'));
      if (this.log !== undefined) sys.close(this.log);
      this.log = sys.open(this.path('incr.aof'), { write: true, append: true, create: true, truncate: anew }, 0o644);
      if (fresh) lines.push(`Creating AOF incr file ${file}.1.incr.aof on server start`);
      sys.writeFile(
        `${this.folder}/${file}.manifest`,
        `file ${file}.1.base.rdb seq 1 type b\nfile ${file}.1.incr.aof seq 1 type i\n`,
        0o644,
      );
      this.loggedDatabase = undefined;
      return { lines };
    } catch (error) {
      if (!isErrno(error)) throw error;
      return { lines: [], fatal: `Can't open or create append-only dir ${this.folder}: ${error.message}` };
    }
  }

  /** Adds a command that changed something to the log, when there is one. */
  append(words: readonly string[], database: number): void {
    if (this.log === undefined) return;
    const select = this.loggedDatabase === database ? '' : encodeCommand(['SELECT', String(database)]);
    this.loggedDatabase = database;
    try {
      this.sys.openFile(this.log).tryWrite(bytesOf(select + encodeCommand(words)));
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
}
