import type { Act, Deed } from './deed.js';
import { pathOf } from './draw/objects.js';
import type { Outside } from './outside.js';
import type { Watcher } from './watcher.js';

/** Plays journals; knows what is broken, so that it can be mended. */
export class Player {
  /** Who mends what, by the fault. */
  readonly broken = new Map<string, { readonly host: string; readonly repair: string }>();
  /** Hosts that were switched off. */
  readonly lost = new Set<string>();
  /** Requests by the status that they were answered with; 0 when nobody answered. */
  readonly statuses = new Map<number, number>();

  constructor(
    private readonly outside: Outside,
    private readonly watcher: Watcher,
  ) {}

  play({ after, deed }: Act): void {
    // In small steps, so that watches that ended are opened soon.
    for (let second = 0; second < after; second += 1) {
      this.outside.advance(1);
      this.watcher.reopen();
    }
    this.perform(deed);
  }

  /** Mends a fault, if it is there. */
  repair(fault: string): void {
    const broken = this.broken.get(fault);
    this.broken.delete(fault);
    if (broken && !this.lost.has(broken.host)) this.outside.type(broken.host, broken.repair);
  }

  ask(method: string, target: string, body?: object): number {
    const { status } = this.outside.ask(method, target, body);
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    return status;
  }

  private perform(deed: Deed): void {
    switch (deed.kind) {
      case 'request':
        this.ask(deed.method, deed.target, deed.body);
        return;
      case 'pod':
        return this.toPod(deed);
      case 'fault':
        if (this.lost.has(deed.host)) return;
        if (deed.repair !== undefined) this.broken.set(deed.fault, { host: deed.host, repair: deed.repair });
        if (deed.script === 'poweroff') this.lost.add(deed.host);
        return this.outside.type(deed.host, deed.script);
      case 'repair':
        return this.repair(deed.fault);
      default:
        return this.outside.type('controlplane', deed.script);
    }
  }

  private toPod({ how, namespace, nth }: Extract<Deed, { kind: 'pod' }>): void {
    const pods = [...(this.watcher.view['pods']?.values() ?? [])].filter(
      ({ metadata }) => metadata.namespace === namespace,
    );
    const names = pods.map(({ metadata }) => metadata.name ?? '').sort();
    const name = names[nth % names.length];
    if (name === undefined) return;
    const target = pathOf('pods', namespace, name);
    if (how === 'evict') {
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
      this.ask('POST', `${target}/eviction`, eviction);
    } else this.ask('DELETE', target, how === 'delete' ? {} : { gracePeriodSeconds: 0 });
  }
}
