import type { Process } from './process.js';

/**
 * A pid namespace: the host's own, or a container's, whose processes see only each other and count from 1.
 */
export class ProcessSpace {
  /** Undefined for the host's own. */
  readonly key: string | undefined;
  private readonly byLocal = new Map<number, Process>();
  private readonly localByPid = new Map<number, number>();
  private nextLocal = 1;

  constructor(key: string | undefined) {
    this.key = key;
  }

  add(process: Process): void {
    const local = this.key === undefined ? process.pid : this.nextLocal;
    this.nextLocal += 1;
    this.byLocal.set(local, process);
    this.localByPid.set(process.pid, local);
  }

  remove(process: Process): void {
    this.byLocal.delete(this.localByPid.get(process.pid) ?? process.pid);
    this.localByPid.delete(process.pid);
  }

  /** The process seen under a number from within. */
  find(local: number): Process | undefined {
    return this.byLocal.get(local);
  }

  /** The number seen from within for a host's pid or group; 0 when it cannot be seen. */
  local(pid: number): number {
    return this.key === undefined ? pid : (this.localByPid.get(pid) ?? 0);
  }

  /** The host's number for a pid or group seen from within. */
  global(local: number): number {
    if (this.key === undefined) return local;
    return this.byLocal.get(local)?.pid ?? -1;
  }

  isFirst(process: Process): boolean {
    return this.localByPid.get(process.pid) === 1;
  }

  processes(): Iterable<Process> {
    return this.byLocal.values();
  }
}
