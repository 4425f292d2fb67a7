import type { OutsideCall, OutsideCallAnswer } from '../outside-calls.js';
import type { Process } from '../process.js';
import type { OutsideAnswer, OutsideQuestion } from '../questions.js';
import type { Random } from '../random.js';
import type { Disposition, Signal } from '../signals.js';
import type { Micros } from '../time.js';
import type { Waiting } from '../wait.js';

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
