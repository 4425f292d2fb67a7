import { COPIED_KIB, type Footprint } from './footprint.js';
import type { Process } from './process.js';
import type { Micros } from './time.js';

const KIBIBYTE = 1024;
const CPU_PERIOD: Micros = 100_000;
/** The victim of a badness that nothing can raise (OOM_SCORE_ADJ_MIN). */
const NEVER_KILLED = -1000;

/** The limits of a group; undefined is `max`. */
export interface CgroupLimits {
  readonly memoryMax?: number | undefined;
  /** CPU time in each period. */
  readonly cpuQuota?: Micros | undefined;
  readonly cpuPeriod?: Micros | undefined;
  readonly cpuWeight?: number | undefined;
  readonly pidsMax?: number | undefined;
  /** Whoever is chosen in this group takes all others in it along (memory.oom.group). */
  readonly oomGroup?: boolean | undefined;
}

/**
 * A control group, as cgroup v2 has them: what the processes in it and below it use, and what they may use. Counts are
 * kept when something changes, so a group at rest costs nothing.
 */
export class Cgroup {
  readonly name: string;
  readonly parent: Cgroup | undefined;
  readonly children = new Map<string, Cgroup>();
  readonly processes = new Set<Process>();
  limits: CgroupLimits = {};
  memory = 0;
  memoryPeak = 0;
  pids = 0;
  /** Times that memory.max was reached with nothing to reclaim, and processes killed for it. */
  oom = 0;
  oomKills = 0;
  periods = 0;
  throttled = 0;
  throttledTime: Micros = 0;
  /** Hears of kills in this group. */
  onOomKill: (() => void) | undefined;
  /** Hears who was killed because this very group had reached its limit. */
  onVictim: ((victim: Process) => void) | undefined;
  private periodEndsAt: Micros = 0;
  private spentInPeriod: Micros = 0;
  private readonly clock: () => Micros;
  /** CPU time until `countedAt`, and the thousandths of a core that upkeep has taken since. */
  private counted: Micros = 0;
  private countedAt: Micros;
  private upkeep = 0;

  /** `clock` is asked how long upkeep has gone on. */
  constructor(name: string, parent: Cgroup | undefined, clock: () => Micros) {
    this.name = name;
    this.parent = parent;
    this.clock = clock;
    this.countedAt = clock();
    parent?.children.set(name, this);
  }

  get path(): string {
    return this.parent === undefined ? '/' : `${this.parent.parent ? this.parent.path : ''}/${this.name}`;
  }

  /** CPU time that was used here and below. */
  get cpu(): Micros {
    return this.counted + upkeepOver(this.upkeep, this.clock() - this.countedAt);
  }

  /** The group of a path below this one, made where it is missing. */
  below(path: string): Cgroup {
    let at: Cgroup = this;
    for (const name of path.split('/').filter(Boolean)) at = at.children.get(name) ?? new Cgroup(name, at, this.clock);
    return at;
  }

  /** The group of a path below this one. */
  find(path: string): Cgroup | undefined {
    let at: Cgroup | undefined = this;
    for (const name of path.split('/').filter(Boolean)) at = at?.children.get(name);
    return at;
  }

  /** Takes the group away; what it counted stays with those above, as the kernel keeps it. */
  remove(): void {
    this.parent?.children.delete(this.name);
  }

  *lineage(): Iterable<Cgroup> {
    for (let at: Cgroup | undefined = this; at; at = at.parent) yield at;
  }

  /** The smallest limit of memory that counts here. */
  get memoryMax(): number | undefined {
    const limits = [...this.lineage()].flatMap(({ limits: { memoryMax } }) => memoryMax ?? []);
    return limits.length === 0 ? undefined : Math.min(...limits);
  }

  /** Whether one more process may be made here. */
  hasPid(): boolean {
    for (const { limits, pids } of this.lineage())
      if (limits.pidsMax !== undefined && pids >= limits.pidsMax) return false;
    return true;
  }

  enter(process: Process): void {
    this.processes.add(process);
    process.ownBytes = COPIED_KIB * KIBIBYTE;
    for (const group of this.lineage()) {
      group.pids += 1;
      group.add(process.ownBytes);
    }
  }

  /** A process becomes another program: what it held is gone. Who is killed for it has its end decided afterwards. */
  load(process: Process, footprint: Footprint): void {
    process.footprint = footprint;
    this.keepUp(process, footprint.upkeep ?? 0);
    const change = footprint.own * KIBIBYTE - process.ownBytes - process.heldBytes;
    process.ownBytes = footprint.own * KIBIBYTE;
    process.heldBytes = 0;
    this.charge(change);
  }

  leave(process: Process): void {
    if (!this.processes.delete(process)) return;
    this.release(process);
    this.keepUp(process, 0);
    for (const group of this.lineage()) group.pids -= 1;
  }

  /** A process holds so many bytes from now on. Whoever is killed for it has its end decided when this returns. */
  hold(process: Process, bytes: number): void {
    const change = bytes - process.heldBytes;
    process.heldBytes = bytes;
    this.charge(change);
  }

  /** Memory of the group that is no process's: files in a memory file system. */
  charge(bytes: number): void {
    for (const group of this.lineage()) group.add(bytes);
    if (bytes > 0) this.enforce();
  }

  /** CPU time that a process here has used. */
  spend(micros: Micros, now: Micros): void {
    for (let group: Cgroup | undefined = this; group; group = group.parent) {
      group.counted += micros;
      if (group.limits.cpuQuota !== undefined) group.countPeriod(micros, now);
    }
  }

  /** CPU time that was used here by nobody who runs in this kernel: it counts, and keeps no process waiting. */
  account(micros: Micros): void {
    for (const group of this.lineage()) group.counted += micros;
  }

  /** The CPU time that processes here may use in a span. */
  share(span: Micros): Micros {
    let least = Number.POSITIVE_INFINITY;
    for (const { limits } of this.lineage())
      if (limits.cpuQuota !== undefined)
        least = Math.min(least, (limits.cpuQuota / (limits.cpuPeriod ?? CPU_PERIOD)) * span);
    return Math.floor(least);
  }

  /** The instant from which processes here may go on; a past one when they may at once. */
  runsAt(): Micros {
    let at = 0;
    // Asked before every turn, as `spend` is after it: no generator.
    for (let group: Cgroup | undefined = this; group; group = group.parent) {
      const { cpuQuota } = group.limits;
      if (cpuQuota === undefined || group.spentInPeriod < cpuQuota) continue;
      const owed = Math.floor(group.spentInPeriod / cpuQuota) - 1;
      at = Math.max(at, group.periodEndsAt + owed * (group.limits.cpuPeriod ?? CPU_PERIOD));
    }
    return at;
  }

  /** What has to be told of a thread that was kept waiting. */
  countThrottled(span: Micros): void {
    for (const group of this.lineage()) {
      const { cpuQuota } = group.limits;
      if (cpuQuota === undefined || group.spentInPeriod < cpuQuota) continue;
      group.throttled += 1;
      group.throttledTime += span;
    }
  }

  /** The upkeep of a process changes. */
  private keepUp(process: Process, upkeep: number): void {
    const change = upkeep - process.upkeep;
    if (change === 0) return;
    const now = this.clock();
    process.worked += upkeepOver(process.upkeep, now - process.upkeepSince);
    process.upkeep = upkeep;
    process.upkeepSince = now;
    for (const group of this.lineage()) {
      group.counted = group.cpu;
      group.countedAt = now;
      group.upkeep += change;
    }
  }

  private countPeriod(micros: Micros, now: Micros): void {
    const period = this.limits.cpuPeriod ?? CPU_PERIOD;
    if (now >= this.periodEndsAt) {
      this.periods += 1;
      const since = now - this.periodEndsAt;
      // What was used beyond the quota in one turn is owed by the periods that follow.
      const passed = this.periodEndsAt === 0 ? 1 : 1 + Math.floor(since / period);
      this.spentInPeriod = Math.max(0, this.spentInPeriod - passed * (this.limits.cpuQuota ?? 0));
      this.periodEndsAt = now - (this.periodEndsAt === 0 ? 0 : since % period) + period;
    }
    this.spentInPeriod += micros;
  }

  private add(bytes: number): void {
    this.memory = Math.max(0, this.memory + bytes);
    this.memoryPeak = Math.max(this.memoryPeak, this.memory);
  }

  private enforce(): void {
    for (const group of this.lineage()) {
      const { memoryMax } = group.limits;
      while (memoryMax !== undefined && group.memory > memoryMax) {
        group.oom += 1;
        if (!killOne(group)) break;
      }
    }
  }

  private release(process: Process): void {
    for (const group of this.lineage()) group.add(-process.ownBytes - process.heldBytes);
    process.ownBytes = 0;
    process.heldBytes = 0;
  }

  /** Kills a process for want of memory; its memory is free at once (the kernel's reaper). */
  kill(process: Process): void {
    this.release(process);
    for (const group of this.lineage()) group.oomKills += 1;
    process.end({ signal: 'KILL' });
  }

  /** All processes of the group and below. */
  *all(): Iterable<Process> {
    yield* this.processes;
    for (const child of this.children.values()) yield* child.all();
  }
}

/** CPU time that so many thousandths of a core come to in a span. */
export function upkeepOver(upkeep: number, span: Micros): Micros {
  return upkeep === 0 ? 0 : Math.floor((upkeep * span) / 1000);
}

/** Kills whoever is worst in a group, and all others of its own group where that is wanted; false when nobody is left. */
function killOne(group: Cgroup): boolean {
  const total = group.limits.memoryMax ?? 0;
  let victim: Process | undefined;
  let worst = 0;
  for (const process of group.all()) {
    if (process.ending || process.oomScoreAdjust === NEVER_KILLED) continue;
    const badness = Math.max(1, process.ownBytes + process.heldBytes + (process.oomScoreAdjust * total) / 1000);
    if (badness <= worst) continue;
    worst = badness;
    victim = process;
  }
  if (!victim) return false;
  const own = victim.cgroup;
  const whole = [...own.lineage()].find((at) => at.limits.oomGroup);
  const dying = whole ? [...whole.all()].filter(({ ending }) => !ending) : [victim];
  for (const process of dying) process.cgroup.kill(process);
  (whole ?? own).onOomKill?.();
  group.onVictim?.(victim);
  return true;
}
