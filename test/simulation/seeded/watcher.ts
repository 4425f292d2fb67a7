import type { KubeObject } from '../../../src/sim/api/object.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { type ClusterView, placeOf, WATCHED } from './cluster-view.js';
import type { Outside } from './outside.js';

/** For how long somebody may go on by what is no longer so: watchers are told after a second at most. */
const MOMENT = 2 * SECOND;
/** Seconds. */
const FOR_EVER = 10_000_000;

/** A change that a watcher was told of. */
export interface Told {
  readonly plural: string;
  readonly before: KubeObject | undefined;
  /** Undefined when it is gone. */
  readonly after: KubeObject | undefined;
  /** Versions of objects that newer ones replaced within the last moment. */
  readonly lately?: readonly KubeObject[];
}

interface Event {
  readonly type: string;
  readonly object: KubeObject;
}

/** Watches every kind as a client does: when a server goes away it begins anew. What it knows is what it was told. */
export class Watcher {
  private readonly known: Record<string, Map<string, KubeObject>> = {};
  private readonly closed = new Set<string>();
  private replaced: { readonly at: number; readonly object: KubeObject }[] = [];

  constructor(
    private readonly outside: Outside,
    private readonly hears: (told: Told, view: ClusterView) => void,
  ) {
    for (const plural of Object.keys(WATCHED)) this.open(plural);
  }

  get view(): ClusterView {
    return this.known;
  }

  /** Opens again what was closed. */
  reopen(): void {
    for (const plural of [...this.closed]) this.open(plural);
  }

  get isWhole(): boolean {
    return this.closed.size === 0;
  }

  private lately(before: KubeObject | undefined): KubeObject[] {
    const now = this.outside.machine.now();
    this.replaced = this.replaced.filter(({ at }) => at >= now - MOMENT);
    if (before) this.replaced.push({ at: now, object: before });
    return this.replaced.map(({ object }) => object);
  }

  private open(plural: string): void {
    this.closed.delete(plural);
    const known = new Map<string, KubeObject>();
    const old = this.known[plural];
    this.known[plural] = known;
    const took = ({ type, object }: Event): void => {
      if (type === 'ERROR') return;
      const place = placeOf(object);
      const before = known.get(place) ?? old?.get(place);
      old?.delete(place);
      const after = type === 'DELETED' ? undefined : object;
      if (after) known.set(place, after);
      else known.delete(place);
      this.hears({ plural, before, after, lately: this.lately(before) }, this.known);
    };
    const target = `${WATCHED[plural]}?watch=true&timeoutSeconds=${FOR_EVER}`;
    this.outside.follow(
      target,
      (event) => took(event as Event),
      () => this.closed.add(plural),
    );
  }
}
