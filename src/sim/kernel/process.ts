import { type Cgroup, upkeepOver } from './cgroup.js';
import type { DescriptorTable } from './descriptors.js';
import type { Credentials } from './files.js';
import { type Footprint, SMALL_FOOTPRINT } from './footprint.js';
import type { HostKernel } from './host-kernel.js';
import type { Listener } from './network.js';
import type { ProcessSpace } from './process-space.js';
import type { Disposition, Signal } from './signals.js';
import { defaultAction } from './signals.js';
import type { ChildChange, ContainerContext, ExitStatus } from './sys.js';
import { ExitProcess } from './sys.js';
import type { Terminal } from './terminal.js';
import { Thread } from './thread.js';
import type { Micros } from './time.js';
import type { Wait } from './wait.js';
import { WaitQueue } from './wait.js';

/** What the host gives a process. Ids are the host's own; containers see them through their process space. */
export interface ProcessPlace {
  readonly pid: number;
  readonly space: ProcessSpace;
  readonly cgroup: Cgroup;
  readonly oomScoreAdjust: number;
}

/** What a process is made from. */
export interface ProcessSpec {
  readonly parent: Process | undefined;
  readonly context: ContainerContext;
  readonly container: string | undefined;
  readonly args: readonly string[];
  readonly environment: Map<string, string>;
  readonly directory: string;
  readonly credentials: Credentials;
  readonly umask: number;
  readonly descriptors: DescriptorTable;
  /** Left out: its own. */
  readonly group?: number;
  readonly session?: number;
  readonly terminal: Terminal | undefined;
  readonly ignored: Iterable<Signal>;
}

/** One process of a host: identity, what it holds, its threads, and how it ends. */
export class Process {
  readonly host: HostKernel;
  readonly pid: number;
  readonly space: ProcessSpace;
  /** Another one after chroot and setns; its process space stays. */
  context: ContainerContext;
  readonly container: string | undefined;
  readonly started: Micros;
  readonly descriptors: DescriptorTable;
  readonly environment: Map<string, string>;
  readonly children = new Set<Process>();
  /** Woken when a child changes. */
  readonly childChanged = new WaitQueue();
  readonly listeners = new Set<Listener>();
  parent: Process | undefined;
  args: readonly string[];
  title: string | undefined;
  directory: string;
  credentials: Credentials;
  /** Who started it, while it runs a set-user-ID program as somebody else. */
  invoker: Credentials | undefined;
  /** The user whose process limit it counts against, whoever it becomes. */
  readonly countedFor: number;
  umask: number;
  group: number;
  session: number;
  terminal: Terminal | undefined;
  readonly cgroup: Cgroup;
  /** What the program that it runs takes; that of its parent until it runs another. */
  footprint: Footprint;
  /** What it takes of memory by itself, and what it holds besides; changed by its group. */
  ownBytes = 0;
  heldBytes = 0;
  /** From -1000, never killed for want of memory, to 1000. */
  oomScoreAdjust: number;
  /** CPU time of its turns. */
  worked: Micros = 0;
  /** Thousandths of a core that it takes besides, and since when; changed by its group. */
  upkeep = 0;
  upkeepSince: Micros = 0;
  childrenCpu: Micros = 0;
  stopped = false;
  /** Set as soon as it is decided how it ends; it gets no further turn. */
  ending: ExitStatus | undefined;
  ended = false;
  /** What its parent has not heard yet. */
  news: ChildChange['kind'] | undefined;
  stopSignal: Signal | undefined;
  private readonly dispositions = new Map<Signal, Disposition>();
  private readonly caught: Signal[] = [];
  private readonly threads: Thread[] = [];
  private readonly waitingWhileStopped: Thread[] = [];
  /** Signals that came while it was stopped: they wait until it goes on, as in Linux. */
  private readonly pendingWhileStopped: { readonly signal: Signal; readonly fromOutside: boolean }[] = [];

  constructor(host: HostKernel, spec: ProcessSpec, { pid, space, cgroup, oomScoreAdjust }: ProcessPlace) {
    this.host = host;
    this.pid = pid;
    this.parent = spec.parent;
    this.space = space;
    this.context = spec.context;
    this.container = spec.container;
    this.args = spec.args;
    this.environment = spec.environment;
    this.directory = spec.directory;
    this.credentials = spec.credentials;
    this.countedFor = spec.credentials.uid;
    this.umask = spec.umask;
    this.descriptors = spec.descriptors;
    this.group = spec.group ?? pid;
    this.session = spec.session ?? pid;
    this.terminal = spec.terminal;
    this.cgroup = cgroup;
    this.oomScoreAdjust = oomScoreAdjust;
    this.footprint = spec.parent?.footprint ?? SMALL_FOOTPRINT;
    this.started = host.kernel.now();
    for (const signal of spec.ignored) this.dispositions.set(signal, 'ignore');
  }

  get cpu(): Micros {
    return this.worked + upkeepOver(this.upkeep, this.host.kernel.now() - this.upkeepSince);
  }

  /** Adds a thread; the first is the main one, whose end is the process's. */
  start(body: Generator<Wait, number | void, void>): void {
    const thread = new Thread(this, body);
    this.threads.push(thread);
    this.host.ready(thread);
  }

  /** Gives a thread its turn; called by the host's scheduler. */
  run(thread: Thread): void {
    if (this.ended) return;
    if (this.stopped) {
      this.waitingWhileStopped.push(thread);
      return;
    }
    try {
      const outcome = thread.turn();
      if (outcome.ended) this.threadEnded(thread, outcome.status);
    } catch (error) {
      thread.end();
      const status = this.host.statusOfError(this, error);
      this.ending ??= status;
    }
    if (this.ending) this.finish(this.ending);
    else if (thread.state === 'ready') this.host.ready(thread);
  }

  dispositionOf(signal: Signal): Disposition {
    return this.dispositions.get(signal) ?? 'default';
  }

  setDisposition(signal: Signal, disposition: Disposition): void {
    if (disposition === 'default') this.dispositions.delete(signal);
    else this.dispositions.set(signal, disposition);
  }

  /** The signals a child ignores from the start because this one does. */
  *ignoredSignals(): Iterable<Signal> {
    for (const [signal, disposition] of this.dispositions) if (disposition === 'ignore') yield signal;
  }

  /** What exec does: caught signals get their default back. */
  forgetHandlers(): void {
    for (const [signal, disposition] of [...this.dispositions])
      if (disposition !== 'ignore') this.dispositions.delete(signal);
    this.caught.length = 0;
  }

  hasCaught(): boolean {
    return this.caught.length > 0;
  }

  takeCaught(): Signal | undefined {
    return this.caught.shift();
  }

  /** A signal arrives. `fromOutside`: its sender is not in the receiver's process space. */
  signal(signal: Signal, fromOutside = false): void {
    if (this.ended) return;
    if (signal === 'CONT') this.resume();
    const disposition = signal === 'KILL' || signal === 'STOP' ? 'default' : this.dispositionOf(signal);
    if (disposition === 'ignore') return;
    if (this.stopped && signal !== 'KILL') return this.keepWhileStopped(signal, fromOutside);
    if (disposition === 'exit') return this.end({ code: 0 });
    if (disposition === 'catch') {
      if (!this.caught.includes(signal)) this.caught.push(signal);
      this.threads[0]?.interrupt();
      return;
    }
    // pid_namespaces(7): the first process of a container gets only what it catches, but for KILL and STOP from outside.
    const protectedFirst = this.space.isFirst(this) && !(fromOutside && (signal === 'KILL' || signal === 'STOP'));
    if (protectedFirst) return;
    const action = defaultAction(signal);
    if (action === 'terminate') this.end({ signal });
    else if (action === 'stop') this.stop(signal);
  }

  /** Ends the process: at once, or after its own running turn. */
  end(status: ExitStatus): void {
    if (this.ending || this.ended) return;
    this.ending = status;
    this.stopped = false;
    if (!this.threads.some((thread) => thread.state === 'running')) this.finish(status);
  }

  private stop(signal: Signal): void {
    if (this.stopped) return;
    this.stopped = true;
    this.stopSignal = signal;
    this.tellParent('stopped');
  }

  private keepWhileStopped(signal: Signal, fromOutside: boolean): void {
    if (this.dispositionOf(signal) === 'default' && defaultAction(signal) === 'stop') return;
    if (!this.pendingWhileStopped.some((kept) => kept.signal === signal))
      this.pendingWhileStopped.push({ signal, fromOutside });
  }

  private resume(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.tellParent('continued');
    for (const { signal, fromOutside } of this.pendingWhileStopped.splice(0)) this.signal(signal, fromOutside);
    for (const thread of this.waitingWhileStopped.splice(0)) this.host.ready(thread);
  }

  private threadEnded(thread: Thread, status: number): void {
    if (thread === this.threads[0]) this.ending ??= { code: status };
    else this.threads.splice(this.threads.indexOf(thread), 1);
  }

  private finish(status: ExitStatus): void {
    if (this.ended) return;
    this.ended = true;
    this.ending = status;
    for (const thread of this.threads) thread.end();
    for (const listener of [...this.listeners]) listener.close();
    this.descriptors.closeAll();
    this.host.ended(this, status);
    this.tellParent('exited');
  }

  private tellParent(news: ChildChange['kind']): void {
    this.news = news;
    const { parent } = this;
    if (!parent || parent.ended) {
      if (this.ended) this.host.reap(this);
      return;
    }
    if (this.ended && parent.dispositionOf('CHLD') === 'ignore') {
      this.host.reap(this);
      parent.childChanged.wakeAll();
      return;
    }
    parent.signal('CHLD');
    parent.childChanged.wakeAll();
  }
}

/** The exit status an error stands for when a thread lets it out, or undefined when it is a defect. */
export function statusOfThrown(error: unknown): ExitStatus | undefined {
  return error instanceof ExitProcess ? { code: error.status & 0xff } : undefined;
}
