import type { Binding, PolicyRule, Role, RoleRef } from '../../../api/types/rbac.js';
import { madeOnce } from '../../../kernel/made-once.js';
import type { Change, Entry } from '../../../store/entry.js';
import type { Store } from '../../../store/store.js';
import type { UserInfo } from '../../request/user-info.js';
import { objectOf } from '../../storage/stored-object.js';
import type { Decision } from '../authorizer.js';
import { type Bound, BoundSubjects, type Holder } from './bound-subjects.js';
import { describeGrant } from './describe.js';
import { type Asked, RuleTable } from './rule-table.js';

const CLUSTER_ROLES = '/registry/clusterroles/';
const ROLES = '/registry/roles/';
const CLUSTER_BINDINGS = '/registry/clusterrolebindings/';
const BINDINGS = '/registry/rolebindings/';

/** What a subject's bindings in one scope come to. */
interface Compiled {
  /** The state of the roles it was made of. */
  readonly roles: number;
  readonly table: RuleTable<Decision>;
  /** Whether all roles that are bound are there. */
  readonly isComplete: boolean;
}

/** Somebody's rules in a namespace, and the roles that he is bound to and that are not there. */
export interface HeldRules {
  readonly rules: readonly PolicyRule[];
  readonly missing: readonly RoleRef[];
}

/**
 * Roles and bindings of a store as the authorizer needs them. Told of each change by the store; a decision costs a few
 * look-ups for the user and for each of his groups, whatever the number of bindings.
 */
export class PolicyIndex {
  private readonly cluster = new BoundSubjects<Compiled>();
  private readonly namespaces = new Map<string, BoundSubjects<Compiled>>();
  /** Counts changes of roles: what was compiled of older ones is compiled anew. */
  private roles = 0;

  constructor(private readonly store: Store) {
    for (const prefix of [CLUSTER_BINDINGS, BINDINGS]) {
      for (const entry of store.range({ prefix }).entries) this.add(entry);
      store.watch(prefix, 0, (changes) => {
        for (const change of changes) this.note(change);
      });
    }
    for (const prefix of [CLUSTER_ROLES, ROLES]) {
      store.watch(prefix, 0, () => {
        this.roles += 1;
      });
    }
  }

  /** What allows a user to do something, or undefined. */
  grant({ name, groups }: UserInfo, asked: Asked, namespace: string): Decision | undefined {
    const own = namespace === '' ? undefined : this.namespaces.get(namespace);
    for (let scope: BoundSubjects<Compiled> | undefined = this.cluster; scope; scope = next(scope, own)) {
      const found = this.find(scope.user(name), asked);
      if (found) return found;
      for (const group of groups) {
        const granted = this.find(scope.group(group), asked);
        if (granted) return granted;
      }
    }
    return undefined;
  }

  /** The roles somebody is bound to in a namespace, or in the whole cluster, that are not there. */
  missing(user: UserInfo, namespace: string): readonly RoleRef[] {
    const own = this.namespaces.get(namespace);
    const complete = this.isComplete(this.cluster, user) && (!own || this.isComplete(own, user));
    return complete ? [] : this.rulesFor(user, namespace).missing;
  }

  /** All rules somebody has in a namespace: those of the cluster first. */
  rulesFor(user: UserInfo, namespace: string): HeldRules {
    const own = namespace === '' ? undefined : this.namespaces.get(namespace);
    const rules: PolicyRule[] = [];
    const missing: RoleRef[] = [];
    for (const { binding } of [...this.cluster.boundTo(user), ...(own?.boundTo(user) ?? [])]) {
      const found = this.rulesOf(binding.roleRef, binding.metadata.namespace ?? '');
      if (found) rules.push(...found);
      else missing.push(binding.roleRef);
    }
    return { rules, missing };
  }

  /** The rules of the role that a binding in a namespace refers to; undefined when it is not there. */
  rulesOf({ kind, name }: RoleRef, namespace: string): readonly PolicyRule[] | undefined {
    const key = kind === 'ClusterRole' ? `${CLUSTER_ROLES}${name}` : `${ROLES}${namespace}/${name}`;
    const entry = this.store.get(key);
    return entry && ((objectOf(entry) as Role).rules ?? []);
  }

  private note({ previous, entry }: Change): void {
    if (previous) this.remove(previous);
    if (entry) this.add(entry);
  }

  private add(entry: Entry): void {
    const binding = objectOf(entry) as Binding;
    const { namespace = '' } = binding.metadata;
    const scope = namespace === '' ? this.cluster : (this.namespaces.get(namespace) ?? new BoundSubjects());
    scope.add(entry.key, binding);
    if (namespace !== '') this.namespaces.set(namespace, scope);
  }

  private remove(entry: Entry): void {
    const binding = objectOf(entry) as Binding;
    const { namespace = '' } = binding.metadata;
    const scope = namespace === '' ? this.cluster : this.namespaces.get(namespace);
    scope?.remove(entry.key, binding);
  }

  private find(holder: Holder<Compiled> | undefined, asked: Asked): Decision | undefined {
    return holder && this.compiled(holder).table.find(asked);
  }

  private isComplete(scope: BoundSubjects<Compiled>, { name, groups }: UserInfo): boolean {
    const holders = [scope.user(name), ...groups.map((group) => scope.group(group))];
    return holders.every((holder) => !holder || this.compiled(holder).isComplete);
  }

  private compiled(holder: Holder<Compiled>): Compiled {
    if (holder.compiled?.roles === this.roles) return holder.compiled;
    const table = new RuleTable<Decision>();
    let isComplete = true;
    const inOrder = [...holder.bound].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [, bound] of inOrder) {
      const { roleRef, metadata } = bound.binding;
      const rules = this.rulesOf(roleRef, metadata.namespace ?? '');
      if (!rules) isComplete = false;
      else addRules(table, rules, bound);
    }
    holder.compiled = { roles: this.roles, table, isComplete };
    return holder.compiled;
  }
}

/** The index of a store. */
export const policyOf = madeOnce((store: Store) => new PolicyIndex(store));

function addRules(table: RuleTable<Decision>, rules: readonly PolicyRule[], bound: Bound): void {
  const decision: Decision = { decision: 'allow', reason: describeGrant(bound) };
  for (const rule of rules) table.add(rule, decision);
}

function next<C>(scope: BoundSubjects<C>, own: BoundSubjects<C> | undefined): BoundSubjects<C> | undefined {
  return scope === own ? undefined : own;
}
