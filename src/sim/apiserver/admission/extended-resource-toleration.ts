import { compareText } from '../../api/go-text.js';
import { isExtendedResource } from '../../api/quota/pods.js';
import type { Toleration } from '../../api/types/pod.js';
import type { Admission } from './admission.js';
import { concernedPod } from './concerned-pod.js';
import { sameTaint } from './tolerations.js';

/** Pods that ask for devices bear the taint by which nodes with such devices keep others away. */
export const EXTENDED_RESOURCE_TOLERATION: Admission = {
  name: 'ExtendedResourceToleration',
  mutate(request) {
    const pod = concernedPod(request, ['CREATE', 'UPDATE']);
    if (!pod) return;
    const { spec } = pod;
    const asked = [...spec.containers, ...(spec.initContainers ?? [])].flatMap(({ resources }) =>
      Object.keys(resources?.requests ?? {}).filter(isExtendedResource),
    );
    for (const key of [...new Set(asked)].sort(compareText)) {
      spec.tolerations = withToleration(spec.tolerations ?? [], { key, operator: 'Exists', effect: 'NoSchedule' });
    }
  },
};

function withToleration(given: readonly Toleration[], added: Toleration): Toleration[] {
  const alike = given.filter((one) => sameTaint(one, added));
  if (alike.length === 0) return [...given, added];
  return given.map((one) => (sameTaint(one, added) ? added : one));
}
