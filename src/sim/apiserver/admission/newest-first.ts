import { compareText } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';

/** Newer objects before older ones, then by name: which of several defaults is meant. */
export function newestFirst({ metadata: a }: KubeObject, { metadata: b }: KubeObject): number {
  const byAge = compareText(b.creationTimestamp ?? '', a.creationTimestamp ?? '');
  return byAge !== 0 ? byAge : compareText(a.name ?? '', b.name ?? '');
}
