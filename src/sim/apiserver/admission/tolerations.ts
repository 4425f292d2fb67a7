import type { Toleration } from '../../api/types/pod.js';

/** Both lists as one; what another toleration covers is left out (util/tolerations MergeTolerations). */
export function mergeTolerations(first: readonly Toleration[], second: readonly Toleration[]): Toleration[] {
  const all = [...first, ...second];
  const merged: Toleration[] = [];
  for (const [index, one] of all.entries()) {
    if (merged.some((other) => covers(other, one))) continue;
    if (all.slice(index + 1).some((other) => !sameToleration(one, other) && covers(other, one))) continue;
    merged.push(one);
  }
  return merged;
}

/** Whether each toleration is covered by one of a list; an empty list allows all. */
export function allCovered(tolerations: readonly Toleration[], list: readonly Toleration[]): boolean {
  return list.length === 0 || tolerations.every((one) => list.some((other) => covers(other, one)));
}

/** Whether one toleration bears whatever the other does. */
function covers(wide: Toleration, narrow: Toleration): boolean {
  if (sameToleration(wide, narrow)) return true;
  const key = (wide.key ?? '') === (narrow.key ?? '') || (!wide.key && wide.operator === 'Exists');
  if (!key || (wide.effect && wide.effect !== (narrow.effect ?? ''))) return false;
  if (wide.effect === 'NoExecute' && wide.tolerationSeconds != null) {
    if (narrow.tolerationSeconds == null || narrow.tolerationSeconds > wide.tolerationSeconds) return false;
  }
  if (wide.operator === 'Exists') return true;
  if (wide.operator && wide.operator !== 'Equal') return false;
  return narrow.operator === 'Equal' && (narrow.value ?? '') === (wide.value ?? '');
}

function sameToleration(a: Toleration, b: Toleration): boolean {
  return sameTaint(a, b) && (a.tolerationSeconds ?? undefined) === (b.tolerationSeconds ?? undefined);
}

/** Whether two tolerations mean the same taint, however long they bear it. */
export function sameTaint(a: Toleration, b: Toleration): boolean {
  return (['key', 'operator', 'value', 'effect'] as const).every((field) => (a[field] ?? '') === (b[field] ?? ''));
}
