import { matchesRequiredNodes } from '../../api/node-selectors.js';
import { deepCopy } from '../../api/object.js';
import { TAINT, untoleratedTaint } from '../../api/taints.js';
import type { Node } from '../../api/types/node.js';
import type { Pod, PodSpec, PodTemplateSpec, Toleration } from '../../api/types/pod.js';
import type { Affinity } from '../../api/types/scheduling.js';
import type { DaemonSet } from '../../api/types/workloads.js';

/** The label that tells pods of one template from those of another. */
export const REVISION_HASH_LABEL = 'controller-revision-hash';
const TEMPLATE_GENERATION_LABEL = 'pod-template-generation';
const TEMPLATE_GENERATION_ANNOTATION = 'deprecated.daemonset.template.generation';

/** What a node means to a daemon set: whether a pod should be started there, and whether one that runs may stay. */
export interface NodeEligibility {
  readonly shouldRun: boolean;
  readonly mayStay: boolean;
}

/** Decides by node name, node selector and affinity, and taints (daemon NodeShouldRunDaemonPod). */
export function nodeEligibility(node: Node, set: DaemonSet): NodeEligibility {
  const { spec } = set.spec.template;
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return { shouldRun: false, mayStay: false };
  const probe: Pod = { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec };
  if (!matchesRequiredNodes(probe, node)) return { shouldRun: false, mayStay: false };
  const tolerations = daemonTolerations(spec);
  if (!untoleratedTaint(node.spec.taints, tolerations, ['NoSchedule', 'NoExecute'])) {
    return { shouldRun: true, mayStay: true };
  }
  return { shouldRun: false, mayStay: !untoleratedTaint(node.spec.taints, tolerations, ['NoExecute']) };
}

/** The template's tolerations and those every daemon pod has: troubles of the node do not drive it away. */
function daemonTolerations(spec: PodSpec): Toleration[] {
  const automatic: Toleration[] = [
    { key: TAINT.notReady, operator: 'Exists', effect: 'NoExecute' },
    { key: TAINT.unreachable, operator: 'Exists', effect: 'NoExecute' },
    { key: TAINT.diskPressure, operator: 'Exists', effect: 'NoSchedule' },
    { key: TAINT.memoryPressure, operator: 'Exists', effect: 'NoSchedule' },
    { key: TAINT.pidPressure, operator: 'Exists', effect: 'NoSchedule' },
    { key: TAINT.unschedulable, operator: 'Exists', effect: 'NoSchedule' },
  ];
  if (spec.hostNetwork) automatic.push({ key: TAINT.networkUnavailable, operator: 'Exists', effect: 'NoSchedule' });
  const tolerations = [...(spec.tolerations ?? [])];
  for (const toleration of automatic) addOrReplace(tolerations, toleration);
  return tolerations;
}

/** The template of the pod for one node: tied to it by node affinity, so that the scheduler binds it. */
export function podTemplateFor(set: DaemonSet, nodeName: string, hash: string): PodTemplateSpec {
  const template = deepCopy(set.spec.template);
  const generation = templateGeneration(set);
  template.spec.tolerations = daemonTolerations(template.spec);
  template.spec.affinity = withNodeName(template.spec.affinity, nodeName);
  template.metadata = {
    ...template.metadata,
    labels: {
      ...template.metadata?.labels,
      [REVISION_HASH_LABEL]: hash,
      ...(generation === undefined ? {} : { [TEMPLATE_GENERATION_LABEL]: generation }),
    },
  };
  return template;
}

/** The node a daemon pod is on or meant for; undefined when it names none. */
export function targetNode(pod: Pod): string | undefined {
  if (pod.spec.nodeName) return pod.spec.nodeName;
  const terms =
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const field = terms
    .flatMap((term) => term.matchFields ?? [])
    .find(({ key, operator }) => key === 'metadata.name' && operator === 'In');
  return field?.values?.length === 1 ? field.values[0] : undefined;
}

/** Whether a pod was made from the set's present template. */
export function isUpToDate(pod: Pod, set: DaemonSet, hash: string): boolean {
  const generation = templateGeneration(set);
  const labels = pod.metadata.labels ?? {};
  const sameGeneration = generation !== undefined && labels[TEMPLATE_GENERATION_LABEL] === generation;
  return labels[REVISION_HASH_LABEL] === hash || sameGeneration;
}

function templateGeneration(set: DaemonSet): string | undefined {
  const text = set.metadata.annotations?.[TEMPLATE_GENERATION_ANNOTATION];
  return text !== undefined && /^[+-]?\d+$/.test(text) ? String(Number(text)) : undefined;
}

function addOrReplace(tolerations: Toleration[], added: Toleration): void {
  const same = (old: Toleration) =>
    old.key === added.key &&
    old.operator === added.operator &&
    (old.effect ?? '') === (added.effect ?? '') &&
    (old.value ?? '') === (added.value ?? '');
  const at = tolerations.findIndex(same);
  if (at < 0) tolerations.push(added);
  else tolerations[at] = added;
}

/** Replaces all terms of the required node affinity: what else the template asks for was checked when the node was chosen. */
function withNodeName(affinity: Affinity | undefined, nodeName: string): Affinity {
  const nodeSelectorTerms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] }];
  const requiredDuringSchedulingIgnoredDuringExecution = { nodeSelectorTerms };
  return { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution } };
}
