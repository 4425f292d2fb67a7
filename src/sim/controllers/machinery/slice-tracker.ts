import type { EndpointSlice } from '../../api/types/endpoints.js';
import { keyOf } from '../machinery/keys.js';

/**
 * What was written to a service's slices and has not come back through the watch. A sync before that would see the
 * slices of before and write everything once more.
 */
export class SliceTracker {
  /** By service key: by slice key the version written, or `deleted`. */
  private readonly pending = new Map<string, Map<string, number | 'deleted'>>();

  wrote(service: string, slice: EndpointSlice): void {
    this.expect(service, slice, Number(slice.metadata.resourceVersion ?? 0));
  }

  deleted(service: string, slice: EndpointSlice): void {
    this.expect(service, slice, 'deleted');
  }

  /** Takes note of a slice in the cache, or of one that left it. */
  observed(service: string, slice: EndpointSlice, gone: boolean): void {
    const expected = this.pending.get(service);
    const version = expected?.get(keyOf(slice));
    if (!expected || version === undefined) return;
    const caughtUp = version !== 'deleted' && Number(slice.metadata.resourceVersion ?? 0) >= version;
    if (gone || caughtUp) expected.delete(keyOf(slice));
    if (expected.size === 0) this.pending.delete(service);
  }

  isBehind(service: string): boolean {
    return this.pending.has(service);
  }

  forget(service: string): void {
    this.pending.delete(service);
  }

  private expect(service: string, slice: EndpointSlice, version: number | 'deleted'): void {
    const expected = this.pending.get(service) ?? new Map<string, number | 'deleted'>();
    this.pending.set(service, expected.set(keyOf(slice), version));
  }
}
