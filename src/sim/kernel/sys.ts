import type { Bytes } from './bytes.js';
import type { Cgroup } from './cgroup.js';
import type { ErrnoCode } from './errno.js';
import type { Credentials, DirectoryEntry, FileStat, FileSystem, MountedTree, OpenFile, OpenFlags } from './files.js';
import type { Connection, Listener, ListenSpec, NetworkNamespace, Target } from './network.js';
import type { OutsideCall, OutsideCallAnswer } from './outside-calls.js';
import type { OutsideAnswer, OutsideQuestion } from './questions.js';
import type { Random } from './random.js';
import type { Disposition, Signal } from './signals.js';
import type { Terminal, TerminalModes, WindowSize } from './terminal.js';
import type { Micros } from './time.js';
import type { Wait, Waiting } from './wait.js';

/** A program: what it sees of the machine is `sys`; what it returns is its exit status (0 to 255). */
export type Program = (sys: Sys) => Generator<Wait, number, void>;

/** How a process ended or stopped, as wait(2) tells. Exactly one field is set. */
export type ExitStatus = { readonly code: number } | { readonly signal: Signal; readonly core?: boolean };

export type ChildChange =
  | { readonly pid: number; readonly kind: 'exited'; readonly status: ExitStatus }
  | { readonly pid: number; readonly kind: 'stopped'; readonly signal: Signal }
  | { readonly pid: number; readonly kind: 'continued' };

/** What a child gets that it does not inherit. Everything left out is inherited. */
export interface ChildOptions {
  /** Descriptors of the child by number, each from the parent's descriptor; without it all that are not close-on-exec. */
  readonly descriptors?: ReadonlyMap<number, number>;
  readonly environment?: ReadonlyMap<string, string>;
  readonly directory?: string;
  /** `'new'`: leader of a group of its own; a number joins that group. */
  readonly group?: 'new' | number;
  /** Leader of a new session, without a controlling terminal until it opens or is given one. */
  readonly session?: boolean;
  /** The terminal that becomes the new session's controlling one and its descriptors 0, 1 and 2. */
  readonly terminal?: Terminal;
  /** Makes the child's group the terminal's foreground before it runs. */
  readonly foreground?: boolean;
  /** Root only. */
  readonly credentials?: Credentials;
  /** Put the child into namespaces of its own: a container. Root only. */
  readonly container?: ContainerContext;
  /** The path of the control group that it enters, made where it is missing. Root only. */
  readonly controlGroup?: string;
  /** What `ps` shows instead of `args`. */
  readonly title?: string;
  /** Signals the child ignores from the start, beside those its parent ignores (background jobs without job control). */
  readonly ignore?: readonly Signal[];
}

/** Says what becomes of a system call: nothing, or how it fails; `kill` ends the process with SIGSYS. */
export type SeccompFilter = (call: string) => ErrnoCode | 'kill' | undefined;

/** The namespaces of a container's processes. */
export interface ContainerContext {
  readonly id: string;
  readonly files: FileSystem;
  readonly network: NetworkNamespace;
  readonly hostname: string;
  /** Processes see only those with the same `processes` key. */
  readonly processes: string;
  /** The control group that its processes enter. */
  readonly cgroup?: Cgroup;
  /** How soon its processes are killed when memory runs out. */
  readonly oomScoreAdjust?: number;
  /** What its system calls are sifted by (seccomp); undefined: nothing. */
  readonly seccomp?: SeccompFilter;
  /** The settings of its own namespaces by their path below /proc/sys; for what is not there the host's count. */
  readonly sysctls?: Map<string, string>;
}

/** A line of `ps`. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly uid: number;
  readonly gid: number;
  readonly args: readonly string[];
  readonly state: 'R' | 'S' | 'T' | 'Z';
  readonly started: Micros;
  readonly cpu: Micros;
  /** `pts/0`, or undefined without a terminal. */
  readonly terminal: string | undefined;
  readonly foreground: boolean;
  readonly container: string | undefined;
}

/** A listening socket as `ss` shows it. */
export interface Socket {
  readonly spec: ListenSpec;
  /** Undefined for processes of others when the caller is not root. */
  readonly process: { readonly pid: number; readonly name: string } | undefined;
}

/**
 * The system calls: all that a program on a simulated machine can see and do. Calls that cannot block are plain and
 * throw `Errno`; those that can wait are generators (`yield*`). Every call charges its cost by itself; a program that
 * computes calls `charge` for its own steps, and yields `PREEMPT` when that says so:
 *
 *     if (sys.charge(COST.shellStep)) yield PREEMPT;
 */
export interface Sys {
  readonly pid: number;
  readonly args: readonly string[];
  /** The environment; a program's own copy, given on to children. */
  readonly environment: Map<string, string>;

  // Time.
  /** The virtual wall clock, microseconds since the Unix epoch. */
  now(): Micros;
  /** A clock that counts only time the machine lived through (CLOCK_MONOTONIC): it stands still while the machine sleeps. */
  monotonic(): Micros;
  /** Adds CPU time; true when the turn is over or a signal waits, and the program should yield PREEMPT. */
  charge(micros: Micros): boolean;
  /** Waits until the span is over. Throws EINTR when a caught signal comes. */
  sleep(span: Micros): Waiting<void>;
  /** CPU time used so far by this process, and by its ended and awaited children. */
  times(): { own: Micros; children: Micros };
  /**
   * From now on the process holds so many bytes beside what every process does. Whoever has no room for it is killed;
   * when that is the caller, this does not return.
   */
  holdMemory(bytes: number): void;
  /** How much the process and those of its group may hold together; undefined: as much as there is. */
  memoryMax(): number | undefined;
  /** The machine's control groups, from the one that all others are below. Root only. Throws EPERM. */
  controlGroups(): Cgroup;
  /** Random numbers of this process (seeded by host, name and pid). */
  random(): Random;

  // Who and where.
  readonly parent: number;
  readonly credentials: Credentials;
  /** The real user: differs from `credentials` while a set-user-ID program (sudo, su) runs as its owner. */
  readonly invoker: Credentials;
  /** Root may become anybody; others only themselves. Throws EPERM. */
  setCredentials(credentials: Credentials): void;
  hostname(): string;
  umask(mask?: number): number;
  /** The working directory, absolute. */
  directory(): string;
  /** Throws ENOENT, ENOTDIR, EACCES. */
  changeDirectory(path: string): void;

  /** Makes a directory the root of all paths; the working directory becomes the new root. Root only. Throws EPERM, ENOENT, ENOTDIR. */
  changeRoot(path: string): void;
  /** Goes into the namespaces of another process (setns): its files, its network, its host's name. Root only. Throws EPERM, ESRCH. */
  enterNamespaces(
    pid: number,
    which: { readonly files?: boolean; readonly network?: boolean; readonly hostname?: boolean },
  ): void;

  // Descriptors.
  open(path: string, flags: OpenFlags, mode?: number): number;
  close(descriptor: number): void;
  /** Duplicates onto the lowest free number from `from`, or exactly onto `to`, closing what was there. */
  duplicate(descriptor: number, to?: { exactly: number } | { from: number }): number;
  /** Closed when a child starts another program. */
  closeOnExec(descriptor: number, value: boolean): void;
  pipe(): { read: number; write: number };
  /** Up to `max` bytes; none at end of file. Throws EINTR, EIO, EBADF. */
  read(descriptor: number, max?: number): Waiting<Bytes>;
  /** Writes everything. Throws EPIPE after SIGPIPE is not fatal, ENOSPC, EBADF, EINTR. Text is written as UTF-8. */
  write(descriptor: number, data: Bytes | string): Waiting<void>;
  /** Waits until one of them can be read (or is at its end), up to `timeout` micros; the ready ones, none at time-out. */
  poll(descriptors: readonly number[], timeout?: Micros): Waiting<number[]>;
  seek(descriptor: number, offset: number, whence: 'set' | 'current' | 'end'): number;
  statDescriptor(descriptor: number): FileStat;
  descriptors(): readonly number[];
  /** The open file behind a descriptor. Throws EBADF. */
  openFile(descriptor: number): OpenFile;
  /** Gives a descriptor to an open file made elsewhere (a socket as a file). */
  install(file: OpenFile): number;

  // Files. Relative paths start at the working directory.
  stat(path: string): FileStat;
  lstat(path: string): FileStat;
  access(path: string, need: { read?: boolean; write?: boolean; execute?: boolean }): void;
  /** What lies in a directory; `.` and `..` are not among it. */
  readDirectory(path: string): DirectoryEntry[];
  makeDirectory(path: string, mode?: number): void;
  removeDirectory(path: string): void;
  unlink(path: string): void;
  link(existing: string, created: string): void;
  symlink(target: string, created: string): void;
  /** Makes a named pipe; the umask applies. */
  makeFifo(path: string, mode: number): void;
  /** Makes a block device with so many bytes, as a copy of another one where that is named. Throws EEXIST, EINVAL. */
  makeBlockDevice(path: string, bytes: number, copyOf?: string): void;
  readLink(path: string): string;
  rename(from: string, to: string): void;
  changeMode(path: string, mode: number): void;
  changeOwner(path: string, uid: number | undefined, gid: number | undefined, follow?: boolean): void;
  setTimes(path: string, accessed: Micros, modified: Micros): void;
  truncate(path: string, size: number): void;
  realPath(path: string): string;
  /** A whole regular file, at once. Throws Errno. */
  readFile(path: string): Bytes;
  /** Creates or replaces a regular file's content, at once. Throws Errno. */
  writeFile(path: string, data: Bytes | string, mode?: number): void;
  /** What is mounted in the tree this process sees. */
  mounts(): readonly MountedTree[];
  /** The file tree this process sees, for those who build containers. Root only. */
  fileSystem(): FileSystem;

  // Processes.
  /** A child that runs a function of this program (fork). Throws EAGAIN at the process limit. */
  fork(run: Program, options?: ChildOptions): number;
  /**
   * A thread of this process: same pid, same descriptors, ended with it. For daemons that do several things at once
   * (kubelet, controller manager, sshd). An error that leaves it ends the process as a crash.
   */
  thread(run: () => Generator<Wait, void, void>): void;
  /**
   * A child that runs a file (fork and exec): a program's image or a script with `#!`. `path` is not searched for.
   * Throws ENOENT, EACCES, ENOEXEC, EISDIR, ENOTDIR, EAGAIN.
   */
  spawn(path: string, args: readonly string[], options?: ChildOptions): number;
  /** Turns this process into another program (exec): `return yield* sys.exec(path, args)`. Throws like `spawn`, before anything changed. */
  exec(path: string, args: readonly string[], environment?: ReadonlyMap<string, string>): Waiting<number>;
  /**
   * Waits for a child: a pid, `'any'`, or `{ group }`. `undefined` when `options.now` and nothing has changed yet.
   * Throws ECHILD, and EINTR when a caught signal comes.
   */
  wait(
    which: number | 'any' | { group: number },
    options?: { now?: boolean; stopped?: boolean; continued?: boolean },
  ): Waiting<ChildChange | undefined>;
  /** Sends a signal to a process, or with a negative number to a group; 0 asks only whether it exists. Throws ESRCH, EPERM. */
  kill(pid: number, signal: Signal | 0): void;
  group(pid?: number): number;
  setGroup(pid: number, group: number): void;
  session(pid?: number): number;
  processes(): readonly ProcessInfo[];

  // Signals.
  onSignal(signal: Signal, disposition: Disposition): void;
  dispositionOf(signal: Signal): Disposition;
  /** The oldest caught signal not taken yet. */
  takeSignal(): Signal | undefined;

  // Terminals.
  /** The terminal behind a descriptor, or undefined (isatty). */
  terminal(descriptor: number): Terminal | undefined;
  /** The controlling terminal (/dev/tty), or undefined. */
  controllingTerminal(): Terminal | undefined;
  /** Makes a group the foreground one. Throws EPERM, ENOTTY. */
  setForeground(descriptor: number, group: number): void;
  /** The foreground group (tcgetpgrp); 0 when there is none. Throws ENOTTY. */
  foreground(descriptor: number): number;
  terminalModes(descriptor: number): TerminalModes;
  setTerminalModes(descriptor: number, modes: TerminalModes): void;
  windowSize(descriptor: number): WindowSize | undefined;
  /** A new pseudo-terminal on this host (sshd, exec -t). */
  openTerminal(size: WindowSize): Terminal;
  /** Hangs a pseudo-terminal up and frees its number. */
  closeTerminal(terminal: Terminal): void;

  // Network.
  connect(target: Target, timeout?: Micros): Waiting<Connection>;
  listen(spec: ListenSpec): Listener;
  network(): NetworkNamespace;
  /** What listens in this network namespace and which process holds it; its name only where the caller may know it. */
  sockets(): readonly Socket[];
  /** Serves on a socket in the file tree (`/run/containerd/containerd.sock`). Only `application`, `handler` and `tls` count. Throws EADDRINUSE when something lies there. */
  listenPath(path: string, spec: Omit<ListenSpec, 'port'>): Listener;
  /** Throws ENOENT, ECONNREFUSED, EACCES. */
  connectPath(path: string): Connection;

  // The world outside the machine.
  /** Whether files are edited in the person's own editor: whether `askOutside` is worth asking. */
  hasOwnEditor(): boolean;
  /** Asks the world outside and waits for its answer, while the machine's owner lets no time pass. */
  askOutside(question: OutsideQuestion): Waiting<OutsideAnswer>;
  /** Sends an HTTPS request to the loopback of the computer the machine runs on; undefined where nobody allows that. */
  callOutside(call: OutsideCall): Waiting<OutsideCallAnswer | undefined>;
}

/** Thrown by any thread of a process to end the whole process with a status, from however deep. */
export class ExitProcess {
  readonly status: number;

  constructor(status: number) {
    this.status = status;
  }
}
