import { compareText } from '../../api/go-text.js';
import type { Pod } from '../../api/types/pod.js';

/** The pod a node keeps comes first: assigned before unassigned, then the older, then by name. */
export function byUsefulness(a: Pod, b: Pod): number {
  return (
    Number(Boolean(b.spec.nodeName)) - Number(Boolean(a.spec.nodeName)) ||
    compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
    compareText(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}
