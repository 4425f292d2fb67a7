import type { KubeObject } from '../../api/object.js';
import { keyOf } from '../machinery/keys.js';

/**
 * Objects as the controller knows them: what it wrote itself counts at once, and what a watch tells later of an older
 * version does not (storeObjectUpdate). Without it two claims could be given one volume.
 */
export class VersionedStore<T extends KubeObject> {
  private readonly objects = new Map<string, T>();

  get(key: string): T | undefined {
    return this.objects.get(key);
  }

  values(): Iterable<T> {
    return this.objects.values();
  }

  get size(): number {
    return this.objects.size;
  }

  /** Takes an object in, unless a newer version is known; tells whether it did. */
  put(object: T): boolean {
    const key = keyOf(object);
    const known = this.objects.get(key);
    if (known && versionOf(known) > versionOf(object)) return false;
    this.objects.set(key, object);
    return true;
  }

  delete(key: string): void {
    this.objects.delete(key);
  }
}

function versionOf({ metadata }: KubeObject): number {
  return Number(metadata.resourceVersion ?? 0);
}
