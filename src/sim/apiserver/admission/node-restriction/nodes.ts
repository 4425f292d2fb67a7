import { goQuote } from '../../../api/go-text.js';
import { deepEqual, type KubeObject } from '../../../api/object.js';
import type { AdmissionRequest } from '../admission.js';
import { refusal } from '../refusal.js';

/** Labels among Kubernetes' own that a kubelet may set on its node. */
const KUBELET_LABELS: ReadonlySet<string> = new Set([
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'kubernetes.io/arch',
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
]);
const KUBELET_PREFIXES = ['kubelet.kubernetes.io', 'node.kubernetes.io'];
const RESTRICTED_PREFIX = 'node-restriction.kubernetes.io';

interface NodeSpec {
  readonly configSource?: unknown;
  readonly taints?: unknown;
}

/** A kubelet makes and changes its own node only, and of that nothing that would draw pods to it. */
export function admitNode(node: string, request: AdmissionRequest): void {
  const quoted = goQuote(node);
  const { operation, object, old } = request;
  const requested = request.name || (object?.metadata.name ?? '');
  if (requested !== node) throw refusal(request, `node ${quoted} is not allowed to modify node ${goQuote(requested)}`);
  if (operation === 'CREATE' && object) {
    if (specOf(object).configSource != null) {
      throw refusal(request, `node ${quoted} is not allowed to create pods with a non-nil configSource`);
    }
    const labels = forbiddenLabels(object.metadata.labels ?? {}, {});
    if (labels.length > 0) {
      throw refusal(request, `node ${quoted} is not allowed to set the following labels: ${labels.join(', ')}`);
    }
  }
  if (operation === 'UPDATE' && object && old) checkUpdate(quoted, request, object, old);
}

function checkUpdate(quoted: string, request: AdmissionRequest, object: KubeObject, old: KubeObject): void {
  const { configSource, taints = [] } = specOf(object);
  const before = specOf(old);
  if (configSource != null && !deepEqual(configSource, before.configSource)) {
    throw refusal(request, `node ${quoted} is not allowed to update configSource to a new non-nil configSource`);
  }
  if (!deepEqual(taints ?? [], before.taints ?? [])) {
    throw refusal(request, `node ${quoted} is not allowed to modify taints`);
  }
  if (!deepEqual(object.metadata.ownerReferences ?? [], old.metadata.ownerReferences ?? [])) {
    throw refusal(request, `node ${quoted} is not allowed to modify ownerReferences`);
  }
  const labels = forbiddenLabels(object.metadata.labels ?? {}, old.metadata.labels ?? {});
  if (labels.length > 0) throw refusal(request, `is not allowed to modify labels: ${labels.join(', ')}`);
}

/** Labels that are not alike and that a kubelet may not touch, in order. */
function forbiddenLabels(now: Readonly<Record<string, string>>, before: Readonly<Record<string, string>>): string[] {
  const changed = new Set([...Object.keys(now), ...Object.keys(before)].filter((key) => now[key] !== before[key]));
  return [...changed].filter(isForbidden).sort((a, b) => (a < b ? -1 : 1));
}

function isForbidden(label: string): boolean {
  const slash = label.indexOf('/');
  const prefix = slash === -1 ? '' : label.slice(0, slash);
  const isWithin = (domain: string) => prefix === domain || prefix.endsWith(`.${domain}`);
  if (isWithin(RESTRICTED_PREFIX)) return true;
  if (!isWithin('kubernetes.io') && !isWithin('k8s.io')) return false;
  return !KUBELET_LABELS.has(label) && !KUBELET_PREFIXES.some(isWithin);
}

function specOf(node: KubeObject): NodeSpec {
  return (node['spec'] ?? {}) as NodeSpec;
}
