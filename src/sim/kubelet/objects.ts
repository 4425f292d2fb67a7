import type { KubeObject } from '../api/object.js';
import { notFound, StatusError } from '../api/status.js';
import type { ConfigMap, Secret } from '../api/types/config.js';
import type { ApiClient, ResourceType, Watch } from '../client/client.js';
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
const SECRETS: ResourceType = { group: '', version: 'v1', resource: 'secrets', kind: 'Secret', namespaced: true };
const RETRY: Micros = 5 * SECOND;

interface Entry {
  object: KubeObject | undefined;
  /** How far the object is known: where the next watch begins. Moves with bookmarks too, or it would fall out of history. */
  version: string;
  watched: boolean;
}

/**
 * ConfigMaps and Secrets that pods on this node use. Each is fetched when first asked for and then watched by its name
 * (kubelet's watch-based manager), so that asking again costs nothing.
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
    return this.get<Secret>(SECRETS, namespace, name);
  }

  private *get<T extends KubeObject>(type: ResourceType, namespace: string, name: string): Waiting<T> {
    const key = `${type.resource}/${namespace}/${name}`;
    const entry = this.entries.get(key) ?? { object: undefined, version: '', watched: false };
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

  private *follow(type: ResourceType, namespace: string, name: string, entry: Entry): Waiting<void> {
    for (;;) {
      try {
        const watch = yield* this.client.watch(type, {
          namespace,
          fieldSelector: `metadata.name=${name}`,
          resourceVersion: entry.version,
        });
        yield* this.take(watch, entry);
        yield* this.sys.sleep(SECOND);
        yield* this.refetch(type, namespace, name, entry);
      } catch (error) {
        if (!(error instanceof StatusError) && !isErrno(error) && !(error instanceof TlsError)) throw error;
        yield* this.sys.sleep(RETRY);
      }
    }
  }

  private *take(watch: Watch, entry: Entry): Waiting<void> {
    for (;;) {
      const event = yield* watch.events.receive();
      if (event === 'end' || event.type === 'ERROR') return;
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
