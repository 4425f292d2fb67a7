import { isProtected, NOTHING, type RbacObject, type Reconciled, type Subject, withMetadata } from './reconciled.js';

/** What an existing binding needs to bind whom the expected one does; to another role it has to be made anew. */
export function computeBinding(existing: RbacObject, expected: RbacObject, removeExtra: boolean): Reconciled {
  const base = { ...NOTHING, isProtected: isProtected(existing) };
  if (roleOf(expected) !== roleOf(existing)) return { ...base, object: expected, operation: 'recreate' };
  const { object, changed } = withMetadata(existing, expected);
  const [have, want] = [existing.subjects ?? [], expected.subjects ?? []];
  const missingSubjects = without(want, have);
  const extraSubjects = without(have, want);
  const differ = missingSubjects.length > 0 || (removeExtra && extraSubjects.length > 0);
  if (differ) object.subjects = removeExtra ? want : [...have, ...missingSubjects];
  return { ...base, object, operation: changed || differ ? 'update' : 'none', missingSubjects, extraSubjects };
}

/** A subject as Go writes the struct (`%+v`). */
export function subjectText({ kind, apiGroup = '', name, namespace = '' }: Subject): string {
  return `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`;
}

function roleOf({ roleRef }: RbacObject): string {
  return JSON.stringify([roleRef?.apiGroup ?? '', roleRef?.kind, roleRef?.name]);
}

function without(list: readonly Subject[], other: readonly Subject[]): Subject[] {
  const texts = new Set(other.map(subjectText));
  return list.filter((each) => {
    const text = subjectText(each);
    const isNew = !texts.has(text);
    texts.add(text);
    return isNew;
  });
}
