/** Whether the node of a pod can give it other resources: PodResizeValidator and NodeDeclaredFeatureValidator. */
import { goQuote } from '../../api/go-text.js';
import { semanticEqual } from '../../api/object.js';
import { parseAmounts, podAmounts } from '../../api/pod-requests.js';
import { compareQuantity, parseQuantity, quantityMilliValue, quantityValue } from '../../api/quantity.js';
import { StatusError } from '../../api/status.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import { objectOf } from '../storage/stored-object.js';
import type { Admission, AdmissionRequest } from './admission.js';
import { refusal } from './refusal.js';

const OS = 'kubernetes.io/os';
const NONE = parseQuantity('0');

/** Refuses what the pod's node has no room for, or is of no kind to do. */
export const POD_RESIZE_VALIDATOR: Admission = {
  name: 'PodResizeValidator',
  validate(request) {
    const pod = changedPod(request);
    if (!pod || request.subresource !== 'resize') return;
    const node = nodeOf(request, pod);
    const os = node.metadata.labels?.[OS] ?? 'linux';
    if (os !== 'linux') {
      const why = `pod resize is only supported on linux nodes, node ${goQuote(node.metadata.name ?? '')} is ${goQuote(os)}`;
      throw caused(request, why, 'UnsupportedPlatform');
    }
    const lacking = lackingOn(node, pod);
    if (lacking.length === 0) return;
    const why = `node didn't have enough allocatable resources: ${lacking.join('; ')}`;
    throw caused(request, why, 'NodeCapacity');
  },
};

/** Refuses changes that need something of the pod's node which it does not declare. */
export const NODE_DECLARED_FEATURE_VALIDATOR: Admission = {
  name: 'NodeDeclaredFeatureValidator',
  validate(request) {
    const pod = changedPod(request);
    if (!pod || (request.subresource !== '' && request.subresource !== 'resize')) return;
    const needed = neededFeatures(pod, request.old as Pod);
    if (needed.length === 0) return;
    const node = nodeOf(request, pod);
    const declared = node.status?.declaredFeatures ?? [];
    const missing = needed.filter((name) => !declared.includes(name));
    if (missing.length === 0) return;
    const where = `which are not available on node ${goQuote(node.metadata.name ?? '')}`;
    throw refusal(request, `pod update requires features ${missing.join(', ')} ${where}`);
  },
};

/** A pod on a node whose spec changes. */
function changedPod({ kind, operation, object, old }: AdmissionRequest): Pod | undefined {
  if (kind.kind !== 'Pod' || kind.group !== '' || operation !== 'UPDATE' || !object || !old) return undefined;
  const pod = object as Pod;
  if (!pod.spec.nodeName || pod.metadata.generation === old.metadata.generation) return undefined;
  return pod;
}

/** Throws 403. */
function nodeOf(request: AdmissionRequest, { spec }: Pod): Node {
  const entry = request.store.get(`/registry/minions/${spec.nodeName}`);
  if (entry) return objectOf(entry) as Node;
  throw refusal(request, `node ${goQuote(spec.nodeName ?? '')} not found`);
}

function caused(request: AdmissionRequest, why: string, cause: string): StatusError {
  const { status } = refusal(request, why);
  const causes = [...(status.details?.causes ?? []), { reason: cause }];
  return new StatusError({ ...status, details: { ...status.details, causes } });
}

function lackingOn({ status }: Node, { spec }: Pod): string[] {
  const allocatable = parseAmounts(status?.allocatable);
  const requests = podAmounts(spec, 'requests');
  return (['cpu', 'memory'] as const).flatMap((name) => {
    const [wanted, there] = [requests.get(name) ?? NONE, allocatable.get(name) ?? NONE];
    if (compareQuantity(wanted, there) <= 0) return [];
    const units = name === 'cpu' ? quantityMilliValue : quantityValue;
    return [`${name}, requested: ${units(wanted)}, allocatable: ${units(there)}`];
  });
}

/** What only some nodes can change of a running pod (component-helpers nodedeclaredfeatures). */
function neededFeatures(pod: Pod, old: Pod): string[] {
  const features: string[] = [];
  if (!semanticEqual(pod.spec.resources, old.spec.resources)) features.push('InPlacePodLevelResourcesVerticalScaling');
  const inits = (old.spec.initContainers ?? []).some(
    ({ restartPolicy, resources }, index) =>
      restartPolicy !== 'Always' && !semanticEqual(resources, pod.spec.initContainers?.[index]?.resources),
  );
  if (inits) features.push('InPlacePodVerticalScalingInitContainers');
  return features;
}
