import type { KubeObject } from '../api/object.js';
import { configMapNames, secretNames } from '../api/pod-references.js';
import { hasReason, notFound, StatusError } from '../api/status.js';
import type { ConfigMap, Secret } from '../api/types/config.js';
import type { Pod } from '../api/types/pod.js';
import type { ApiClient, ResourceType, Watch } from '../client/client.js';
import { RESOURCES } from '../client/resource-types.js';
import { isErrno } from '../kernel/errno.js';
import { TlsError } from '../kernel/network.js';
import type { Sys } from '../kernel/sys.js';
import { type Micros, SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';

const CONFIG_MAPS: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
};
const RETRY: Micros = 5 * SECOND;

interface Entry {
  object: KubeObject | undefined;
  /** How far the object is known: where the next watch begins. Moves with bookmarks too, or it would fall out of history. */
  version: string;
  watched: boolean;
  /** No pod uses it any more: nobody asks this entry again, and it is not followed. */
  dropped: boolean;
  watch?: Watch;
}

/**
 * ConfigMaps and Secrets that pods on this node use. Each is fetched when first asked for and then watched by its name
 * (kubelet's watch-based manager), so that asking again costs nothing. One whose last pod went is forgotten: a node may not
 * watch it then, so that what is known of it grows old.
 */
export class ObjectCache {
  private readonly sys: Sys;
  private readonly client: ApiClient;
  private readonly entries = new Map<string, Entry>();
  private readonly changed: () => void;

  /** `changed` is called when an object that was asked for is not what it was. */
  constructor(sys: Sys, client: ApiClient, changed: () => void) {
    this.sys = sys;
    this.client = client;
    this.changed = changed;
  }

  /** Throws `StatusError`, or what the transport throws. */
  configMap(namespace: string, name: string): Waiting<ConfigMap> {
    return this.get<ConfigMap>(CONFIG_MAPS, namespace, name);
  }

  secret(namespace: string, name: string): Waiting<Secret> {
    return this.get<Secret>(RESOURCES.secrets, namespace, name);
  }

  /** Forgets what none of these pods uses. */
  keepFor(pods: readonly Pod[]): void {
    const used = new Set(
      pods.flatMap((pod) => [
        ...configMapNames(pod).map((name) => keyOf(CONFIG_MAPS, pod.metadata.namespace ?? '', name)),
        ...secretNames(pod).map((name) => keyOf(RESOURCES.secrets, pod.metadata.namespace ?? '', name)),
      ]),
    );
    for (const [key, entry] of this.entries) {
      if (used.has(key)) continue;
      this.entries.delete(key);
      entry.dropped = true;
      entry.watch?.cancel();
    }
  }

  private *get<T extends KubeObject>(type: ResourceType, namespace: string, name: string): Waiting<T> {
    const key = keyOf(type, namespace, name);
    const entry: Entry = this.entries.get(key) ?? { object: undefined, version: '', watched: false, dropped: false };
    this.entries.set(key, entry);
    if (entry.watched && entry.object) return entry.object as T;
    yield* this.fetch(type, namespace, name, entry);
    // kubelet's own cache answers, and calls the kind by its singular.
    if (!entry.object) throw new StatusError(notFound({ group: '', resource: type.kind.toLowerCase() }, name));
    if (!entry.watched) {
      entry.watched = true;
      this.sys.thread(() => this.follow(type, namespace, name, entry));
    }
    return entry.object as T;
  }

  /** Throws what the client throws. */
  private *fetch(type: ResourceType, namespace: string, name: string, entry: Entry): Waiting<void> {
    const list = yield* this.client.list(type, { namespace, fieldSelector: `metadata.name=${name}` });
    entry.object = list.items[0];
    entry.version = list.metadata.resourceVersion;
  }

  /** Watches until nobody uses the object. A watch that just ends is resumed where it ended, or the object would grow old. */
  private *follow(type: ResourceType, namespace: string, name: string, entry: Entry): Waiting<void> {
    let cut = false;
    while (!entry.dropped) {
      try {
        if (cut) yield* this.refetch(type, namespace, name, entry);
        const started = this.sys.now();
        const fieldSelector = `metadata.name=${name}`;
        const watch = yield* this.client.watch(type, { namespace, fieldSelector, resourceVersion: entry.version });
        cut = yield* this.take(watch, entry);
        // A server that ends watches at once is not asked in a circle.
        if (cut || this.sys.now() - started < SECOND) yield* this.sys.sleep(SECOND);
      } catch (error) {
        if (!(error instanceof StatusError) && !isErrno(error) && !(error instanceof TlsError)) throw error;
        cut ||= hasReason(error, 'Expired') || hasReason(error, 'Gone');
        yield* this.sys.sleep(RETRY);
      }
    }
  }

  /** Takes what a watch tells until it ends. Gives whether the history was cut, so that the object must be fetched anew. */
  private *take(watch: Watch, entry: Entry): Waiting<boolean> {
    entry.watch = watch;
    if (entry.dropped) watch.cancel();
    for (;;) {
      const event = yield* watch.events.receive();
      if (event === 'end') return false;
      if (event.type === 'ERROR') return true;
      entry.version = event.object.metadata.resourceVersion ?? entry.version;
      if (event.type === 'BOOKMARK') continue;
      entry.object = event.type === 'DELETED' ? undefined : event.object;
      this.changed();
    }
  }

  private *refetch(type: ResourceType, namespace: string, name: string, entry: Entry): Waiting<void> {
    const before = entry.object?.metadata.resourceVersion;
    yield* this.fetch(type, namespace, name, entry);
    if (entry.object?.metadata.resourceVersion !== before) this.changed();
  }
}

function keyOf({ resource }: ResourceType, namespace: string, name: string): string {
  return `${resource}/${namespace}/${name}`;
}
