import type { Cgroup } from '../cgroup.js';
import { Errno } from '../errno.js';
import type { OutsideCall, OutsideCallAnswer } from '../outside-calls.js';
import type { Process } from '../process.js';
import type { OutsideAnswer, OutsideQuestion } from '../questions.js';
import type { Random } from '../random.js';
import type { Disposition, Signal } from '../signals.js';
import { ExitProcess } from '../sys.js';
import type { Micros } from '../time.js';
import type { Waiting } from '../wait.js';

/** What a shell says of a process that was killed: 128 and the number of KILL. */
export const KILLED = 137;

/** The system calls about time, cost and signals, and what all the others build on. */
export class BaseCalls {
  protected readonly process: Process;

  constructor(process: Process) {
    this.process = process;
  }

  get pid(): number {
    return this.process.space.local(this.process.pid);
  }

  get parent(): number {
    const { parent, space } = this.process;
    return parent ? space.local(parent.pid) : 0;
  }

  get args(): readonly string[] {
    return this.process.args;
  }

  get environment(): Map<string, string> {
    return this.process.environment;
  }

  now(): Micros {
    return this.process.host.kernel.now();
  }

  monotonic(): Micros {
    const { kernel } = this.process.host;
    return kernel.now() - kernel.slept;
  }

  charge(micros: Micros): boolean {
    const over = this.process.host.kernel.charge(micros);
    return over || this.process.ending !== undefined || this.process.stopped || this.process.hasCaught();
  }

  *sleep(span: Micros): Waiting<void> {
    const until = this.now() + span;
    while (this.now() < until) yield { until };
  }

  times(): { own: Micros; children: Micros } {
    return { own: this.process.cpu + this.process.host.kernel.spent, children: this.process.childrenCpu };
  }

  holdMemory(bytes: number): void {
    const { process } = this;
    process.cgroup.hold(process, bytes);
    if (process.ending) throw new ExitProcess(KILLED);
  }

  memoryMax(): number | undefined {
    return this.process.cgroup.memoryMax;
  }

  controlGroups(): Cgroup {
    if (this.process.credentials.uid !== 0) throw new Errno('EPERM');
    return this.process.host.cgroups;
  }

  random(): Random {
    const { host, pid, args } = this.process;
    return host.kernel.random.fork(`${host.name}/${args[0] ?? ''}/${pid}`);
  }

  onSignal(signal: Signal, disposition: Disposition): void {
    this.process.setDisposition(signal, disposition);
  }

  dispositionOf(signal: Signal): Disposition {
    return this.process.dispositionOf(signal);
  }

  /** Lets a call of this name through, or not (seccomp). Throws what the filter says. */
  protected sift(call: string): void {
    const verdict = this.process.context.seccomp?.(call);
    if (verdict === undefined) return;
    if (verdict !== 'kill') throw new Errno(verdict);
    this.process.end({ signal: 'SYS' });
    throw new ExitProcess(0);
  }

  takeSignal(): Signal | undefined {
    return this.process.takeCaught();
  }

  hasOwnEditor(): boolean {
    return this.process.host.kernel.questions.onAsk !== undefined;
  }

  askOutside(question: OutsideQuestion): Waiting<OutsideAnswer> {
    return this.process.host.kernel.questions.ask(question);
  }

  callOutside(call: OutsideCall): Waiting<OutsideCallAnswer | undefined> {
    return this.process.host.kernel.outsideCalls.call(call);
  }
}
