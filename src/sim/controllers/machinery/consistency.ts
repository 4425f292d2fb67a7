import type { KubeObject } from '../../api/object.js';
import type { ResourceType } from '../../client/client.js';
import type { Informer } from '../../client/informer.js';
import { SyncError } from './failures.js';

/** A cache is behind what was written; soon it will not be. */
export class StaleCache extends SyncError {}

interface Write {
  readonly cache: Informer;
  readonly type: ResourceType;
  readonly version: number;
}

/**
 * What was written for each owner, so that nobody acts on a cache that is older than that (v1.36's consistency store):
 * it would see its own work undone and do it again.
 */
export class OwnWrites {
  private readonly byOwner = new Map<string, Map<Informer, Write>>();

  /** Notes a written object, as the server gave it back, and the cache it will show up in. */
  wrote(owner: string, cache: Informer, type: ResourceType, { metadata }: KubeObject): void {
    const version = Number(metadata.resourceVersion ?? 0);
    const writes = this.byOwner.get(owner) ?? new Map<Informer, Write>();
    if ((writes.get(cache)?.version ?? 0) < version) writes.set(cache, { cache, type, version });
    this.byOwner.set(owner, writes);
  }

  /** Throws while a cache has not got as far as the last write to it. */
  ensureSeen(owner: string): void {
    for (const { cache, type, version } of this.byOwner.get(owner)?.values() ?? []) {
      if (Number(cache.version) >= version) continue;
      const resource = type.group ? `${type.resource}.${type.group}` : type.resource;
      const versions = `read version: ${cache.version} is not as new as written version: ${version}`;
      throw new StaleCache(`${versions} for group resource ${resource}`);
    }
    this.byOwner.delete(owner);
  }

  forget(owner: string): void {
    this.byOwner.delete(owner);
  }
}
