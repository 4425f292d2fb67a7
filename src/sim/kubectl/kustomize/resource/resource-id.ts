import { isClusterScoped } from './kinds.js';

/** Group, version and kind; empty fields of a selector stand for anything. */
export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What tells one resource from all others. */
export interface ResourceId extends Gvk {
  readonly name: string;
  readonly namespace: string;
}

/** Reads `apps/v1` and a kind. */
export function gvkOf(apiVersion: string, kind: string): Gvk {
  const at = apiVersion.indexOf('/');
  return { group: at < 0 ? '' : apiVersion.slice(0, at), version: apiVersion.slice(at + 1), kind };
}

/** `apps/v1`. */
export function apiVersionOf({ group, version }: Gvk): string {
  return group === '' ? version : `${group}/${version}`;
}

/** `Deployment.v1.apps`, as kustomize names kinds in messages. */
export function gvkText({ group, version, kind }: Gvk): string {
  return `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}`;
}

/** `Deployment.v1.apps/web.[noNs]`. */
export function idText(id: ResourceId): string {
  return `${gvkText(id)}/${id.name || '[noName]'}.${id.namespace || '[noNs]'}`;
}

/** An id in Go's own syntax (`%#v`). */
export function idSyntax(id: ResourceId): string {
  const q = JSON.stringify;
  const outside = isOutside(id);
  return `resid.ResId{Gvk:resid.Gvk{Group:${q(id.group)}, Version:${q(id.version)}, Kind:${q(id.kind)}, isClusterScoped:${outside}}, Name:${q(id.name)}, Namespace:${q(id.namespace)}}`;
}

/** Whether a kind is certainly outside of namespaces. */
export function isOutside(gvk: Gvk): boolean {
  return isClusterScoped(apiVersionOf(gvk), gvk.kind);
}

/** The namespace an id is in for comparisons; undefined outside of namespaces. */
export function effectiveNamespace(id: ResourceId): string {
  if (isOutside(id)) return '_non_namespaceable_';
  return id.namespace || 'default';
}

/** Same group, version and kind. */
export function sameGvk(a: Gvk, b: Gvk): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

/** Same kind, name and effective namespace. */
export function sameId(a: ResourceId, b: ResourceId): boolean {
  return effectiveNamespace(a) === effectiveNamespace(b) && a.name === b.name && sameGvk(a, b);
}

/** Whether a selector's fields, where they are set, are those of the kind. */
export function isSelected(gvk: Gvk, selector: Partial<Gvk>): boolean {
  const fits = (wanted: string | undefined, actual: string): boolean => !wanted || wanted === actual;
  return fits(selector.group, gvk.group) && fits(selector.version, gvk.version) && fits(selector.kind, gvk.kind);
}

/** Whether a selecting id's fields, where they are set, are those of the id. */
export function isSelectedBy(id: ResourceId, selector: ResourceId): boolean {
  return (
    (selector.name === '' || selector.name === id.name) &&
    (selector.namespace === '' || effectiveNamespace(selector) === effectiveNamespace(id)) &&
    isSelected(id, selector)
  );
}
