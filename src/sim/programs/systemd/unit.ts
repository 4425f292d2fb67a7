import type { Micros } from '../../kernel/time.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { LoadedUnit } from './load-unit.js';
import type { ActiveState, ExitView, Result } from './protocol.js';
import { parseSpan } from './time-span.js';

/** A unit in memory: what its files said when they were read, and what has become of it. */
export class Unit {
  readonly name: string;
  loaded: LoadedUnit;
  active: ActiveState = 'inactive';
  sub = 'dead';
  result: Result = 'success';
  since: Micros | undefined;
  activeSince: Micros | undefined;
  inactiveSince: Micros | undefined;
  mainPid: number | undefined;
  mainExit: ExitView | undefined;
  exits: ExitView[] = [];
  restarts = 0;
  invocation = '';
  conditionFailed: string | undefined;
  conditionTime: Micros | undefined;
  /** Leaders of the sessions that its commands were started in: their processes are the unit's. */
  sessions = new Set<number>();
  /** CPU time of its processes that have ended. */
  cpuEnded: Micros = 0;
  /** Instants of recent starts, for the start limit. */
  starts: Micros[] = [];
  /** Counts starts and stops, so that whoever watches an earlier life of it knows that it is over. */
  life = 0;
  /** A process of it said READY=1. */
  ready = false;
  stopRequested = false;
  working = false;
  /** Woken whenever something here changes. */
  readonly changed = new WaitQueue();

  constructor(name: string, loaded: LoadedUnit) {
    this.name = name;
    this.loaded = loaded;
  }

  get kind(): string {
    return this.name.slice(this.name.lastIndexOf('.') + 1);
  }

  get description(): string {
    return this.loaded.settings.get('Unit', 'Description') ?? this.name;
  }

  /** What log lines call it: `kubelet.service - kubelet: The Kubernetes Node Agent`. */
  get title(): string {
    const { description } = this;
    return description === this.name ? this.name : `${this.name} - ${description}`;
  }

  get type(): string {
    return this.loaded.settings.get('Service', 'Type') ?? 'simple';
  }

  /** Moves to another state; woken are all who wait for it. */
  become(active: ActiveState, sub: string, now: Micros): void {
    if (this.active !== active) {
      this.since = now;
      if (active === 'active') this.activeSince = now;
      if (active === 'inactive' || active === 'failed') this.inactiveSince = now;
    }
    this.active = active;
    this.sub = sub;
    this.changed.wakeAll();
  }

  /** A span setting of its service section. */
  span(key: string, otherwise: Micros): Micros {
    const text = this.loaded.settings.get('Service', key);
    return (text === undefined ? undefined : parseSpan(text)) ?? otherwise;
  }
}
