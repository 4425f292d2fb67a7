import type { Admission } from './admission.js';

const TAINT = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

/** A node begins with the taint that keeps pods away until it is ready. */
export const TAINT_NODES_BY_CONDITION: Admission = {
  name: 'TaintNodesByCondition',
  mutate({ kind, operation, object, subresource }) {
    if (kind.kind !== 'Node' || kind.group !== '' || operation !== 'CREATE' || subresource !== '' || !object) return;
    object['spec'] ??= {};
    const spec = object['spec'] as { taints?: { key: string; effect: string }[] };
    const there = spec.taints?.some((taint) => taint.key === TAINT.key && taint.effect === TAINT.effect);
    if (!there) spec.taints = [...(spec.taints ?? []), { ...TAINT }];
  },
};
