import { Cgroup } from './cgroup.js';
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { RunawayTurn } from './kernel.js';
import { LIMITS } from './limits.js';
import type { Process } from './process.js';
import { Process as ProcessClass, type ProcessSpec, statusOfThrown } from './process.js';
import { ProcessSpace } from './process-space.js';
import type { Signal } from './signals.js';
import type { ContainerContext, ExitStatus } from './sys.js';
import type { WindowSize } from './terminal.js';
import { Terminal } from './terminal.js';
import type { Thread } from './thread.js';
import type { Micros } from './time.js';

/** How many turns those who gave theirs up may take before one who used his up gets one. */
const PATIENT_TURNS_MAX = 8;
/** The part of a user's processes from which on Ctrl-C clears the terminal's background. */
const CROWD = 0.75;

/**
 * The kernel's part of one simulated machine: its processes, its one CPU, its terminals. Turns are handed out one
 * after another in virtual time, so that work on a host is bounded however many processes want it.
 */
export class HostKernel {
  readonly kernel: Kernel;
  readonly name: string;
  /** What processes of the host itself, those outside containers, see. */
  readonly context: ContainerContext;
  readonly space = new ProcessSpace(undefined);
  /** The group that all others are below. */
  readonly cgroups: Cgroup;
  private readonly byPid = new Map<number, Process>();
  private readonly spaces = new Map<string, ProcessSpace>();
  private readonly terminals = new Map<number, Terminal>();
  private readonly patient: Thread[] = [];
  private readonly spentTheirTurn: Thread[] = [];
  private patientTurns = 0;
  private dispatching = false;
  private cpuFreeAt: Micros = 0;
  private nextPid = 1;
  private readonly perUser = new Map<number, number>();

  constructor(kernel: Kernel, name: string, context: ContainerContext) {
    this.kernel = kernel;
    this.name = name;
    this.context = context;
    this.cgroups = new Cgroup('', undefined, () => kernel.now());
    kernel.hosts.set(name, this);
  }

  /** Makes a process; it runs when its first thread is started. Throws EAGAIN at the user's limit. */
  create(
    spec: ProcessSpec & {
      cgroup?: Cgroup | undefined;
    },
  ): Process {
    const { uid } = spec.credentials;
    const count = this.perUser.get(uid) ?? 0;
    if (count >= LIMITS.processes_per_user_max) throw new Errno('EAGAIN');
    const entered = spec.parent?.context === spec.context ? undefined : spec.context.cgroup;
    const cgroup = entered ?? spec.cgroup ?? spec.parent?.cgroup ?? this.cgroups;
    if (!cgroup.hasPid()) throw new Errno('EAGAIN');
    const pid = this.nextPid;
    this.nextPid += 1;
    const space = this.spaceOf(spec.container, spec.context);
    const oomScoreAdjust = (entered && spec.context.oomScoreAdjust) ?? spec.parent?.oomScoreAdjust ?? 0;
    const process = new ProcessClass(this, spec, { pid, space, cgroup, oomScoreAdjust });
    cgroup.enter(process);
    this.perUser.set(uid, count + 1);
    this.byPid.set(pid, process);
    space.add(process);
    // The host sees everybody; containers see their own.
    if (space !== this.space) this.space.add(process);
    spec.parent?.children.add(process);
    return process;
  }

  find(pid: number): Process | undefined {
    return this.byPid.get(pid);
  }

  processes(): Iterable<Process> {
    return this.byPid.values();
  }

  /** Sends a signal to every process of a group; false when there is none, not even one that nobody has waited for. */
  signalGroup(group: number, signal: Signal, from?: ProcessSpace): boolean {
    let found = false;
    for (const process of [...this.byPid.values()]) {
      if (process.group !== group) continue;
      found = true;
      process.signal(signal, from !== process.space);
    }
    return found;
  }

  openTerminal(size: WindowSize): Terminal {
    let number = 0;
    while (this.terminals.has(number)) number += 1;
    const terminal = new Terminal(number, size);
    terminal.onSignal = (signal) => {
      if (terminal.foreground !== 0) this.signalGroup(terminal.foreground, signal);
      if (signal === 'INT') this.clearCrowd(terminal);
    };
    terminal.onHangUp = () => {
      const leader = this.byPid.get(terminal.session);
      for (const signal of ['HUP', 'CONT'] as const) leader?.signal(signal, true);
    };
    terminal.onCommandLine = (line) => this.kernel.onCommandLine?.(line);
    this.terminals.set(number, terminal);
    return terminal;
  }

  closeTerminal(terminal: Terminal): void {
    terminal.hangUp();
    this.terminals.delete(terminal.number);
  }

  terminal(number: number): Terminal | undefined {
    return this.terminals.get(number);
  }

  get openTerminals(): Iterable<Terminal> {
    return this.terminals.values();
  }

  /** A thread can go on: it gets a turn when the CPU is free. */
  ready(thread: Thread): void {
    (thread.patient ? this.patient : this.spentTheirTurn).push(thread);
    this.dispatchSoon();
  }

  /** Whether nobody on this host has anything to do at this instant. */
  get idle(): boolean {
    return this.patient.length === 0 && this.spentTheirTurn.length === 0;
  }

  /** Power off: every process is gone at once, without a word. */
  halt(): void {
    for (const process of [...this.byPid.values()]) process.end({ signal: 'KILL' });
  }

  /** What a thrown value makes of its process; anything but an intended exit is a defect of ours and kept. */
  statusOfError(process: Process, error: unknown): ExitStatus {
    const intended = statusOfThrown(error);
    if (intended) return intended;
    if (error instanceof RunawayTurn) throw error;
    this.kernel.crashes.push({ at: this.kernel.now(), host: this.name, command: process.args.join(' '), error });
    return { signal: 'SEGV', core: true };
  }

  /** Called once when a process has ended; its parent has not been told yet. */
  ended(process: Process, status: ExitStatus): void {
    const uid = process.countedFor;
    this.perUser.set(uid, (this.perUser.get(uid) ?? 1) - 1);
    process.cgroup.leave(process);
    this.kernel.trace.record(
      this.kernel.now(),
      'exit',
      `${this.name} ${process.pid} ${'code' in status ? status.code : status.signal}`,
    );
    if (process.space.key !== undefined && process.space.isFirst(process)) {
      for (const other of [...process.space.processes()]) if (other !== process) other.end({ signal: 'KILL' });
    }
    const heir = this.byPid.get(1);
    for (const child of process.children) {
      child.parent = heir === process ? undefined : heir;
      if (child.ended) this.reap(child);
      else heir?.children.add(child);
    }
    process.children.clear();
    const { terminal } = process;
    if (terminal && terminal.session === process.pid) this.hangUpSession(terminal);
  }

  /** Forgets an ended process that its parent has heard of. */
  reap(process: Process): void {
    this.byPid.delete(process.pid);
    process.space.remove(process);
    this.space.remove(process);
    process.parent?.children.delete(process);
    if (process.parent) process.parent.childrenCpu += process.cpu + process.childrenCpu;
  }

  /**
   * Ctrl-C where a user has next to no processes left ends all that run behind the prompt. A real host leaves a fork
   * bomb nothing but a restart to end it; here nobody should lose an attempt to one.
   */
  private clearCrowd({ session, foreground }: Terminal): void {
    const uid = this.byPid.get(session)?.credentials.uid;
    if (uid === undefined || (this.perUser.get(uid) ?? 0) < CROWD * LIMITS.processes_per_user_max) return;
    for (const process of [...this.byPid.values()]) {
      const behind = process.session === session && process.pid !== session && process.group !== foreground;
      if (behind && !process.ended) process.signal('KILL');
    }
  }

  private hangUpSession(terminal: Terminal): void {
    const group = terminal.foreground;
    terminal.session = 0;
    terminal.foreground = 0;
    if (group !== 0) {
      this.signalGroup(group, 'HUP');
      this.signalGroup(group, 'CONT');
    }
  }

  private spaceOf(container: string | undefined, context: ContainerContext): ProcessSpace {
    if (container === undefined || context.processes === this.context.processes) return this.space;
    let space = this.spaces.get(context.processes);
    if (!space) {
      space = new ProcessSpace(context.processes);
      this.spaces.set(context.processes, space);
    }
    return space;
  }

  private dispatchSoon(): void {
    if (this.dispatching) return;
    this.dispatching = true;
    this.kernel.at(Math.max(this.cpuFreeAt, this.kernel.now()), () => this.dispatch());
  }

  private dispatch(): void {
    const thread = this.nextThread();
    const { kernel } = this;
    if (thread && thread.state === 'ready' && !this.isThrottled(thread)) {
      kernel.spent = 0;
      thread.process.run(thread);
      // Never nothing: a program that only yields would hold the clock still.
      const spent = Math.max(kernel.spent, 1);
      kernel.spent = 0;
      thread.process.worked += spent;
      thread.process.cgroup.spend(spent, kernel.now());
      this.cpuFreeAt = kernel.now() + spent;
    }
    this.dispatching = false;
    if (this.patient.length + this.spentTheirTurn.length > 0) this.dispatchSoon();
  }

  /** A thread whose group has used its CPU time waits for the next period. */
  private isThrottled(thread: Thread): boolean {
    const { cgroup } = thread.process;
    const now = this.kernel.now();
    const at = cgroup.runsAt();
    if (at <= now || thread.process.ending) return false;
    cgroup.countThrottled(at - now);
    this.kernel.at(at, () => this.ready(thread));
    return true;
  }

  private nextThread(): Thread | undefined {
    if (this.spentTheirTurn.length > 0 && (this.patient.length === 0 || this.patientTurns >= PATIENT_TURNS_MAX)) {
      this.patientTurns = 0;
      return this.spentTheirTurn.shift();
    }
    this.patientTurns += 1;
    return this.patient.shift();
  }
}
