import { isPodAvailable, isPodReady } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolumeClaim } from '../../api/types/storage.js';
import type { StatefulSet } from '../../api/types/workloads.js';
import type { Micros } from '../../kernel/time.js';
import { podFromTemplate } from '../machinery/pod-control.js';
import { claimName, claimsFor } from './claims.js';

const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';
const REVISION_LABEL = 'controller-revision-hash';
const NAME = /^(.*)-([0-9]+)$/;
const INT32_MAX = 2_147_483_647;

/** The set a pod's name says it belongs to, and its number there; no set and -1 when the name is no such name. */
function parentAndOrdinal({ metadata: { name = '' } }: Pod): { parent: string; ordinal: number } {
  const [, parent = '', digits] = NAME.exec(name) ?? [];
  const ordinal = Number(digits);
  return { parent, ordinal: digits !== undefined && ordinal <= INT32_MAX ? ordinal : -1 };
}

/** A pod's number in its set; -1 when it has none. */
export function ordinalOf(pod: Pod): number {
  return parentAndOrdinal(pod).ordinal;
}

/** Whether a pod's name is one that the set gives. */
export function isMemberOf(set: StatefulSet, pod: Pod): boolean {
  return parentAndOrdinal(pod).parent === set.metadata.name;
}

/** The number of the first pod. */
export function startOrdinal({ spec }: StatefulSet): number {
  return spec.ordinals?.start ?? 0;
}

/** Whether the set wants a pod of that number. */
export function isInRange(set: StatefulSet, ordinal: number): boolean {
  const start = startOrdinal(set);
  return ordinal >= start && ordinal < start + (set.spec.replicas ?? 1);
}

/** Which revision of the template a pod was made from. */
export function revisionOfPod(pod: Pod): string | undefined {
  return pod.metadata.labels?.[REVISION_LABEL];
}

/** The pod of a number, as a set with that template makes it, not stored yet. */
export function newPod(set: StatefulSet, ordinal: number, revision: string): Pod {
  const pod = podFromTemplate(set.spec.template, set);
  pod.metadata.name = `${set.metadata.name}-${ordinal}`;
  giveIdentity(set, pod);
  pod.spec.hostname = pod.metadata.name;
  if (set.spec.serviceName) pod.spec.subdomain = set.spec.serviceName;
  giveStorage(set, pod);
  pod.metadata.labels = { ...pod.metadata.labels, [REVISION_LABEL]: revision };
  return pod;
}

/** Whether a pod is called and labelled as the set's pod of its number. */
export function hasIdentity(set: StatefulSet, pod: Pod): boolean {
  const { name, namespace, labels } = pod.metadata;
  const { parent, ordinal } = parentAndOrdinal(pod);
  return (
    ordinal >= 0 &&
    parent === set.metadata.name &&
    name === `${parent}-${ordinal}` &&
    namespace === set.metadata.namespace &&
    labels?.[POD_NAME_LABEL] === name
  );
}

/** Labels a pod as the set's pod of its number. */
export function giveIdentity(set: StatefulSet, pod: Pod): void {
  const ordinal = ordinalOf(pod);
  const name = `${set.metadata.name}-${ordinal}`;
  pod.metadata.name = name;
  const { namespace } = set.metadata;
  if (namespace !== undefined) pod.metadata.namespace = namespace;
  pod.metadata.labels = { ...pod.metadata.labels, [POD_NAME_LABEL]: name, [POD_INDEX_LABEL]: String(ordinal) };
}

/** Whether a pod uses the claims that are its own. */
export function hasStorage(set: StatefulSet, pod: Pod): boolean {
  const ordinal = ordinalOf(pod);
  if (ordinal < 0) return false;
  return (set.spec.volumeClaimTemplates ?? []).every((template) => {
    const volume = pod.spec.volumes?.find(({ name }) => name === template.metadata?.name);
    return volume?.persistentVolumeClaim?.claimName === claimName(set, template.metadata?.name, ordinal);
  });
}

/** Makes a pod use the claims that are its own, instead of volumes of the same names. */
export function giveStorage(set: StatefulSet, pod: Pod): void {
  const claims = claimsFor(set, ordinalOf(pod));
  const own = claims.map(({ volume, claim }) => ({
    name: volume,
    persistentVolumeClaim: { claimName: nameOf(claim) },
  }));
  const others = (pod.spec.volumes ?? []).filter(({ name }) => !claims.some(({ volume }) => volume === name));
  if (own.length + others.length > 0) pod.spec.volumes = [...own, ...others];
}

function nameOf(claim: PersistentVolumeClaim): string {
  return claim.metadata.name ?? '';
}

/** Whether the server has the pod: it gives each a phase. */
export function isCreated(pod: Pod): boolean {
  return Boolean(pod.status?.phase);
}

/** Whether a pod runs and passes its readiness checks. */
export function isRunningAndReady(pod: Pod): boolean {
  return pod.status?.phase === 'Running' && isPodReady(pod);
}

/** Whether nobody can count on a pod: it is going, or has not been ready for long enough. */
export function isUnavailable(pod: Pod, minReadySeconds: number, now: Micros): boolean {
  return Boolean(pod.metadata.deletionTimestamp) || !isPodAvailable(pod, minReadySeconds, now);
}
