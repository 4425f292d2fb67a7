import { compareBytes } from '../../../api/bytewise.js';
import { goQuote } from '../../../api/go-text.js';
import { deepEqual, type KubeObject, type ObjectMeta } from '../../../api/object.js';
import { forbiddenRequest, notFound, StatusError, unnamedError } from '../../../api/status.js';
import type { Binding, ClusterRole, PolicyRule } from '../../../api/types/rbac.js';
import type { Store } from '../../../store/store.js';
import type { RequestContext } from '../../request/context.js';
import { groupResource, type ServedKind } from '../../served-kind.js';
import { decide } from '../decide.js';
import { compactRules, uncoveredRules } from './cover.js';
import { compactRule, goStrings, joinErrors } from './describe.js';
import { policyOf } from './policy-index.js';

const GROUP = 'rbac.authorization.k8s.io';
const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];
const RESOURCES: Readonly<Record<string, string>> = { ClusterRole: 'clusterroles', Role: 'roles' };

/** A role or a binding that somebody wants to write; `old` is undefined for a new one. */
export interface Grant {
  readonly context: Pick<RequestContext, 'parts' | 'user' | 'info'>;
  readonly store: Store;
  readonly kind: ServedKind;
  readonly object: KubeObject;
  readonly old: KubeObject | undefined;
}

/**
 * Nobody may give away rights he does not have: a role may hold only rules its writer has himself, a binding only refer
 * to such a role, unless he may `escalate` or `bind` (registry/rbac, policybased). Throws 403, and 404 for a binding to a
 * role that is not there.
 */
export function refuseEscalation(grant: Grant): void {
  const { kind, context, object, old } = grant;
  if (kind.group !== GROUP || context.user.groups.includes('system:masters')) return;
  if (Object.hasOwn(RESOURCES, kind.kind)) checkRole(grant, object as ClusterRole, old as ClusterRole | undefined);
  else checkBinding(grant, object as Binding);
}

function checkRole(grant: Grant, role: ClusterRole, old: ClusterRole | undefined): void {
  const { context, kind } = grant;
  const { name, namespace } = context.info;
  if (may(grant, 'escalate', kind.plural, name, namespace) || changesOwnersOnly(grant)) return;
  const why = notHeld(grant, role.rules ?? []);
  if (why !== undefined) throw refused(grant, why);
  if (!gathers(role) && !(old && gathers(old))) return;
  if (notHeld(grant, EVERYTHING) !== undefined) {
    throw refused(grant, 'must have cluster-admin privileges to use the aggregationRule');
  }
}

function checkBinding(grant: Grant, { roleRef }: Binding): void {
  if (changesOwnersOnly(grant)) return;
  const { namespace } = grant.context.info;
  const resource = RESOURCES[roleRef.kind];
  if (resource === undefined)
    throw new StatusError(unnamedError(`unsupported role reference kind: ${goQuote(roleRef.kind)}`));
  if (may(grant, 'bind', resource, roleRef.name, namespace, roleRef.apiGroup)) return;
  const rules = policyOf(grant.store).rulesOf(roleRef, namespace);
  // The registry names what was asked for, not what it looked for.
  if (!rules) throw new StatusError(notFound(groupResource(grant.kind), roleRef.name));
  const why = notHeld(grant, rules);
  if (why !== undefined) throw refused(grant, why);
}

function refused({ kind, object }: Grant, why: string): StatusError {
  return new StatusError(forbiddenRequest(groupResource(kind), object.metadata.name ?? '', why));
}

function gathers({ aggregationRule }: ClusterRole): boolean {
  return (aggregationRule?.clusterRoleSelectors ?? []).length > 0;
}

function may(
  { context }: Grant,
  verb: string,
  resource: string,
  name: string,
  namespace: string,
  group = GROUP,
): boolean {
  const info = { isResource: true, path: '', verb, group, version: '*', namespace, resource, subresource: '', name };
  return decide(context.parts, { user: context.user, info }).decision === 'allow';
}

/** What the garbage collector has to change in any object: a write of these alone needs no rights. */
function changesOwnersOnly({ object, old }: Grant): boolean {
  if (!old) return false;
  const { ownerReferences, finalizers, managedFields, selfLink } = old.metadata;
  const kept: Partial<ObjectMeta> = { ownerReferences, finalizers, managedFields, selfLink } as Partial<ObjectMeta>;
  return deepEqual(settled({ ...object, metadata: { ...object.metadata, ...kept } }), settled(old));
}

function settled(object: KubeObject): unknown {
  return JSON.parse(JSON.stringify(object));
}

/** Says which of the rules who asks does not have himself; undefined when he has all. */
function notHeld({ context, store, kind }: Grant, wanted: readonly PolicyRule[]): string | undefined {
  const { user, info } = context;
  const held = policyOf(store).rulesFor(user, info.namespace);
  const lacking = uncoveredRules(held.rules, wanted);
  if (lacking.length === 0) return undefined;
  const lines = [...new Set(compactRules(lacking).map(compactRule))].sort(compareBytes);
  const who = `user ${goQuote(user.name)} (groups=${goStrings(user.groups)})`;
  const why = `${who} is attempting to grant RBAC permissions not currently held:\n${lines.join('\n')}`;
  if (held.missing.length === 0) return why;
  const missing = held.missing.map(({ name }) => notFound(groupResource(kind), name).message ?? '');
  return `${why}; resolution errors: [${joinErrors(missing)}]`;
}
