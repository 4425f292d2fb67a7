import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Journal, JournalEntry, Priority } from './journal.js';
import type { LogLine } from './protocol.js';

/** What a line of the manager is about. */
export interface AboutUnit {
  readonly unit?: string | undefined;
  readonly priority?: Priority;
  readonly catalog?: JournalEntry['catalog'];
  /** Written in the name of the child that was to become the service. */
  readonly as?: { readonly identifier: string; readonly pid: number };
}

/** Writes the journal, and from it the files that rsyslog keeps in /var/log. */
export class LogWriter {
  readonly journal: Journal;
  boot: string;
  private readonly sys: Sys;
  private readonly ownersByPid: (pid: number) => string | undefined;

  constructor(sys: Sys, journal: Journal, boot: string, ownerOf: (pid: number) => string | undefined) {
    this.sys = sys;
    this.journal = journal;
    this.boot = boot;
    this.ownersByPid = ownerOf;
  }

  /** A line of pid 1 itself. */
  manager(message: string, about: AboutUnit = {}): void {
    this.write({
      priority: about.priority ?? 6,
      identifier: about.as?.identifier ?? 'systemd',
      pid: about.as?.pid ?? 1,
      uid: 0,
      unit: about.as ? about.unit : 'init.scope',
      about: about.unit,
      transport: 'journal',
      facility: 'daemon',
      message,
      catalog: about.catalog,
    });
  }

  /** A line that a unit's process wrote to its standard output or error; `<3>` before it is its priority. */
  stream(unit: string, identifier: string, pid: number, line: string): void {
    const [, level, text = ''] = /^(?:<([0-7])>)?(.*)$/s.exec(line) ?? [];
    const priority = (level === undefined ? 6 : Number(level)) as Priority;
    const common = { about: undefined, transport: 'stdout', facility: 'daemon', catalog: undefined } as const;
    this.write({ ...common, priority, identifier, pid, uid: 0, unit, message: text });
  }

  /** A line that came through syslog(3). */
  syslog({ identifier, priority, message, facility = 'user', pid, uid }: LogLine): void {
    const unit = pid === undefined ? undefined : this.ownersByPid(pid);
    const common = { about: undefined, transport: 'syslog', catalog: undefined } as const;
    this.write({ ...common, priority, identifier, pid, uid, unit, facility, message });
  }

  /** A line of the kernel. */
  kernel(message: string): void {
    const common = { about: undefined, unit: undefined, uid: undefined, pid: undefined, catalog: undefined } as const;
    this.write({ ...common, priority: 5, identifier: 'kernel', transport: 'kernel', facility: 'kern', message });
  }

  private write(line: Omit<JournalEntry, 'sequence' | 'time' | 'boot' | 'hostname'>): void {
    const entry = this.journal.append({
      ...line,
      time: this.sys.now(),
      boot: this.boot,
      hostname: this.sys.hostname(),
    });
    const file = fileOf(entry.facility);
    this.append(`/var/log/${file}`, syslogLine(entry));
    if (file === 'kern.log') this.append('/var/log/syslog', syslogLine(entry));
  }

  private append(path: string, text: string): void {
    try {
      const descriptor = this.sys.open(path, { append: true, create: true }, 0o640);
      this.sys.openFile(descriptor).tryWrite(Buffer.from(text));
      this.sys.close(descriptor);
    } catch (error) {
      // A full disk or a removed directory loses lines, nothing else.
      if (!isErrno(error)) throw error;
    }
  }
}

function fileOf(facility: string): string {
  if (facility === 'auth' || facility === 'authpriv') return 'auth.log';
  return facility === 'kern' ? 'kern.log' : 'syslog';
}

/** A line as Ubuntu 24.04's rsyslog writes it: RFC 3339 with microseconds. */
function syslogLine({ time, hostname, identifier, pid, message }: JournalEntry): string {
  const seconds = new Date(Math.floor(time / 1_000_000) * 1000).toISOString().slice(0, 19);
  const micros = String(time % 1_000_000).padStart(6, '0');
  const tag = pid === undefined ? identifier : `${identifier}[${pid}]`;
  return `${seconds}.${micros}+00:00 ${hostname} ${tag}: ${message}\n`;
}
