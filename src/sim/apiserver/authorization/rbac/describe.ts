import { goQuote } from '../../../api/go-text.js';
import type { PolicyRule, RoleRef, Subject } from '../../../api/types/rbac.js';
import type { Bound } from './bound-subjects.js';

/** Why somebody is allowed to do something: `RBAC: allowed by ClusterRoleBinding "…" of ClusterRole "…" to User "…"`. */
export function describeGrant({ binding, subject }: Bound): string {
  const { metadata, roleRef } = binding;
  const { namespace = '', name = '' } = metadata;
  const [kind, full] = namespace === '' ? ['ClusterRoleBinding', name] : ['RoleBinding', `${name}/${namespace}`];
  const role = `${roleRef.kind} ${goQuote(roleRef.name)}`;
  return `RBAC: allowed by ${kind} ${goQuote(full)} of ${role} to ${describeSubject(subject, namespace)}`;
}

function describeSubject({ kind, name, namespace }: Subject, bindingNamespace: string): string {
  return `${kind} ${goQuote(kind === 'ServiceAccount' ? `${name}/${namespace || bindingNamespace}` : name)}`;
}

/** What the authorizer's listers say of a role that is not there. */
export function missingRole({ kind, name }: RoleRef): string {
  return `${kind.toLowerCase()}.rbac.authorization.k8s.io ${goQuote(name)} not found`;
}

/** A rule in a message: `{APIGroups:["apps"], Resources:["deployments"], Verbs:["get"]}`. */
export function compactRule(rule: PolicyRule): string {
  const parts: [string, readonly string[] | null | undefined][] = [
    ['APIGroups', rule.apiGroups],
    ['Resources', rule.resources],
    ['NonResourceURLs', rule.nonResourceURLs],
    ['ResourceNames', rule.resourceNames],
    ['Verbs', rule.verbs],
  ];
  const written = parts.flatMap(([name, values]) => (values?.length ? [`${name}:${goStrings(values)}`] : []));
  return `{${written.join(', ')}}`;
}

/** A list of texts as Go prints it with %q: `["a" "b"]`. */
export function goStrings(values: readonly string[]): string {
  return `[${values.map(goQuote).join(' ')}]`;
}

/** Several errors as one text (apimachinery's Aggregate): each once, in brackets when there are more. */
export function joinErrors(errors: readonly string[]): string {
  const each = [...new Set(errors)];
  return each.length === 1 ? (each[0] as string) : `[${each.join(', ')}]`;
}
