import { deepCopy, deepEqual, type KubeObject } from '../../api/object.js';
import type { Binding, ClusterRole, Subject } from '../../api/types/rbac.js';
import type { Waiting } from '../../kernel/wait.js';
import { uncoveredRules } from '../authorization/rbac/cover.js';
import type { ServerParts } from '../parts.js';
import type { ServedKind } from '../served-kind.js';
import { findObject } from '../storage/get.js';
import { removeObject } from '../storage/write.js';
import { bootstrapPolicy } from './policy/policy.js';
import { createAsServer, updateAsServer } from './system-request.js';

const AUTO_UPDATE = 'rbac.authorization.kubernetes.io/autoupdate';

/**
 * Makes the roles and bindings every server has, and puts back what is missing in those that are there, unless they say
 * that nobody shall (the post-start hook rbac/bootstrap-roles). What was added by others stays.
 */
export function* reconcilePolicy(parts: ServerParts): Waiting<void> {
  for (const expected of bootstrapPolicy().map((one) => deepCopy(one))) {
    const kind = parts.kinds.kind(expected.apiVersion, expected.kind);
    if (!kind) continue;
    const store = yield* parts.etcd.store('write');
    const { namespace = '', name = '' } = expected.metadata;
    const existing = findObject(store, kind, namespace, name);
    if (!existing) yield* createAsServer(parts, kind, expected);
    else yield* reconcile(parts, kind, existing, expected);
  }
}

function* reconcile(parts: ServerParts, kind: ServedKind, existing: KubeObject, expected: KubeObject): Waiting<void> {
  if (existing.metadata.annotations?.[AUTO_UPDATE] === 'false') return;
  const isBinding = 'roleRef' in expected;
  if (isBinding && !deepEqual((existing as Binding).roleRef, (expected as Binding).roleRef)) {
    // What a binding refers to cannot be changed: it is made anew.
    removeObject(yield* parts.etcd.store('write'), kind, existing);
    yield* createAsServer(parts, kind, expected);
    return;
  }
  const wanted = isBinding
    ? withSubjects(existing as Binding, expected as Binding)
    : withRules(existing as ClusterRole, expected as ClusterRole);
  const { labels, annotations } = expected.metadata;
  wanted.metadata.labels = { ...labels, ...wanted.metadata.labels };
  wanted.metadata.annotations = { ...annotations, ...wanted.metadata.annotations };
  if (!deepEqual(wanted, existing)) yield* updateAsServer(parts, kind, wanted);
}

function withRules(existing: ClusterRole, expected: ClusterRole): ClusterRole {
  const wanted = deepCopy(existing);
  const missing = uncoveredRules(existing.rules ?? [], expected.rules ?? []);
  if (missing.length > 0) wanted.rules = [...(existing.rules ?? []), ...missing];
  if (!expected.aggregationRule) {
    delete wanted.aggregationRule;
    return wanted;
  }
  const own = existing.aggregationRule?.clusterRoleSelectors ?? [];
  const others = (expected.aggregationRule.clusterRoleSelectors ?? []).filter(
    (selector) => !own.some((one) => deepEqual(one, selector)),
  );
  if (others.length > 0) wanted.aggregationRule = { clusterRoleSelectors: [...own, ...others] };
  return wanted;
}

function withSubjects(existing: Binding, expected: Binding): Binding {
  const wanted = deepCopy(existing);
  const has = (subject: Subject) => (existing.subjects ?? []).some((one) => deepEqual(one, subject));
  const missing = (expected.subjects ?? []).filter((subject) => !has(subject));
  if (missing.length > 0) wanted.subjects = [...(existing.subjects ?? []), ...missing];
  return wanted;
}
