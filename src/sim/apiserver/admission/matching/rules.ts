import type { AdmissionRule } from '../../../api/types/admission.js';
import type { Attributes, GroupVersionResource } from './attributes.js';

/** Whether a rule is for a request that is seen as one for a resource (predicates/rules). */
export function matchesRule(rule: AdmissionRule, attributes: Attributes, resource: GroupVersionResource): boolean {
  return (
    matchesScope(rule.scope, attributes.namespace, resource) &&
    anyOf(rule.operations, attributes.operation) &&
    anyOf(rule.apiGroups, resource.group) &&
    anyOf(rule.apiVersions, resource.version) &&
    matchesResource(rule.resources, resource.resource, attributes.subresource)
  );
}

function anyOf(wanted: readonly string[] | undefined, given: string): boolean {
  return wanted !== undefined && (wanted.includes('*') || wanted.includes(given));
}

/** A namespace is a thing of the whole cluster, whatever namespace its requests are said to be in. */
function matchesScope(scope: string | undefined, namespace: string, resource: GroupVersionResource): boolean {
  if (scope === undefined || scope === '*') return true;
  const isNamespace = resource.resource === 'namespaces' && resource.group === '' && resource.version === 'v1';
  const isNamespaced = !isNamespace && namespace !== '';
  return scope === 'Namespaced' ? isNamespaced : scope === 'Cluster' && !isNamespaced;
}

function matchesResource(wanted: readonly string[] | undefined, resource: string, subresource: string): boolean {
  return (wanted ?? []).some((text) => {
    const slash = text.indexOf('/');
    const own = slash < 0 ? text : text.slice(0, slash);
    const sub = slash < 0 ? '' : text.slice(slash + 1);
    return (own === '*' || own === resource) && (sub === '*' || sub === subresource);
  });
}
