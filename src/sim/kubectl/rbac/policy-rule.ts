import { compareText } from '../../api/go-text.js';

/** A rule as roles hold it. */
export interface PolicyRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** The same in rules of one verb, one resource and one name at most (BreakdownRule). */
function brokenDown({ verbs = [], apiGroups = [], resources = [], ...rest }: PolicyRule): PolicyRule[] {
  const { resourceNames = [], nonResourceURLs = [] } = rest;
  const names = resourceNames.length > 0 ? resourceNames.map((name) => ({ resourceNames: [name] })) : [{}];
  const ofResources = apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) =>
        names.map((named) => ({ verbs: [verb], apiGroups: [group], resources: [resource], ...named })),
      ),
    ),
  );
  const ofPaths = nonResourceURLs.flatMap((path) => verbs.map((verb) => ({ verbs: [verb], nonResourceURLs: [path] })));
  return [...ofResources, ...ofPaths];
}

/** What rules allow, a line for each resource and path, as `describe` and `can-i --list` order it. */
export function listedRules(rules: readonly PolicyRule[]): PolicyRule[] {
  const compact = new Map<string, PolicyRule & { verbs: string[] }>();
  const plain: PolicyRule[] = [];
  for (const rule of rules.flatMap(brokenDown)) {
    if (rule.nonResourceURLs) {
      plain.push(rule);
      continue;
    }
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames]);
    const verbs = compact.get(key)?.verbs ?? [];
    compact.set(key, { ...rule, verbs: [...new Set([...verbs, ...(rule.verbs ?? [])])] });
  }
  return [...plain, ...compact.values()]
    .map((rule) => [ruleText(rule), rule] as const)
    .sort(([one], [other]) => compareText(one, other))
    .map(([, rule]) => rule);
}

/** A rule as Go writes the struct (`%+v`). */
export function ruleText({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  return `{Verbs:${goList(verbs)} APIGroups:${goList(apiGroups)} Resources:${goList(resources)} ResourceNames:${goList(resourceNames)} NonResourceURLs:${goList(nonResourceURLs)}}`;
}

/** The columns of a listed rule. */
export function ruleColumns({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  const name = combined(resources?.[0] ?? '', apiGroups?.[0] ?? '');
  return `${name}\t${goList(nonResourceURLs)}\t${goList(resourceNames)}\t${goList(verbs)}\n`;
}

/** The rules among the wanted, broken down, that none of the given allows (Covers). */
export function uncoveredRules(given: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] {
  return wanted.flatMap(brokenDown).filter((part) => !given.some((rule) => covers(rule, part)));
}

function covers(rule: PolicyRule, part: PolicyRule): boolean {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const all = (list: readonly string[], wanted: readonly string[] = []): boolean =>
    list.includes('*') || wanted.every((each) => list.includes(each));
  const names = part.resourceNames ?? [];
  return (
    all(verbs, part.verbs) &&
    all(apiGroups, part.apiGroups) &&
    (resources.includes('*') ||
      (part.resources ?? []).every((path) => resources.includes(path) || resources.includes(anySubresource(path)))) &&
    (resourceNames.length === 0 || (names.length > 0 && names.every((name) => resourceNames.includes(name)))) &&
    (part.nonResourceURLs ?? []).every((path) => nonResourceURLs.some((owner) => pathCovers(owner, path)))
  );
}

/** `pods/log` is also meant by `*` and `/log` together. */
function anySubresource(path: string): string {
  const slash = path.indexOf('/');
  return slash < 0 ? path : `*${path.slice(slash)}`;
}

function pathCovers(owner: string, path: string): boolean {
  return owner === path || (owner.endsWith('*') && path.startsWith(owner.replace(/\*+$/, '')));
}

function goList(values: readonly string[] = []): string {
  return `[${values.join(' ')}]`;
}

function combined(resource: string, group: string): string {
  const slash = resource.indexOf('/');
  const [head, sub] = slash < 0 ? [resource, ''] : [resource.slice(0, slash), resource.slice(slash)];
  return `${head}${group === '' ? '' : `.${group}`}${sub}`;
}
