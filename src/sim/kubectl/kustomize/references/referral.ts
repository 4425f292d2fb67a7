import { KustomizeError } from '../error.js';
import { NOTES, type Resource } from '../resource/resource.js';
import { effectiveNamespace, type Gvk, idText, isOutside, isSelected } from '../resource/resource-id.js';
import { fieldOf } from '../tree/fields.js';

/** One field of one object that names another. */
export interface Reference {
  readonly referrer: Resource;
  readonly candidates: readonly Resource[];
  readonly target: Partial<Gvk>;
  readonly path: string;
}

/** Candidates of a namespace, by the one they were in at first or else the one they are in. */
export function candidatesIn(candidates: readonly Resource[], namespace: string): readonly Resource[] {
  const inNamespace = (idOf: (resource: Resource) => Resource['id']): Resource[] =>
    candidates.filter((resource) => {
      const id = idOf(resource);
      return !isOutside(id) && effectiveNamespace(id) === namespace;
    });
  const original = inNamespace((resource) => resource.originalId);
  return original.length > 0 ? original : inNamespace((resource) => resource.id);
}

/** The object a former name means; undefined when it means none. Throws when several could be meant. */
export function chooseReferral(
  reference: Reference,
  name: string,
  candidates: readonly Resource[],
  same: (a: Resource, b: Resource) => boolean,
): Resource | undefined {
  const { referrer, target } = reference;
  const wanted = roleWanted(reference);
  const left = candidates.filter((resource) => {
    const before = resource.previousIds;
    return (
      before.some((id) => id.name === name) &&
      before.some((id) => isSelected(id, target)) &&
      (wanted === undefined || before.some((id) => isSelected(id, wanted))) &&
      isReachable(referrer, resource)
    );
  });
  if (left.length <= 1) return left[0];
  const alike = left.filter((resource) => sameAffixes(resource, referrer, true));
  const closest = alike.length > 1 ? alike.filter((resource) => sameAffixes(resource, referrer, false)) : alike;
  const [first] = closest;
  if (first === undefined || closest.every((resource) => same(first, resource))) return first;
  throw new KustomizeError(
    `found multiple possible referrals: ${closest.map(({ id }) => idText(id)).join(', ')}\n${details(referrer, closest)}`,
  );
}

/** A binding's reference says itself whether it means a role or a cluster role. */
function roleWanted({ referrer, path }: Reference): Partial<Gvk> | undefined {
  if (!path.endsWith('roleRef/name')) return undefined;
  const role = fieldOf(referrer.node, 'roleRef');
  const group = fieldOf(role, 'apiGroup');
  const kind = fieldOf(role, 'kind');
  return group && kind ? { group: group.value, kind: kind.value } : undefined;
}

function isReachable(referrer: Resource, resource: Resource): boolean {
  const from = referrer.id;
  const to = resource.id;
  if (isOutside(from) || isOutside(to) || resource.kind === 'ServiceAccount') return true;
  return effectiveNamespace(from) === effectiveNamespace(to);
}

/** Whether two objects went through the same kustomizations, as their prefixes and suffixes tell. */
function sameAffixes(a: Resource, b: Resource, allowEmpty: boolean): boolean {
  return [NOTES.prefixes, NOTES.suffixes].every((note) => {
    const [one, other] = [a.noted(note), b.noted(note)];
    return (allowEmpty && (one.length === 0 || other.length === 0)) || endAlike(one, other);
  });
}

function endAlike(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length > b.length ? [b, a] : [a, b];
  if (short.length === 0) return long.length === 0;
  return short.every((word, at) => word === long[at + long.length - short.length]);
}

function details(referrer: Resource, referrals: readonly Resource[]): string {
  const list = referrals.map((each, at) => `--- possible referral ${at}:\n${each.toYaml()}\n`).join('');
  return `\n**** Too many possible referral targets to referrer:\n${referrer.toYaml()}\n${list}`;
}
