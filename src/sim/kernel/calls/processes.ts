import { capable, withinBounds } from '../capabilities.js';
import type { Cgroup } from '../cgroup.js';
import { COST } from '../cost.js';
import { Errno } from '../errno.js';
import { findProgram } from '../executable-loader.js';
import type { Credentials } from '../files.js';
import type { Process } from '../process.js';
import type { Signal } from '../signals.js';
import type { ChildChange, ChildOptions, ProcessInfo, Program, Sys } from '../sys.js';
import { ExitProcess } from '../sys.js';
import { TerminalFile } from '../terminal-file.js';
import type { Wait, Waiting } from '../wait.js';
import { KILLED } from './base.js';
import { FileCalls } from './files.js';

type Which = number | 'any' | { group: number };
type WaitOptions = { now?: boolean; stopped?: boolean; continued?: boolean };

/** The system calls about processes. */
export abstract class ProcessCalls extends FileCalls {
  /** The system calls of another process; given by the layer that knows all of them. */
  protected abstract of(process: Process): Sys;

  get invoker(): Credentials {
    return this.process.invoker ?? this.process.credentials;
  }

  setCredentials(credentials: Credentials): void {
    this.sift('setuid');
    const own = this.process.credentials;
    if (credentials.uid !== own.uid && !capable(own, 'SETUID')) throw new Errno('EPERM');
    if (!sameGroups(credentials, own) && !capable(own, 'SETGID')) throw new Errno('EPERM');
    this.process.credentials = withinBounds(credentials, own);
    this.process.invoker = undefined;
  }

  fork(run: Program, options: ChildOptions = {}): number {
    this.sift('clone');
    this.charge(COST.fork);
    const child = this.child(this.process.args, options);
    child.start(run(this.of(child)));
    // What goes by another name stands for a program of that name.
    if (options.title !== undefined) this.load(child, options.title.split(' ', 1)[0]?.split('/').at(-1) ?? '');
    return this.process.space.local(child.pid) || child.pid;
  }

  thread(run: () => Generator<Wait, void, void>): void {
    this.process.start(run());
  }

  spawn(path: string, args: readonly string[], options: ChildOptions = {}): number {
    this.sift('execve');
    this.charge(COST.fork + COST.exec);
    const context = options.container ?? this.process.context;
    const who = options.credentials ?? this.process.credentials;
    const absolute = this.absoluteIn(path, options.directory);
    const found = findProgram(context.files, absolute, path, args, who, this.process.host.kernel.programs);
    const child = this.child(found.args, options);
    child.descriptors.closeForExec();
    child.forgetHandlers();
    becomeOwner(child, found.setUser);
    child.start(found.program(this.of(child)));
    this.load(child, found.name);
    return this.process.space.local(child.pid) || child.pid;
  }

  *exec(path: string, args: readonly string[], environment?: ReadonlyMap<string, string>): Waiting<number> {
    this.sift('execve');
    this.charge(COST.exec);
    const { process } = this;
    const found = findProgram(
      process.context.files,
      this.absolute(path),
      path,
      args,
      process.credentials,
      process.host.kernel.programs,
    );
    process.args = found.args;
    process.title = undefined;
    if (environment) {
      const copy = [...environment];
      process.environment.clear();
      for (const [name, value] of copy) process.environment.set(name, value);
    }
    process.descriptors.closeForExec();
    process.forgetHandlers();
    becomeOwner(process, found.setUser);
    this.load(process, found.name);
    if (process.ending) throw new ExitProcess(KILLED);
    return yield* found.program(this.of(process));
  }

  *wait(which: Which, options: WaitOptions = {}): Waiting<ChildChange | undefined> {
    for (;;) {
      const candidates = this.childrenMeant(which);
      if (candidates.length === 0) throw new Errno('ECHILD');
      for (const child of candidates) {
        const change = this.takeNews(child, options);
        if (change) return change;
      }
      if (options.now) return undefined;
      yield this.process.childChanged;
    }
  }

  kill(pid: number, signal: Signal | 0): void {
    this.sift('kill');
    const { process } = this;
    const targets = this.targets(pid);
    if (targets.length === 0) throw new Errno('ESRCH');
    const allowed = targets.filter((target) => this.maySignal(target));
    if (allowed.length === 0) throw new Errno('EPERM');
    if (signal === 0) return;
    for (const target of allowed) target.signal(signal, target.space !== process.space);
  }

  group(pid?: number): number {
    return this.process.space.local(this.seen(pid).group);
  }

  setGroup(pid: number, group: number): void {
    const target = this.seen(pid === 0 ? undefined : pid);
    if (target !== this.process && target.parent !== this.process) throw new Errno('ESRCH');
    target.group = group === 0 ? target.pid : this.process.space.global(group);
  }

  session(pid?: number): number {
    return this.process.space.local(this.seen(pid).session);
  }

  processes(): readonly ProcessInfo[] {
    return [...this.process.space.processes()].map((process) => this.describe(process));
  }

  private load(process: Process, name: string): void {
    process.cgroup.load(process, process.host.kernel.footprintOf(name));
  }

  private targets(pid: number): Process[] {
    const { process } = this;
    const all = [...process.space.processes()].filter((other) => !other.ended);
    if (pid > 0) return all.filter((other) => process.space.local(other.pid) === pid);
    if (pid === -1) return all.filter((other) => other !== process && !process.space.isFirst(other));
    const group = pid === 0 ? process.group : process.space.global(-pid);
    return all.filter((other) => other.group === group || (pid !== 0 && process.space.local(other.group) === -pid));
  }

  private maySignal(target: Process): boolean {
    const { credentials } = this.process;
    return credentials.uid === target.credentials.uid || capable(credentials, 'KILL');
  }

  private seen(pid: number | undefined): Process {
    const found = pid === undefined ? this.process : this.process.space.find(pid);
    if (!found) throw new Errno('ESRCH');
    return found;
  }

  private childrenMeant(which: Which): Process[] {
    const { process } = this;
    const children = [...process.children];
    if (which === 'any') return children;
    if (typeof which === 'number') {
      return children.filter((child) => (process.space.local(child.pid) || child.pid) === which);
    }
    return children.filter((child) => process.space.local(child.group) === which.group || child.group === which.group);
  }

  private takeNews(child: Process, options: WaitOptions): ChildChange | undefined {
    const pid = this.process.space.local(child.pid) || child.pid;
    if (child.ended) {
      const status = child.ending ?? { code: 0 };
      this.process.host.reap(child);
      return { pid, kind: 'exited', status };
    }
    if (child.news === 'stopped' && child.stopped && options.stopped) {
      child.news = undefined;
      return { pid, kind: 'stopped', signal: child.stopSignal ?? 'STOP' };
    }
    if (child.news === 'continued' && options.continued) {
      child.news = undefined;
      return { pid, kind: 'continued' };
    }
    return undefined;
  }

  private child(args: readonly string[], options: ChildOptions): Process {
    const { process } = this;
    const container = options.container?.id ?? process.container;
    const context = options.container ?? process.context;
    const group = options.session ? undefined : options.group === 'new' ? undefined : this.groupOf(options.group);
    const child = process.host.create({
      parent: process,
      context,
      container,
      args,
      environment: new Map(options.environment ?? process.environment),
      directory: options.directory ? this.absoluteIn(options.directory) : process.directory,
      credentials: this.credentialsOf(options),
      umask: process.umask,
      descriptors: options.terminal
        ? process.descriptors.inherit(new Map())
        : process.descriptors.inherit(options.descriptors),
      ...(group === undefined ? {} : { group }),
      ...(options.session ? {} : { session: process.session }),
      terminal: options.session ? options.terminal : process.terminal,
      cgroup: options.controlGroup === undefined ? undefined : this.groupsOfHost().below(options.controlGroup),
      ignored: [...process.ignoredSignals(), ...(options.ignore ?? [])],
    });
    child.title = options.title;
    if (options.terminal) this.giveTerminal(child, options.terminal);
    else if (options.foreground && process.terminal) process.terminal.foreground = child.group;
    return child;
  }

  /** A container's are its own; other children stay within the bounds of their parent. */
  private credentialsOf({ credentials, container }: ChildOptions): Credentials {
    const own = this.process.credentials;
    if (!credentials) return own;
    return container ? credentials : withinBounds(credentials, own);
  }

  private groupsOfHost(): Cgroup {
    if (this.process.credentials.uid !== 0) throw new Errno('EPERM');
    return this.process.host.cgroups;
  }

  private giveTerminal(child: Process, terminal: NonNullable<ChildOptions['terminal']>): void {
    for (const number of [0, 1, 2]) child.descriptors.replace(number, new TerminalFile(terminal));
    terminal.session = child.session;
    terminal.foreground = child.group;
    child.terminal = terminal;
  }

  private groupOf(group: number | undefined): number {
    return group === undefined ? this.process.group : this.process.space.global(group);
  }

  private absoluteIn(path: string, directory?: string): string {
    if (path.startsWith('/')) return path;
    const base = directory?.startsWith('/') ? directory : this.process.directory;
    return `${base === '/' ? '' : base}/${path}`;
  }

  private describe(process: Process): ProcessInfo {
    const { space } = this.process;
    const { terminal } = process;
    return {
      pid: space.local(process.pid),
      parent: process.parent ? space.local(process.parent.pid) : 0,
      group: space.local(process.group),
      session: space.local(process.session),
      uid: process.credentials.uid,
      gid: process.credentials.gid,
      args: process.title === undefined ? process.args : [process.title],
      state: process.ended ? 'Z' : process.stopped ? 'T' : process === this.process ? 'R' : 'S',
      started: process.started,
      cpu: process.cpu,
      terminal: terminal ? `pts/${terminal.number}` : undefined,
      foreground: terminal !== undefined && terminal.foreground === process.group,
      container: process.container,
    };
  }
}

/** What exec does with a set-user-ID program: it runs as the file's owner and can tell who called it. */
function becomeOwner(process: Process, setUser: number | undefined): void {
  if (setUser === undefined || process.credentials.noNewPrivileges) return;
  process.invoker = process.credentials;
  process.credentials = { ...process.credentials, uid: setUser };
}

/** Whether somebody belongs to nothing but what another belongs to as well, with the same first group. */
function sameGroups(one: Credentials, other: Credentials): boolean {
  return one.gid === other.gid && one.groups.every((group) => group === other.gid || other.groups.includes(group));
}
