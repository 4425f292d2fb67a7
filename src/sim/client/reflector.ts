import type { KubeObject } from '../api/object.js';
import { hasReason } from '../api/status.js';
import type { Sys } from '../kernel/sys.js';
import { MILLISECOND, type Micros, SECOND } from '../kernel/time.js';
import { PREEMPT, type Waiting } from '../kernel/wait.js';
import type { ApiClient, ListOptions, ResourceType, WatchEvent } from './client.js';
import type { ObjectCache } from './object-cache.js';

/** What a reflector needs of its process. */
export type ReflectorSys = Pick<Sys, 'now' | 'charge' | 'sleep' | 'random'>;

/** Told when a list or watch failed and will be tried again. */
export type OnReflectorError = (type: ResourceType, step: 'list' | 'watch', error: unknown) => void;

/** Back-off of client-go's reflector: 0.8 s doubling to 30 s with jitter, from the start again after two quiet minutes. */
const BACKOFF_FIRST = 800 * MILLISECOND;
const BACKOFF_MAX = 30 * SECOND;
const BACKOFF_RESET = 120 * SECOND;
/** CPU time one event costs its reader. */
const EVENT_COST = 20;

class Backoff {
  private span = BACKOFF_FIRST;
  private last: Micros | undefined;

  next(sys: ReflectorSys): Micros {
    const now = sys.now();
    if (this.last !== undefined && now - this.last > BACKOFF_RESET) this.span = BACKOFF_FIRST;
    this.last = now;
    const span = Math.floor(this.span * (1 + sys.random().fraction()));
    this.span = Math.min(BACKOFF_MAX, this.span * 2);
    return span;
  }
}

/** Keeps a cache like what the server has, for ever: lists, watches, lists again when the history was cut. */
export function* reflect<T extends KubeObject>(
  sys: ReflectorSys,
  client: ApiClient,
  type: ResourceType,
  options: ListOptions,
  cache: ObjectCache<T>,
  onError: OnReflectorError,
): Waiting<void> {
  const backoff = new Backoff();
  for (;;) {
    let version: string;
    try {
      const list = yield* client.list<T>(type, { ...options, resourceVersion: '0' });
      if (sys.charge(EVENT_COST * (list.items.length + 1))) yield PREEMPT;
      cache.replace(list.items);
      version = list.metadata.resourceVersion;
      cache.version = version;
    } catch (error) {
      onError(type, 'list', error);
      yield* sys.sleep(backoff.next(sys));
      continue;
    }
    yield* watchOn(sys, client, type, options, cache, version, backoff, onError);
  }
}

/** Watches from a version on until a new list is needed. A watch that just ends is resumed where it ended. */
function* watchOn<T extends KubeObject>(
  sys: ReflectorSys,
  client: ApiClient,
  type: ResourceType,
  options: ListOptions,
  cache: ObjectCache<T>,
  from: string,
  backoff: Backoff,
  onError: OnReflectorError,
): Waiting<void> {
  let version = from;
  for (;;) {
    try {
      const started = sys.now();
      const watch = yield* client.watch<T>(type, { ...options, resourceVersion: version });
      for (;;) {
        const event = yield* watch.events.receive();
        if (event === 'end') break;
        if (event.type === 'ERROR') return;
        applyEvent(cache, event);
        version = event.object.metadata.resourceVersion ?? version;
        cache.version = version;
        if (sys.charge(EVENT_COST)) yield PREEMPT;
      }
      // A server that ends watches at once is not asked in a circle.
      if (sys.now() - started < SECOND) yield* sys.sleep(backoff.next(sys));
    } catch (error) {
      if (hasReason(error, 'Expired') || hasReason(error, 'Gone')) return;
      onError(type, 'watch', error);
      yield* sys.sleep(backoff.next(sys));
    }
  }
}

function applyEvent<T extends KubeObject>(cache: ObjectCache<T>, event: WatchEvent<T>): void {
  if (event.type === 'DELETED') cache.remove(event.object);
  else if (event.type !== 'BOOKMARK') cache.put(event.object);
}
