import type { Pod } from '../../api/types/pod.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { isSidecar } from '../status/restart.js';

/**
 * In which order a pod's containers end: sidecars after all main containers, the last sidecar first. They are told all at
 * once; each waits for its turn as long as its grace period lasts (kuberuntime_termination_order.go).
 */
export class TerminationOrder {
  private readonly running: Set<string>;
  private readonly before: ReadonlyMap<string, readonly string[]>;
  private readonly changed = new WaitQueue();

  private constructor(running: Set<string>, before: ReadonlyMap<string, readonly string[]>) {
    this.running = running;
    this.before = before;
  }

  /** Undefined for a pod without sidecars: there is nothing to wait for. */
  static of({ spec }: Pod, running: Set<string>): TerminationOrder | undefined {
    const sidecars = (spec.initContainers ?? []).filter(isSidecar).toReversed();
    if (sidecars.length === 0) return undefined;
    const mains = spec.containers.map(({ name }) => name);
    const later = (index: number) => sidecars[index - 1]?.name ?? [];
    return new TerminationOrder(
      running,
      new Map(sidecars.map(({ name }, index) => [name, mains.concat(later(index))])),
    );
  }

  /** Waits until those before a container have ended, at most so long; returns whole seconds waited. */
  *turnOf(sys: Sys, name: string, graceSeconds: number): Waiting<number> {
    const from = sys.now();
    const until = from + graceSeconds * SECOND;
    const mustEnd = this.before.get(name) ?? [];
    while (mustEnd.some((other) => this.running.has(other)) && sys.now() < until)
      yield { queues: [this.changed], until };
    return Math.floor((sys.now() - from) / SECOND);
  }

  ended(name: string): void {
    this.running.delete(name);
    this.changed.wakeAll();
  }
}
