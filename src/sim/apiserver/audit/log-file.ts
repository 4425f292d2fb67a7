import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { OpenFile } from '../../kernel/files.js';
import type { Sys } from '../../kernel/sys.js';
import { DAY, type Micros } from '../../kernel/time.js';

type Files = Pick<
  Sys,
  'open' | 'close' | 'openFile' | 'stat' | 'rename' | 'unlink' | 'readDirectory' | 'makeDirectory' | 'now'
>;

/** When a log is put aside and how long what was put aside stays; 0 is no limit. */
export interface Rotation {
  readonly maxSizeMiB: number;
  readonly maxAgeDays: number;
  readonly maxBackups: number;
}

const MIB = 1024 * 1024;

/** A log that is put aside under a name with its time when it has become too large (lumberjack). */
export class LogFile {
  private file: OpenFile | undefined;
  private descriptor = -1;
  private size = 0;

  constructor(
    private readonly sys: Files,
    private readonly path: string,
    private readonly rotation: Rotation,
  ) {}

  /** Makes folder and file where they are missing. Throws Errno. */
  ensure(): void {
    const folder = this.path.slice(0, this.path.lastIndexOf('/')) || '/';
    const parts = folder.split('/').filter((part) => part !== '');
    parts.forEach((_, index) => {
      const at = `/${parts.slice(0, index + 1).join('/')}`;
      try {
        this.sys.stat(at);
      } catch (error) {
        if (!isErrno(error, 'ENOENT')) throw error;
        this.sys.makeDirectory(at, 0o700);
      }
    });
    this.reopen();
  }

  /** Adds a line. A disk that takes nothing loses it, as the real server's does. */
  write(line: string): void {
    const bytes = encodeText(line);
    try {
      if (this.size + bytes.length > (this.rotation.maxSizeMiB || Number.POSITIVE_INFINITY) * MIB) this.rotate();
      this.file?.tryWrite(bytes);
      this.size += bytes.length;
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  private reopen(): void {
    this.descriptor = this.sys.open(this.path, { write: true, append: true, create: true }, 0o600);
    this.file = this.sys.openFile(this.descriptor);
    this.size = this.file.stat().size;
  }

  private rotate(): void {
    this.sys.close(this.descriptor);
    this.sys.rename(this.path, this.backupName());
    this.reopen();
    this.forgetOld();
  }

  /** `/var/log/audit-2026-11-21T14-55-00.123.log`. */
  private backupName(): string {
    const [stem, ending] = this.parts();
    const time = new Date(Math.floor(this.sys.now() / 1000)).toISOString().slice(0, -1).replaceAll(':', '-');
    return `${stem}-${time}${ending}`;
  }

  private forgetOld(): void {
    const { maxBackups, maxAgeDays } = this.rotation;
    const [stem, ending] = this.parts();
    const folder = this.path.slice(0, this.path.lastIndexOf('/')) || '/';
    const prefix = `${stem.slice(stem.lastIndexOf('/') + 1)}-`;
    const backups = this.sys
      .readDirectory(folder)
      .map(({ name }) => name)
      .filter((name) => name.startsWith(prefix) && name.endsWith(ending) && timeOf(name, prefix) !== undefined)
      .sort()
      .reverse();
    const oldest = this.sys.now() - maxAgeDays * DAY;
    backups.forEach((name, index) => {
      const isTooMany = maxBackups > 0 && index >= maxBackups;
      const isTooOld = maxAgeDays > 0 && (timeOf(name, prefix) as Micros) < oldest;
      if (isTooMany || isTooOld) this.sys.unlink(`${folder === '/' ? '' : folder}/${name}`);
    });
  }

  private parts(): [stem: string, ending: string] {
    const dot = this.path.lastIndexOf('.');
    const has = dot > this.path.lastIndexOf('/');
    return has ? [this.path.slice(0, dot), this.path.slice(dot)] : [this.path, ''];
  }
}

/** When a backup was put aside, as its name says; undefined for another file. */
function timeOf(name: string, prefix: string): Micros | undefined {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d\.\d{3})/.exec(name.slice(prefix.length));
  if (!found) return undefined;
  const [, day, hour, minute, second] = found;
  const milliseconds = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds * 1000;
}
