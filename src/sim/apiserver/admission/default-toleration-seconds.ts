import type { KubeObject } from '../../api/object.js';
import type { Admission } from './admission.js';

interface Toleration {
  key?: string;
  operator?: string;
  effect?: string;
  tolerationSeconds?: number;
}

const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';
const SECONDS = 300;

/** Pods bear a node that is not ready, or not to be reached, for five minutes unless they say otherwise. */
export const DEFAULT_TOLERATION_SECONDS: Admission = {
  name: 'DefaultTolerationSeconds',
  mutate({ kind, subresource, operation, object }) {
    if (kind.kind !== 'Pod' || kind.group !== '' || subresource !== '' || !object || operation === 'DELETE') return;
    const spec = object['spec'] as { tolerations?: Toleration[] } | undefined;
    if (!spec) return;
    const given = spec.tolerations ?? [];
    const bears = (key: string) =>
      given.some((one) => (!one.key || one.key === key) && (!one.effect || one.effect === 'NoExecute'));
    const missing = [NOT_READY, UNREACHABLE].filter((key) => !bears(key));
    if (missing.length === 0) return;
    const added = missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: SECONDS }));
    (spec as KubeObject['spec'] & { tolerations: Toleration[] }).tolerations = [...given, ...added];
  },
};
