import type { ServedKind } from '../../served-kind.js';

const EXEMPT = new Set([
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
]);

/** Nobody is asked about the objects that say who is asked: they could never be mended. */
export function isExempt({ group, kind }: Pick<ServedKind, 'group' | 'kind'>): boolean {
  return group === 'admissionregistration.k8s.io' && EXEMPT.has(kind);
}
