import type { KubeObject } from '../api/object.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { WaitQueue } from '../kernel/wait.js';
import type { ApiClient, ListOptions, ResourceType } from './client.js';
import type { Informer } from './informer.js';
import { ObjectCache } from './object-cache.js';
import { type OnReflectorError, reflect } from './reflector.js';

/** What an informer is narrowed to. */
export type InformerScope = Pick<ListOptions, 'namespace' | 'labelSelector' | 'fieldSelector'>;

/** Shared informers of one process: each resource is listed and watched once, by a thread of its own. */
export class InformerFactory {
  private readonly sys: Pick<Sys, 'now' | 'charge' | 'sleep' | 'random' | 'thread'>;
  private readonly client: ApiClient;
  private readonly onError: OnReflectorError;
  private readonly informers = new Map<string, SyncedCache>();
  private readonly pending: (() => void)[] = [];
  private readonly changed = new WaitQueue();
  private started = false;

  constructor(
    sys: Pick<Sys, 'now' | 'charge' | 'sleep' | 'random' | 'thread'>,
    client: ApiClient,
    onError: OnReflectorError = () => {},
  ) {
    this.sys = sys;
    this.client = client;
    this.onError = onError;
  }

  /** The informer of a resource; the same scope gives the same informer. It runs once `start` was called. */
  informer<T extends KubeObject>(type: ResourceType, scope: InformerScope = {}): Informer<T> {
    const name = [
      type.group,
      type.version,
      type.resource,
      scope.namespace,
      scope.labelSelector,
      scope.fieldSelector,
    ].join('|');
    const existing = this.informers.get(name);
    if (existing) return existing as unknown as Informer<T>;
    const cache = new SyncedCache(this.changed);
    this.informers.set(name, cache);
    const run = () => this.sys.thread(() => reflect(this.sys, this.client, type, scope, cache, this.onError));
    if (this.started) run();
    else this.pending.push(run);
    return cache as unknown as Informer<T>;
  }

  /** Starts all informers asked for so far; those asked for later start at once. */
  start(): void {
    this.started = true;
    for (const run of this.pending.splice(0)) run();
  }

  /** Waits until every informer asked for so far has made its first list. */
  *waitForCaches(): Waiting<void> {
    const wanted = [...this.informers.values()];
    while (wanted.some((cache) => !cache.synced)) yield this.changed;
  }
}

class SyncedCache extends ObjectCache {
  private readonly changed: WaitQueue;

  constructor(changed: WaitQueue) {
    super();
    this.changed = changed;
  }

  override replace(objects: readonly KubeObject[]): void {
    const first = !this.synced;
    super.replace(objects);
    if (first) this.changed.wakeAll();
  }
}
