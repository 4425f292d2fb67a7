import { decodeText } from '../../kernel/bytes.js';
import { Errno, isErrno } from '../../kernel/errno.js';
import type { Credentials } from '../../kernel/files.js';
import { credentialsOf, findUser } from '../../kernel/libc/accounts.js';
import { LineSplitter } from '../../kernel/libc/streams.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Child, Children } from './children.js';
import { controlGroupOf } from './control-group.js';
import type { ExecLine } from './exec-line.js';
import { expandSpecifiers, expandWords, splitWords } from './exec-line.js';
import type { LogWriter } from './log-writer.js';
import { NOTIFY_SOCKET } from './protocol.js';
import type { Unit } from './unit.js';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a command's process is started with, whoever it becomes. */
interface LaunchOptions {
  readonly descriptors: Map<number, number>;
  readonly environment: Map<string, string>;
  readonly session: true;
  readonly controlGroup: string;
}

/** Starts the commands of units: environment, user, directory, and their output into the journal. */
export class Commands {
  private readonly sys: Sys;
  private readonly children: Children;
  private readonly log: LogWriter;

  constructor(sys: Sys, children: Children, log: LogWriter) {
    this.sys = sys;
    this.children = children;
    this.log = log;
  }

  /** Starts one command of a unit. What cannot be executed is a process that ends with systemd's own status for why. */
  start(unit: Unit, line: ExecLine): Child {
    const { sys } = this;
    const environment = this.environment(unit);
    const words = line.words.map((word) => expandSpecifiers(word, unit.name, sys.hostname()));
    const args = line.literal ? words : expandWords(words, environment);
    const output = sys.pipe();
    sys.closeOnExec(output.read, true);
    const input = sys.open('/dev/null', { read: true });
    const descriptors = new Map([
      [0, input],
      [1, output.write],
      [2, output.write],
    ]);
    const pid = this.launch(unit, line, args, {
      ...{ descriptors, environment, session: true as const },
      controlGroup: controlGroupOf(unit),
    });
    sys.close(input);
    sys.close(output.write);
    unit.sessions.add(pid);
    const identifier = unit.loaded.settings.get('Service', 'SyslogIdentifier') ?? baseName(line.path);
    sys.thread(() => this.collect(unit.name, identifier, pid, output.read));
    return this.children.add(pid);
  }

  private launch(unit: Unit, line: ExecLine, args: readonly string[], options: LaunchOptions): number {
    const { settings } = unit.loaded;
    const user = settings.get('Service', 'User');
    let credentials: Credentials = { uid: 0, gid: 0, groups: [0] };
    if (user !== undefined && !line.privileged) {
      const account = findUser(this.sys, /^\d+$/.test(user) ? Number(user) : user);
      if (!account) return this.fails(unit, line, 217, 'USER', options, 'No such process');
      credentials = credentialsOf(this.sys, account);
    }
    const directory = (settings.get('Service', 'WorkingDirectory') ?? '/').replace(/^-/, '').replace(/^~$/, '/root');
    try {
      if (this.sys.stat(directory).type !== 'directory') throw new Errno('ENOTDIR');
    } catch (error) {
      if (isErrno(error)) return this.fails(unit, line, 200, 'CHDIR', options, error.message);
      throw error;
    }
    try {
      return this.sys.spawn(this.executable(line.path), args, { ...options, credentials, directory });
    } catch (error) {
      if (!isErrno(error)) throw error;
      return this.fails(unit, line, 203, 'EXEC', options, error.message);
    }
  }

  /** The child that could not become the command: says why in the journal and ends with `status`. */
  private fails(
    unit: Unit,
    line: ExecLine,
    status: number,
    step: string,
    options: { descriptors: Map<number, number> },
    reason: string,
  ): number {
    const ends: Program = function* () {
      return status;
    };
    const pid = this.sys.fork(ends, { ...options, session: true });
    const as = { identifier: `(${baseName(line.path).slice(0, 8)})`, pid };
    const about = { unit: unit.name, as, priority: 3 } as const;
    if (status === 203 && reason === 'No such file or directory') {
      this.log.manager(`${unit.name}: Unable to locate executable '${line.path}': ${reason}`, about);
    }
    this.log.manager(`${unit.name}: Failed at step ${step} spawning ${line.path}: ${reason}`, about);
    return pid;
  }

  private executable(path: string): string {
    if (path.startsWith('/')) return path;
    for (const directory of PATH.split(':')) {
      try {
        this.sys.access(`${directory}/${path}`, { execute: true });
        return `${directory}/${path}`;
      } catch (error) {
        if (!isErrno(error)) throw error;
      }
    }
    return `/usr/bin/${path}`;
  }

  private environment(unit: Unit): Map<string, string> {
    const { settings } = unit.loaded;
    const environment = new Map([
      ['LANG', 'C.UTF-8'],
      ['PATH', PATH],
      ['INVOCATION_ID', unit.invocation],
      ['JOURNAL_STREAM', '8:1'],
    ]);
    if (unit.type === 'notify') environment.set('NOTIFY_SOCKET', NOTIFY_SOCKET);
    if (unit.mainPid !== undefined) environment.set('MAINPID', `${unit.mainPid}`);
    for (const value of settings.list('Service', 'Environment')) {
      for (const word of splitWords(value)) assign(environment, expandSpecifiers(word, unit.name, this.sys.hostname()));
    }
    for (const value of settings.list('Service', 'EnvironmentFile')) {
      for (const line of this.environmentFile(value.replace(/^-/, ''))) assign(environment, line);
    }
    return environment;
  }

  /** The assignments of an environment file; whether a missing one matters is checked before the start. */
  private environmentFile(path: string): string[] {
    try {
      const lines = decodeText(this.sys.readFile(path)).replace(/\\\n/g, '').split('\n');
      return lines.flatMap((line) => {
        const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*?)\s*$/.exec(line) ?? [];
        if (name === undefined) return [];
        const quoted = /^(["'])(.*)\1$/s.exec(value);
        return [`${name}=${quoted ? quoted[2] : value}`];
      });
    } catch (error) {
      if (isErrno(error)) return [];
      throw error;
    }
  }

  /** Whether every environment file that must be there is. */
  missingEnvironmentFile(unit: Unit): string | undefined {
    return unit.loaded.settings.list('Service', 'EnvironmentFile').find((path) => {
      if (path.startsWith('-')) return false;
      try {
        this.sys.stat(path);
        return false;
      } catch (error) {
        if (isErrno(error)) return true;
        throw error;
      }
    });
  }

  private *collect(unit: string, identifier: string, pid: number, descriptor: number): Waiting<void> {
    const lines = new LineSplitter();
    for (;;) {
      const bytes = yield* this.sys.read(descriptor);
      if (bytes.length === 0) break;
      for (const line of lines.add(bytes)) this.log.stream(unit, identifier, pid, line);
    }
    const rest = lines.rest();
    if (rest !== '') this.log.stream(unit, identifier, pid, rest);
    this.sys.close(descriptor);
  }
}

function assign(environment: Map<string, string>, assignment: string): void {
  const equals = assignment.indexOf('=');
  if (equals > 0) environment.set(assignment.slice(0, equals), assignment.slice(equals + 1));
}

/** The last part of a path. */
function baseName(path: string): string {
  return path.split('/').at(-1) ?? path;
}
