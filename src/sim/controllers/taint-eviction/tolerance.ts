import { tolerates } from '../../api/taints.js';
import type { Taint } from '../../api/types/node.js';
import type { Toleration } from '../../api/types/pod.js';
import { type Micros, SECOND } from '../../kernel/time.js';

/** How long a pod may stay on a node with these NoExecute taints: a span, `'forever'`, or `'not at all'`. */
export function toleranceOf(
  taints: readonly Taint[],
  tolerations: readonly Toleration[] = [],
): Micros | 'forever' | 'not at all' {
  const used: Toleration[] = [];
  for (const taint of taints) {
    const toleration = tolerations.find((candidate) => tolerates(candidate, taint));
    if (!toleration) return 'not at all';
    used.push(toleration);
  }
  const seconds = used.flatMap(({ tolerationSeconds }) => tolerationSeconds ?? []);
  if (seconds.length === 0) return 'forever';
  return Math.max(0, Math.min(...seconds)) * SECOND;
}
