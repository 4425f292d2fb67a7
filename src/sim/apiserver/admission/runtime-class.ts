import type { KubeObject } from '../../api/object.js';
import { parseAmounts } from '../../api/pod-requests.js';
import { equalAmounts } from '../../api/quota/amounts.js';
import type { Pod, Toleration } from '../../api/types/pod.js';
import { objectOf } from '../storage/stored-object.js';
import type { Admission, AdmissionRequest } from './admission.js';
import { concernedPod } from './concerned-pod.js';
import { refusal } from './refusal.js';
import { mergeTolerations } from './tolerations.js';

interface RuntimeClass extends KubeObject {
  overhead?: { podFixed?: Record<string, string> };
  scheduling?: { nodeSelector?: Record<string, string>; tolerations?: Toleration[] };
}

/** Pods of a runtime class cost what it costs itself, and run only where it is. */
export const RUNTIME_CLASS: Admission = {
  name: 'RuntimeClass',
  mutate(request) {
    const pod = concernedPod(request, ['CREATE']);
    if (!pod) return;
    const runtimeClass = classOf(request, pod);
    if (runtimeClass?.overhead) setOverhead(request, pod, runtimeClass.overhead.podFixed ?? {});
    if (runtimeClass?.scheduling) setScheduling(request, pod, runtimeClass.scheduling);
  },
  validate(request) {
    const pod = concernedPod(request, ['CREATE']);
    if (!pod) return;
    const runtimeClass = classOf(request, pod);
    if (runtimeClass?.overhead) refuseOther(request, pod, runtimeClass.overhead.podFixed ?? {});
    else if (pod.spec.overhead) {
      throw refusal(request, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead');
    }
  },
};

function classOf(request: AdmissionRequest, { spec }: Pod): RuntimeClass | undefined {
  const name = spec.runtimeClassName;
  if (name == null) return undefined;
  const entry = request.store.get(`/registry/runtimeclasses/${name}`);
  if (!entry) throw refusal(request, `pod rejected: RuntimeClass ${JSON.stringify(name)} not found`);
  return objectOf(entry) as RuntimeClass;
}

function setOverhead(request: AdmissionRequest, pod: Pod, overhead: Record<string, string>): void {
  if (Object.keys(pod.spec.overhead ?? {}).length > 0) refuseOther(request, pod, overhead);
  if (Object.keys(overhead).length > 0) pod.spec.overhead = { ...overhead };
  else delete pod.spec.overhead;
}

function refuseOther(request: AdmissionRequest, { spec }: Pod, overhead: Record<string, string>): void {
  if (equalAmounts(parseAmounts(spec.overhead), parseAmounts(overhead))) return;
  throw refusal(request, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
}

function setScheduling(
  request: AdmissionRequest,
  { spec }: Pod,
  { nodeSelector = {}, tolerations = [] }: NonNullable<RuntimeClass['scheduling']>,
): void {
  for (const [key, value] of Object.entries(nodeSelector)) {
    const own = spec.nodeSelector?.[key];
    if (own === undefined || own === value) continue;
    const conflict = `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${own}`;
    throw refusal(request, conflict);
  }
  if (Object.keys(nodeSelector).length > 0) spec.nodeSelector = { ...spec.nodeSelector, ...nodeSelector };
  const merged = mergeTolerations(spec.tolerations ?? [], tolerations);
  if (merged.length > 0) spec.tolerations = merged;
}
