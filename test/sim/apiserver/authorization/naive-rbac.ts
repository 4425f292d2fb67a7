/**
 * What documented RBAC means, worked out in the plainest way: every binding, every rule, every time. Written from the
 * documentation (kubernetes.io/docs/reference/access-authn-authz/rbac), to have a second opinion on the server's authorizer.
 */
export interface NaiveRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

export interface NaiveRole {
  /** Empty for roles of the cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly NaiveRule[];
  /** Rules come from the cluster's roles that have all labels of any of these. */
  readonly gathers?: readonly Readonly<Record<string, string>>[];
}

export interface NaiveSubject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  readonly namespace?: string;
}

export interface NaiveBinding {
  /** Empty for bindings of the cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly role: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string };
  readonly subjects: readonly NaiveSubject[];
}

export interface NaivePolicy {
  readonly roles: readonly NaiveRole[];
  readonly bindings: readonly NaiveBinding[];
}

export interface NaiveUser {
  readonly name: string;
  readonly groups: readonly string[];
}

/** A resource in a namespace (or in none), or a path. */
export type NaiveAction =
  | {
      readonly verb: string;
      readonly group: string;
      readonly resource: string;
      readonly subresource: string;
      readonly name: string;
      readonly namespace: string;
    }
  | { readonly verb: string; readonly path: string };

/** Whether any rule that a user holds there allows the action. */
export function mayNaively(policy: NaivePolicy, user: NaiveUser, action: NaiveAction): boolean {
  const namespace = 'path' in action ? '' : action.namespace;
  return heldRules(policy, user, namespace).some((rule) => ruleAllows(rule, action));
}

/** The rules that a user holds in a namespace; in none, those for the whole cluster. */
export function heldRules(policy: NaivePolicy, user: NaiveUser, namespace: string): NaiveRule[] {
  const rules: NaiveRule[] = [];
  for (const binding of policy.bindings) {
    if (binding.namespace !== '' && binding.namespace !== namespace) continue;
    if (!binding.subjects.some((subject) => isSubject(subject, user))) continue;
    rules.push(...rulesOf(policy, binding));
  }
  return rules;
}

/** The rules of the role that a binding names; none when there is no such role. */
export function rulesOf(
  policy: NaivePolicy,
  { namespace, role }: Omit<NaiveBinding, 'subjects' | 'name'>,
): NaiveRule[] {
  const home = role.kind === 'Role' ? namespace : '';
  const found = policy.roles.find((each) => each.namespace === home && each.name === role.name);
  if (!found?.gathers) return [...(found?.rules ?? [])];
  return policy.roles.flatMap((other) => {
    const isGathered = found.gathers?.some((labels) =>
      Object.entries(labels).every(([key, value]) => other.labels[key] === value),
    );
    return other.namespace === '' && other.name !== found.name && isGathered ? other.rules : [];
  });
}

/** Whether every single thing that rules allow is allowed by one of the held ones. */
export function holdsAll(held: readonly NaiveRule[], wanted: readonly NaiveRule[]): boolean {
  for (const rule of wanted)
    for (const verb of rule.verbs) {
      for (const path of rule.nonResourceURLs ?? [])
        if (!held.some((own) => includesPath(own, path) && includesAny(own.verbs, verb))) return false;
      for (const group of rule.apiGroups ?? [])
        for (const resource of rule.resources ?? [])
          for (const name of rule.resourceNames?.length ? rule.resourceNames : ['']) {
            const action = { verb, group, name, namespace: '', ...splitResource(resource) };
            if (!held.some((own) => ruleAllows(own, action))) return false;
          }
    }
  return true;
}

function splitResource(text: string): { resource: string; subresource: string } {
  const [resource = '', subresource = ''] = text.split('/');
  return { resource, subresource };
}

function isSubject(subject: NaiveSubject, user: NaiveUser): boolean {
  if (subject.kind === 'User') return subject.name === user.name;
  if (subject.kind === 'Group') return user.groups.includes(subject.name);
  return user.name === `system:serviceaccount:${subject.namespace}:${subject.name}`;
}

function ruleAllows(rule: NaiveRule, action: NaiveAction): boolean {
  if (!includesAny(rule.verbs, action.verb)) return false;
  if ('path' in action) return includesPath(rule, action.path);
  const { group, resource, subresource, name } = action;
  const whole = subresource === '' ? resource : `${resource}/${subresource}`;
  return (
    includesAny(rule.apiGroups ?? [], group) &&
    (includesAny(rule.resources ?? [], whole) ||
      (subresource !== '' && (rule.resources ?? []).includes(`*/${subresource}`))) &&
    (!rule.resourceNames?.length || (name !== '' && rule.resourceNames.includes(name)))
  );
}

function includesAny(list: readonly string[], wanted: string): boolean {
  return list.includes('*') || list.includes(wanted);
}

function includesPath(rule: NaiveRule, path: string): boolean {
  return (rule.nonResourceURLs ?? []).some((own) =>
    own.endsWith('*') ? path.startsWith(own.slice(0, -1)) : own === path,
  );
}
