import { compareBytes } from '../../../api/bytewise.js';
import type { Gvk } from './resource-id.js';

/** Kinds that others need, and therefore come first. */
export const FIRST_KINDS: readonly string[] =
  'Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment StatefulSet CronJob PodDisruptionBudget'.split(
    ' ',
  );

/** Kinds that could stop others from being made. */
export const LAST_KINDS: readonly string[] = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** Compares by a kind's place in the lists, then by group, version and kind. */
export function compareKinds(
  a: Partial<Gvk>,
  b: Partial<Gvk>,
  first: readonly string[] = FIRST_KINDS,
  last: readonly string[] = LAST_KINDS,
): number {
  return rank(a.kind, first, last) - rank(b.kind, first, last) || compareBytes(kindKey(a), kindKey(b));
}

function rank(kind = '', first: readonly string[], last: readonly string[]): number {
  if (last.includes(kind)) return last.lastIndexOf(kind) + 1;
  return first.includes(kind) ? first.lastIndexOf(kind) - first.length : 0;
}

function kindKey({ group, version, kind }: Partial<Gvk>): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}
