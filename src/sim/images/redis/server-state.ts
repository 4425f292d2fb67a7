import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { ExitProcess, type Sys } from '../../kernel/sys.js';
import { WaitQueue } from '../../kernel/wait.js';
import { globPattern, type Session } from './commands/command.js';
import type { RedisConfig } from './config.js';
import { Disk } from './disk.js';
import { execute, type Keeping } from './execute.js';
import { infoText, memoryUsed } from './info.js';
import { Database } from './keyspace.js';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const MISCONF =
  "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk. Commands that may modify the data set are disabled, because this instance is configured to report errors during writes if RDB snapshotting fails (stop-writes-on-bgsave-error option). Please check the Redis logs for details about the RDB error.";
const OUT_OF_MEMORY = "OOM command not allowed when used memory > 'maxmemory'.";

/** A running server: its databases, its clients, and what it has counted. */
export class ServerState implements Keeping {
  readonly sys: Sys;
  readonly config: RedisConfig;
  readonly version: string;
  readonly databases: Database[];
  readonly sessions = new Set<Session>();
  readonly disk: Disk;
  /** Woken when something was written: by clients that wait for a list, and by whoever saves. */
  readonly written = new WaitQueue();
  changes = 0;
  /** A dump was asked for that nobody has begun. */
  wanted: 'none' | 'asked' = 'none';
  role: 'C' | 'M' = 'C';
  private saved: number;
  private failed = false;
  private commands = 0;
  private errors = 0;
  private connections = 0;
  private readonly started: number;
  private readonly runId: string;

  constructor(sys: Sys, config: RedisConfig, version: string) {
    this.sys = sys;
    this.config = config;
    this.version = version;
    this.started = sys.now();
    this.saved = Math.floor(sys.now() / 1_000_000);
    this.runId = Buffer.from(sys.random().fork('run').bytes(20)).toString('hex');
    this.databases = Array.from({ length: config.number('databases') }, () => new Database());
    this.disk = new Disk(sys, config, version);
  }

  /** Whether this version says what is usual as a notice: before 7.2 it warned. */
  get calm(): boolean {
    const [major = 0, minor = 0] = this.version.split('.').map(Number);
    return major > 7 || (major === 7 && minor >= 2);
  }

  /** A line of the log: `*` notices, `#` warnings. */
  log(text: string, level: '*' | '#' = '*', { pid = this.sys.pid, role = this.role as string } = {}): void {
    const at = new Date(Math.floor(this.sys.now() / 1000));
    const two = (value: number) => String(value).padStart(2, '0');
    const day = `${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
    const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
    this.write(`${pid}:${role} ${day} ${time}.${String(at.getUTCMilliseconds()).padStart(3, '0')} ${level} ${text}\n`);
  }

  /** What is usual: a warning in older versions. */
  logUsual(text: string): void {
    this.log(text, this.calm ? '*' : '#');
  }

  write(text: string): void {
    try {
      this.sys.openFile(1).tryWrite(encodeText(text));
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  connected(session: Session): void {
    this.sessions.add(session);
    this.connections += 1;
  }

  disconnected(session: Session): void {
    this.sessions.delete(session);
  }

  countCommand(failed: boolean): void {
    this.commands += 1;
    if (failed) this.errors += 1;
  }

  changed(words: readonly string[], session: Session): void {
    this.changes += 1;
    this.disk.append(words, session.database);
    const [, key = ''] = words;
    const end = this.databases[session.database]?.ends.get(key);
    if (end !== undefined) this.disk.append(['PEXPIREAT', key, String(end)], session.database);
    this.written.wakeAll();
  }

  refusal(): string | undefined {
    if (this.failed && this.config.get('stop-writes-on-bgsave-error') === 'yes' && this.config.savePoints().length > 0)
      return MISCONF;
    const most = this.config.number('maxmemory');
    if (most === 0) return undefined;
    const policy = this.config.get('maxmemory-policy');
    while (memoryUsed(this.databases) > most) {
      const database = this.databases.find(
        ({ values, ends }) => (policy.startsWith('allkeys') ? values : ends).size > 0,
      );
      const [key] = (policy.startsWith('allkeys') ? database?.values : database?.ends)?.keys() ?? [];
      if (policy === 'noeviction' || key === undefined) return OUT_OF_MEMORY;
      database?.remove(key);
    }
    return undefined;
  }

  save(): string | undefined {
    const failure = this.disk.save(this.databases);
    this.finishSave(failure);
    return failure;
  }

  /** Notes how a dump ended, and says so. */
  finishSave(failure: string | undefined, child?: { readonly pid: number; readonly role: string }): void {
    this.log(failure ?? 'DB saved on disk', failure === undefined ? '*' : '#', child);
    this.failed = failure !== undefined;
    if (failure !== undefined) return;
    this.changes = 0;
    this.saved = Math.floor(this.sys.now() / 1_000_000);
  }

  saveInBackground(): void {
    this.wanted = 'asked';
    this.written.wakeAll();
  }

  rewriteLog(): void {
    if (this.config.get('appendonly') === 'yes') this.disk.openLog(this.databases, true);
  }

  lastSave(): number {
    return this.saved;
  }

  resetStatistics(): void {
    [this.commands, this.errors, this.connections] = [0, 0, 0];
  }

  info(section: string | undefined): string {
    const figures = {
      version: this.version,
      started: this.started,
      connected: this.sessions.size,
      connections: this.connections,
      commands: this.commands,
      errors: this.errors,
      changes: this.changes,
      lastSave: this.saved,
      lastSaveFailed: this.failed,
      runId: this.runId,
    };
    return infoText(this.sys, this.config, this.databases, figures, section);
  }

  publish(channel: string, message: string): number {
    let heard = 0;
    for (const session of this.sessions) {
      if (session.channels.has(channel)) {
        session.push(['message', channel, message]);
        heard += 1;
      }
      for (const pattern of session.patterns) {
        if (!globPattern(pattern).test(channel)) continue;
        session.push(['pmessage', pattern, channel, message]);
        heard += 1;
      }
    }
    return heard;
  }

  /** Ends the process, unless what it holds cannot be saved. */
  shutdown(mode: 'save' | 'nosave' | undefined): void {
    this.logUsual('User requested shutdown...');
    if (this.config.get('appendonly') === 'yes') this.log('Calling fsync() on the AOF file.');
    if (mode === 'save' || (mode !== 'nosave' && this.config.savePoints().length > 0)) {
      this.log('Saving the final RDB snapshot before exiting.');
      if (this.save() !== undefined) {
        this.log("Error trying to save the DB, can't exit.", '#');
        this.log('Errors trying to shut down the server. Check the logs for more information.', '#');
        return;
      }
    }
    this.log('Redis is now ready to exit, bye bye...', '#');
    throw new ExitProcess(0);
  }

  /** Reads what an earlier server left on the disk. Gives whether the server may go on. */
  restore(): boolean {
    const session: Session = {
      id: 0,
      address: '',
      database: 0,
      name: '',
      authenticated: true,
      queued: undefined,
      spoiled: false,
      channels: new Set(),
      patterns: new Set(),
      push: () => {},
    };
    const { lines, fatal } = this.disk.load(this.databases, (words) => execute(this, session, words));
    for (const line of lines) this.log(line);
    this.changes = 0;
    if (fatal === undefined) return this.startLog();
    for (const line of fatal.split('\n')) this.log(line, '#');
    return false;
  }

  private startLog(): boolean {
    if (this.config.get('appendonly') !== 'yes') return true;
    const { lines, fatal } = this.disk.openLog(this.databases, false);
    for (const line of lines) this.log(line);
    if (fatal !== undefined) this.log(fatal, '#');
    return fatal === undefined;
  }
}
