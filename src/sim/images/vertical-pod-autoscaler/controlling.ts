import { matchesSelector, type Selector } from '../../api/labels.js';
import type { Pod } from '../../api/types/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Targets } from './targets.js';
import type { Autoscaler } from './types.js';

/**
 * The autoscaler that a pod is changed by: it is for what stands above the pod, and the pod has its labels; of several
 * the oldest one (GetControllingVPAForPod).
 */
export function* controllingAutoscaler(
  pod: Pod,
  namespace: string,
  autoscalers: readonly Autoscaler[],
  targets: Targets,
): Waiting<Autoscaler | undefined> {
  const above = targets.topmostOf({ ...pod, metadata: { ...pod.metadata, namespace } });
  if (!above) return undefined;
  let strongest: Autoscaler | undefined;
  for (const each of autoscalers) {
    const { targetRef } = each.spec;
    if (each.metadata.namespace !== namespace || !targetRef) continue;
    if (targetRef.kind !== above.kind || targetRef.name !== above.name || !isStronger(each, strongest)) continue;
    const target = yield* targets.selectorOf(each);
    const selector: Selector = 'selector' in target ? target.selector : null;
    if (matchesSelector(selector, pod.metadata.labels ?? {})) strongest = each;
  }
  return strongest;
}

function isStronger(one: Autoscaler, other: Autoscaler | undefined): boolean {
  if (!other) return true;
  const [made, before] = [one.metadata.creationTimestamp ?? '', other.metadata.creationTimestamp ?? ''];
  return made === before ? (one.metadata.name ?? '') < (other.metadata.name ?? '') : made < before;
}
