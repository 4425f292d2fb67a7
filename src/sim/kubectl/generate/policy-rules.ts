import { compareText, goQuote } from '../../api/go-text.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError, ExitError } from '../errors.js';
import { findMapping } from '../resource/mapper.js';
import type { Session } from '../session.js';

/** A resource as `--resource` names it. */
export interface RuleResource {
  readonly group: string;
  readonly resource: string;
  readonly subresource: string;
}

// biome-ignore format: a table
const STANDARD_VERBS = ['*', 'get', 'delete', 'list', 'create', 'update', 'patch', 'watch', 'proxy', 'deletecollection', 'use', 'bind', 'escalate', 'impersonate'];
const RBAC = 'rbac.authorization.k8s.io';
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  use: ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions'],
  bind: [`roles.${RBAC}`, `clusterroles.${RBAC}`],
  escalate: [`roles.${RBAC}`, `clusterroles.${RBAC}`],
  impersonate: ['users.', 'serviceaccounts.', 'groups.', 'userextras.authentication.k8s.io'],
};

/** The verbs of `--verb`, once each; `*` stands for all. */
export function readVerbs(flags: Flags): string[] {
  const verbs = [...new Set(flags.list('verb'))];
  return verbs.includes('*') ? ['*'] : verbs;
}

/** The resources of `--resource`. */
export function readResources(flags: Flags): RuleResource[] {
  const resources: RuleResource[] = [];
  for (const text of flags.list('resource')) {
    const [head = '', subresource = ''] = text.split(/\/(.*)/s);
    const [resource = '', group = ''] = head.split(/\.(.*)/s);
    const found = { group, resource, subresource };
    if (text === '*') return [found];
    resources.push(found);
  }
  return resources;
}

/** Warns of verbs that no resource has. */
export function* warnVerbs(session: Session, verbs: readonly string[]): Waiting<void> {
  for (const verb of verbs) {
    if (!STANDARD_VERBS.includes(verb)) yield* session.err(`Warning: '${verb}' is not a standard resource verb\n`);
  }
}

/** One rule for each group, resources by their full names. Throws for resources the server does not have. */
export function* policyRules(
  session: Session,
  verbs: readonly string[],
  resources: readonly RuleResource[],
): Waiting<object[]> {
  const byGroup = new Map<string, string[]>();
  const all = resources.length > 0 ? yield* session.discovery().resources() : [];
  const groups = resources.length > 0 ? yield* session.discovery().groups() : [];
  let open = true;
  for (const { group, resource, subresource } of resources) {
    if (resource === '') throw new CommandError('resource must be specified if apiGroup/subresource specified');
    const mapping =
      resource === '*' ? undefined : findMapping(all, groups, group === '' ? resource : `${resource}.${group}`);
    if (resource === '*') open = false;
    if (open) checkResource(verbs, mapping ?? { group, resource }, mapping !== undefined);
    const name = `${mapping?.resource ?? resource}${subresource === '' ? '' : `/${subresource}`}`;
    const list = byGroup.get(mapping?.group ?? group) ?? [];
    if (!list.includes(name)) byGroup.set(mapping?.group ?? group, [...list, name]);
  }
  const names = [...new Set(session.flags.list('resource-name'))];
  return [...byGroup.keys()].sort(compareText).map((group) => ({
    verbs: [...verbs],
    apiGroups: [group],
    resources: byGroup.get(group),
    ...(names.length > 0 ? { resourceNames: names } : {}),
  }));
}

function checkResource(verbs: readonly string[], found: { group: string; resource: string }, known: boolean): void {
  const { group, resource } = found;
  let allowed = known;
  for (const verb of verbs) {
    const special = SPECIAL[verb];
    if (!special) continue;
    if (!special.includes(`${resource}.${group}`))
      throw new CommandError(`can not perform '${verb}' on '${resource}' in group '${group}'`);
    allowed = true;
  }
  if (allowed) return;
  const where = group === '' ? '' : ` in group ${goQuote(group)}`;
  throw new ExitError(1, `the server doesn't have a resource type ${goQuote(resource)}${where}`);
}
