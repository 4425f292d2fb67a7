import type { KubeObject } from '../../api/object.js';
import type { PolicyRule } from './policy-rule.js';

/** Whom a binding names. */
export interface Subject {
  readonly kind: string;
  readonly apiGroup?: string;
  readonly name: string;
  readonly namespace?: string;
}

/** A role or a binding of either kind. */
export interface RbacObject extends KubeObject {
  rules?: readonly PolicyRule[] | null;
  aggregationRule?: { readonly clusterRoleSelectors?: readonly object[] };
  subjects?: readonly Subject[];
  roleRef?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
}

/** What reconciliation found, and did or would do. */
export interface Reconciled {
  readonly object: RbacObject;
  readonly operation: 'none' | 'create' | 'update' | 'recreate';
  /** The object says that it is left alone. */
  readonly isProtected: boolean;
  readonly missingRules: readonly PolicyRule[];
  readonly extraRules: readonly PolicyRule[];
  readonly missingSubjects: readonly Subject[];
  readonly extraSubjects: readonly Subject[];
}

/** A result in which nothing differs; its object is put in. */
export const NOTHING: Omit<Reconciled, 'object'> = {
  operation: 'none',
  isProtected: false,
  missingRules: [],
  extraRules: [],
  missingSubjects: [],
  extraSubjects: [],
};

const OPTED_OUT = 'rbac.authorization.kubernetes.io/autoupdate';

/** Whether an object wants to stay as it is. */
export function isProtected({ metadata }: RbacObject): boolean {
  return metadata.annotations?.[OPTED_OUT] === 'false';
}

/** The existing object with what the expected one's metadata has more, and whether that is anything. */
export function withMetadata(existing: RbacObject, expected: RbacObject): { object: RbacObject; changed: boolean } {
  const merged = (field: 'annotations' | 'labels'): Record<string, string> => ({
    ...expected.metadata[field],
    ...existing.metadata[field],
  });
  const more = (field: 'annotations' | 'labels'): boolean =>
    Object.keys(merged(field)).length > Object.keys(existing.metadata[field] ?? {}).length;
  const metadata = { ...existing.metadata };
  for (const field of ['annotations', 'labels'] as const) if (more(field)) metadata[field] = merged(field);
  return { object: { ...existing, metadata }, changed: more('annotations') || more('labels') };
}
