import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { catalogOf } from './catalog.js';
import { unmetCondition } from './conditions.js';
import { boundTo, comesAfter, pulledIn, required } from './dependencies.js';
import { completeName, loadUnit } from './load-unit.js';
import type { LogWriter } from './log-writer.js';
import type { JobKind, JobResult } from './protocol.js';
import type { Services } from './service.js';
import { Unit } from './unit.js';

/** An operation that cannot be begun. */
export class JobRefused extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** The units of a machine, and what starting and stopping one means for the others. */
export class Manager {
  readonly units = new Map<string, Unit>();
  private readonly sys: Sys;
  private readonly services: Services;
  private readonly log: LogWriter;
  /** Units that something loaded refers to: they keep what was read until a daemon-reload. */
  private readonly referred = new Set<string>();

  constructor(sys: Sys, services: Services, log: LogWriter) {
    this.sys = sys;
    this.services = services;
    this.log = log;
  }

  /** A unit by any of its names, read from its files when nothing keeps it in memory. */
  get(asked: string): Unit {
    const known = this.units.get(asked);
    if (known && (known.active !== 'inactive' || known.working || this.referred.has(known.name))) return known;
    const loaded = loadUnit(this.sys, asked);
    const name = loaded.state === 'loaded' ? loaded.name : asked;
    const unit = this.units.get(name) ?? new Unit(name, loaded);
    if (!this.isKept(unit)) unit.loaded = loaded;
    for (const { path, line, message } of loaded.complaints)
      this.log.manager(`${path}:${line}: ${message}`, { priority: 4 });
    this.units.set(name, unit);
    return unit;
  }

  /** Reads all files again. */
  reload(): void {
    for (const unit of this.units.values()) unit.loaded = loadUnit(this.sys, unit.name);
    this.referred.clear();
    for (const unit of [...this.units.values()]) if (unit.active === 'active') this.refer(unit);
  }

  /** Does one operation on a unit and all that it brings with it. Throws `JobRefused`. */
  *job(kind: JobKind, asked: string): Waiting<JobResult> {
    const unit = this.get(completeName(asked));
    if (kind === 'stop') return yield* this.stop(unit, asked);
    this.demandStartable(unit, asked);
    const running = unit.active === 'active' || unit.active === 'activating';
    if (kind === 'try-restart' && !running) return { unit: unit.name, result: 'done' };
    if (kind === 'isolate') return yield* this.isolate(unit);
    const reloads = unit.loaded.settings.list('Service', 'ExecReload').length > 0;
    if (kind === 'reload') return yield* this.reloadUnit(unit, reloads);
    if (kind === 'reload-or-restart' && running && reloads) return yield* this.reloadUnit(unit, reloads);
    if (kind !== 'start' && running) yield* this.stopOne(unit);
    return yield* this.start(unit);
  }

  /** Starts a unit with everything it wants, each as soon as what it comes after is there. */
  *start(unit: Unit): Waiting<JobResult> {
    const plan = this.closure(unit);
    const done = new Map<Unit, boolean>();
    const progress = new WaitQueue();
    for (const member of plan) {
      const before = plan.filter(
        (other) => other !== member && comesAfter(this.sys, member, other) && !comesAfter(this.sys, other, member),
      );
      const start = function* (this: Manager): Waiting<void> {
        while (!before.every((other) => done.has(other))) yield progress;
        const needed = required(this.sys, member);
        const failed = plan.some((other) => done.get(other) === false && needed.includes(other.name));
        done.set(member, failed ? this.dependencyFailed(member) : yield* this.startOne(member));
        progress.wakeAll();
      };
      this.sys.thread(() => start.call(this));
    }
    while (!done.has(unit)) yield progress;
    if (done.get(unit)) return { unit: unit.name, result: 'done' };
    const { result } = unit;
    if (result === 'dependency') return { unit: unit.name, result: 'dependency' };
    return result === 'success'
      ? { unit: unit.name, result: 'canceled' }
      : { unit: unit.name, result: 'failed', cause: result };
  }

  /** Stops all that runs, those first that come after others. */
  *stopAll(): Waiting<void> {
    const running = [...this.units.values()].filter(({ active }) => active === 'active' || active === 'activating');
    const services = running.filter(({ kind }) => kind === 'service');
    for (const unit of running) if (unit.kind !== 'service') yield* this.stopOne(unit);
    const left = new Set(services);
    while (left.size > 0) {
      const last = [...left].find(
        (unit) => ![...left].some((other) => other !== unit && comesAfter(this.sys, other, unit)),
      );
      const unit = last ?? ([...left][0] as Unit);
      left.delete(unit);
      yield* this.stopOne(unit);
    }
  }

  private isKept(unit: Unit): boolean {
    return this.units.has(unit.name) && (unit.active !== 'inactive' || unit.working || this.referred.has(unit.name));
  }

  private demandStartable(unit: Unit, asked: string): void {
    const name = completeName(asked);
    switch (unit.loaded.state) {
      case 'not-found':
        throw new JobRefused(`Unit ${name} not found.`, 5);
      case 'masked':
        throw new JobRefused(`Unit ${name} is masked.`, 1);
      case 'bad-setting':
        throw new JobRefused(
          `Unit ${name} has a bad unit file setting.\nSee system logs and 'systemctl status ${name}' for details.`,
          1,
        );
      default:
    }
  }

  private closure(unit: Unit): Unit[] {
    const found = new Set<Unit>();
    const add = (member: Unit): void => {
      if (found.has(member) || member.loaded.state !== 'loaded') return;
      found.add(member);
      for (const name of pulledIn(this.sys, member)) {
        const other = this.get(completeName(name));
        this.referred.add(other.name);
        add(other);
      }
    };
    add(unit);
    return [...found];
  }

  private refer(unit: Unit): void {
    for (const name of pulledIn(this.sys, unit)) this.referred.add(completeName(name));
  }

  private dependencyFailed(unit: Unit): boolean {
    unit.result = 'dependency';
    this.log.manager(`Dependency failed for ${unit.title}.`, { unit: unit.name, priority: 4 });
    return false;
  }

  private *startOne(unit: Unit): Waiting<boolean> {
    yield* this.enter(unit);
    try {
      if (unit.active === 'active' || (unit.active === 'activating' && unit.sub !== 'auto-restart')) return true;
      const unmet = unmetCondition(this.sys, unit);
      unit.conditionFailed = unmet;
      if (unmet !== undefined) {
        unit.conditionTime = this.sys.now();
        this.log.manager(`${unit.title} was skipped because of an unmet condition check (${unmet}).`, {
          unit: unit.name,
        });
        return true;
      }
      if (unit.kind === 'service') return yield* this.services.start(unit);
      unit.become(
        'active',
        unit.kind === 'socket'
          ? 'listening'
          : unit.kind === 'mount'
            ? 'mounted'
            : unit.kind === 'timer'
              ? 'waiting'
              : 'active',
        this.sys.now(),
      );
      const verb = unit.kind === 'target' ? 'Reached target' : 'Started';
      this.log.manager(`${verb} ${unit.title}.`, { unit: unit.name, catalog: catalogOf('started', unit.name) });
      return true;
    } finally {
      this.leave(unit);
    }
  }

  private *stop(unit: Unit, asked: string): Waiting<JobResult> {
    if (unit.loaded.state === 'not-found' && unit.active === 'inactive') {
      throw new JobRefused(`Unit ${completeName(asked)} not loaded.`, 5);
    }
    const bound = [...this.units.values()].filter(
      (other) => other.active === 'active' && boundTo(other).includes(unit.name),
    );
    for (const other of bound) yield* this.stopOne(other);
    yield* this.stopOne(unit);
    return { unit: unit.name, result: 'done' };
  }

  private *stopOne(unit: Unit): Waiting<void> {
    // A start that is under way gives up when it sees this.
    unit.stopRequested = true;
    unit.changed.wakeAll();
    yield* this.enter(unit);
    try {
      if (unit.kind === 'service') {
        yield* this.services.stop(unit);
        return;
      }
      if (unit.active === 'inactive') return;
      unit.become('inactive', 'dead', this.sys.now());
      this.log.manager(`Stopped ${unit.kind === 'target' ? 'target ' : ''}${unit.title}.`, { unit: unit.name });
    } finally {
      this.leave(unit);
    }
  }

  private *reloadUnit(unit: Unit, reloads: boolean): Waiting<JobResult> {
    if (!reloads) throw new JobRefused(`Job type reload is not applicable for unit ${unit.name}.`, 1);
    if (unit.active !== 'active') throw new JobRefused(`${unit.name} is not active, cannot reload.`, 1);
    yield* this.enter(unit);
    try {
      const worked = yield* this.services.reload(unit);
      return worked ? { unit: unit.name, result: 'done' } : { unit: unit.name, result: 'failed', cause: 'exit-code' };
    } finally {
      this.leave(unit);
    }
  }

  private *isolate(unit: Unit): Waiting<JobResult> {
    if (!unit.loaded.settings.flag('Unit', 'AllowIsolate', false)) {
      throw new JobRefused('Operation refused, unit may not be isolated.', 1);
    }
    const keep = new Set(this.closure(unit));
    for (const other of [...this.units.values()]) {
      if (!keep.has(other) && (other.active === 'active' || other.active === 'activating')) yield* this.stopOne(other);
    }
    return yield* this.start(unit);
  }

  /** One operation on a unit at a time. */
  private *enter(unit: Unit): Waiting<void> {
    while (unit.working) yield unit.changed;
    unit.working = true;
  }

  private leave(unit: Unit): void {
    unit.working = false;
    unit.changed.wakeAll();
  }
}
