import type { KubeObject } from '../api/object.js';
import { isNotFound, notFound, StatusError } from '../api/status.js';
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
    const entry = this.entries.get(key) ?? { object: undefined, watched: false };
    this.entries.set(key, entry);
    if (entry.watched && entry.object) return entry.object as T;
    try {
      entry.object = yield* this.client.get<T>(type, name, namespace);
    } catch (error) {
      // kubelet's own cache answers, and calls the kind by its singular.
      if (isNotFound(error)) throw new StatusError(notFound({ group: '', resource: type.kind.toLowerCase() }, name));
      throw error;
    }
    if (!entry.watched) {
      entry.watched = true;
      this.sys.thread(() => this.follow(type, namespace, name, entry));
    }
    return entry.object as T;
  }

  private *follow(type: ResourceType, namespace: string, name: string, entry: Entry): Waiting<void> {
    for (;;) {
      try {
        const watch = yield* this.client.watch(type, {
          namespace,
          fieldSelector: `metadata.name=${name}`,
          ...(entry.object?.metadata.resourceVersion ? { resourceVersion: entry.object.metadata.resourceVersion } : {}),
        });
        yield* this.take(watch, entry);
        yield* this.sys.sleep(SECOND);
      } catch (error) {
        if (!(error instanceof StatusError) && !isErrno(error) && !(error instanceof TlsError)) throw error;
        yield* this.sys.sleep(RETRY);
      }
      yield* this.refetch(type, namespace, name, entry);
    }
  }

  private *take(watch: Watch, entry: Entry): Waiting<void> {
    for (;;) {
      const event = yield* watch.events.receive();
      if (event === 'end' || event.type === 'ERROR') return;
      if (event.type === 'BOOKMARK') continue;
      entry.object = event.type === 'DELETED' ? undefined : event.object;
      this.changed();
    }
  }

  private *refetch(type: ResourceType, namespace: string, name: string, entry: Entry): Waiting<void> {
    try {
      const object = yield* this.client.get(type, name, namespace);
      if (object.metadata.resourceVersion !== entry.object?.metadata.resourceVersion) this.changed();
      entry.object = object;
    } catch (error) {
      if (isNotFound(error)) entry.object = undefined;
      else if (!(error instanceof StatusError) && !isErrno(error) && !(error instanceof TlsError)) throw error;
    }
  }
}
