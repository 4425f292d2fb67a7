import type { PolicyRule } from '../../../api/types/rbac.js';

/** The smallest parts of rules that no other rule covers: one verb of one group, resource and name, or of one path. */
export function uncoveredRules(held: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] {
  return wanted.flatMap(partsOf).filter((part) => !held.some((rule) => covers(rule, part)));
}

/** Parts that differ by their verbs alone, together (CompactRules); what cannot be joined comes first. */
export function compactRules(parts: readonly PolicyRule[]): PolicyRule[] {
  const others: PolicyRule[] = [];
  const simple = new Map<string, PolicyRule>();
  for (const part of parts) {
    if (part.nonResourceURLs?.length) {
      others.push(part);
      continue;
    }
    const key = JSON.stringify([part.apiGroups, part.resources, part.resourceNames ?? []]);
    const known = simple.get(key);
    if (known) known.verbs = [...(known.verbs ?? []), ...(part.verbs ?? [])];
    else simple.set(key, { ...part });
  }
  return [...others, ...simple.values()];
}

function partsOf({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): PolicyRule[] {
  const parts: PolicyRule[] = [];
  for (const group of apiGroups ?? []) {
    for (const resource of resources ?? []) {
      for (const verb of verbs ?? []) {
        const part = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (resourceNames?.length) for (const name of resourceNames) parts.push({ ...part, resourceNames: [name] });
        else parts.push(part);
      }
    }
  }
  for (const url of nonResourceURLs ?? []) {
    for (const verb of verbs ?? []) parts.push({ nonResourceURLs: [url], verbs: [verb] });
  }
  return parts;
}

function covers(rule: PolicyRule, part: PolicyRule): boolean {
  return (
    hasAll(rule.verbs, part.verbs, '*') &&
    hasAll(rule.apiGroups, part.apiGroups, '*') &&
    coversResources(rule.resources ?? [], part.resources ?? []) &&
    coversNames(rule.resourceNames ?? [], part.resourceNames ?? []) &&
    (part.nonResourceURLs ?? []).every((url) => (rule.nonResourceURLs ?? []).some((own) => coversUrl(own, url)))
  );
}

function hasAll(
  own: readonly string[] | null | undefined,
  wanted: readonly string[] | null | undefined,
  all: string,
): boolean {
  const has = own ?? [];
  return has.includes(all) || (wanted ?? []).every((one) => has.includes(one));
}

function coversResources(own: readonly string[], wanted: readonly string[]): boolean {
  if (own.includes('*')) return true;
  return wanted.every((path) => {
    if (own.includes(path)) return true;
    const slash = path.indexOf('/');
    return slash !== -1 && own.includes(`*${path.slice(slash)}`);
  });
}

function coversNames(own: readonly string[], wanted: readonly string[]): boolean {
  return own.length === 0 || (wanted.length > 0 && wanted.every((name) => own.includes(name)));
}

function coversUrl(own: string, url: string): boolean {
  return own === url || (own.endsWith('*') && url.startsWith(own.replace(/\*+$/, '')));
}
