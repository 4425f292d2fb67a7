import { StatusError } from '../../../api/status.js';
import { madeOnce } from '../../../kernel/made-once.js';
import type { HttpRequest } from '../../../kernel/network.js';
import type { ServerParts } from '../../parts.js';
import type { UserInfo } from '../../request/user-info.js';
import type { Access, Authorizer } from '../authorizer.js';
import { decide } from '../decide.js';
import { forbiddenAccess } from '../forbidden.js';
import { extraProblem } from './extra.js';
import { readImpersonation } from './headers.js';
import { IMPERSONATION_MODES, type ImpersonationMode } from './modes.js';
import { accountName, nodeName } from './names.js';

const AUTHENTICATION = 'authentication.k8s.io';
const MASTERS = 'system:masters';
/** From so many groups or values on it is asked first whether somebody may have any. */
const MANY = 4;

/** Who wants to be whom, in one mode. */
interface Attempt {
  readonly parts: ServerParts;
  readonly requestor: UserInfo;
  readonly wanted: UserInfo;
  readonly mode: ImpersonationMode;
}

/** Which mode let a user act for others last; it is tried first the next time. */
const lastOf = madeOnce((_: readonly Authorizer[]) => new Map<string, ImpersonationMode>());

/** The user whom a request acts for, or undefined. Throws 403 with what the first mode that was tried lacked. */
export function impersonate(
  parts: ServerParts,
  requestor: UserInfo,
  info: Access,
  request: HttpRequest,
): UserInfo | undefined {
  const wanted = readImpersonation(request);
  if (!wanted) return undefined;
  const last = lastOf(parts.authorizers);
  const before = last.get(requestor.name);
  const modes = before ? [before, ...IMPERSONATION_MODES.filter((mode) => mode !== before)] : IMPERSONATION_MODES;
  let first: StatusError | undefined;
  for (const mode of modes) {
    if (!mode.applies(wanted, requestor)) continue;
    try {
      const user = attempt({ parts, requestor, wanted, mode }, info);
      last.set(requestor.name, mode);
      return user;
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      first ??= error;
    }
  }
  throw first;
}

/** What let a user act for somebody the last time, as the audit log has it; undefined for the right of old. */
export function lastConstraint({ authorizers }: ServerParts, { name }: UserInfo): string | undefined {
  const mode = lastOf(authorizers).get(name);
  return mode?.constrained ? `impersonate:${mode.name}` : undefined;
}

function attempt(one: Attempt, info: Access): UserInfo {
  const { mode, wanted } = one;
  if (mode.constrained) check(one, { ...info, verb: `impersonate-on:${mode.name}:${info.verb}` });
  const groups = checkName(one);
  if (wanted.uid) check(one, right(one, AUTHENTICATION, 'uids', wanted.uid));
  checkGroups(one);
  checkExtra(one);
  return { ...wanted, groups: withEverybody(wanted.name, groups) };
}

/** Whether somebody may have the name; gives back the groups that come with it. */
function checkName(one: Attempt): readonly string[] {
  const { mode, wanted } = one;
  const group = groupOf(one);
  const node = mode.constrained ? nodeName(wanted.name) : undefined;
  if (node !== undefined) {
    // Of a node of one's own no name is asked: the right is to be valid on any node.
    check(one, right(one, group, 'nodes', mode.name === 'associated-node' ? '*' : node));
    return ['system:nodes'];
  }
  const account = accountName(wanted.name);
  if (!account) {
    check(one, right(one, group, 'users', wanted.name));
    return wanted.groups;
  }
  check(one, { ...right(one, group, 'serviceaccounts', account.name), namespace: account.namespace });
  if (wanted.groups.length > 0) return wanted.groups;
  return ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`];
}

function checkGroups(one: Attempt): void {
  const { mode, wanted } = one;
  const { groups } = wanted;
  const asked = (name: string) => right(one, groupOf(one), 'groups', name);
  if (mode.constrained) {
    if (groups.includes('')) throw refusal(one, asked(''), 'impersonating the empty string group is not allowed');
    if (groups.includes(MASTERS)) {
      throw refusal(one, asked(MASTERS), 'impersonating the system:masters group is not allowed');
    }
    if (groups.length >= MANY && may(one, asked('*'))) return;
  }
  for (const group of groups) check(one, asked(group));
}

function checkExtra(one: Attempt): void {
  const { mode, wanted } = one;
  const entries = Object.entries(wanted.extra ?? {});
  if (entries.length === 0) return;
  const asked = (subresource: string, name: string) => ({
    ...right(one, AUTHENTICATION, 'userextras', name),
    subresource,
  });
  if (mode.constrained) {
    const problem = extraProblem(entries);
    if (problem !== undefined) throw refusal(one, asked('', ''), problem);
    const values = entries.reduce((sum, [, own]) => sum + own.length, 0);
    if ((entries.length >= MANY || values >= MANY) && may(one, asked('*', '*'))) return;
  }
  for (const [key, values] of entries) for (const value of values) check(one, asked(key, value));
}

/** Users and groups had no API group of their own when there was one mode only. */
function groupOf({ mode }: Attempt): string {
  return mode.constrained ? AUTHENTICATION : '';
}

function right({ mode }: Attempt, group: string, resource: string, name: string): Access {
  const verb = mode.constrained ? `impersonate:${mode.name}` : 'impersonate';
  return { isResource: true, path: '', verb, group, version: 'v1', namespace: '', resource, subresource: '', name };
}

function may({ parts, requestor }: Attempt, info: Access): boolean {
  return decide(parts, { user: requestor, info }).decision === 'allow';
}

function check(one: Attempt, info: Access): void {
  const { decision, reason } = decide(one.parts, { user: one.requestor, info });
  if (decision !== 'allow') throw refusal(one, info, reason ?? '');
}

function refusal({ requestor }: Attempt, info: Access, reason: string): StatusError {
  return new StatusError(forbiddenAccess(requestor.name, info, reason));
}

function withEverybody(name: string, groups: readonly string[]): readonly string[] {
  if (name === 'system:anonymous') return withGroup(groups, 'system:unauthenticated');
  return groups.includes('system:unauthenticated') ? groups : withGroup(groups, 'system:authenticated');
}

function withGroup(groups: readonly string[], group: string): readonly string[] {
  return groups.includes(group) ? groups : [...groups, group];
}
