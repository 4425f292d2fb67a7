import type { KubeObject } from '../../../api/object.js';
import type { AdmissionPolicyBinding, AdmissionPolicySpec, MatchResources } from '../../../api/types/admission.js';
import { readSelectors, type Selectors } from '../matching/selectors.js';
import { StoredList } from '../matching/stored-list.js';

/** What requests something is for, ready to be matched. */
export interface Constraints {
  readonly match: MatchResources;
  readonly selectors: Selectors;
}

/** A binding, ready to be matched. */
export interface Binding {
  readonly object: AdmissionPolicyBinding;
  readonly name: string;
  /** Undefined for one that is for all requests its policy is for. */
  readonly constraints: Constraints | undefined;
}

/** A policy with its bindings; what its expressions are compiled to is made when it is first for a request. */
export interface BoundPolicy<P extends KubeObject, E> {
  readonly object: P;
  readonly name: string;
  readonly constraints: Constraints;
  readonly bindings: readonly Binding[];
  readonly compiled: () => E;
}

type Policy = KubeObject & { readonly spec: AdmissionPolicySpec };

/** Policies by the resources they can be for at all: a request looks at those of its own. */
class PolicyIndex<P extends Policy, E> {
  private readonly byResource = new Map<string, BoundPolicy<P, E>[]>();
  private readonly forAny: BoundPolicy<P, E>[] = [];
  private readonly order = new Map<BoundPolicy<P, E>, number>();

  constructor(policies: readonly BoundPolicy<P, E>[]) {
    policies.forEach((policy, index) => {
      this.order.set(policy, index);
      for (const key of keysOf(policy.constraints.match)) {
        if (key === undefined) this.forAny.push(policy);
        else this.byResource.set(key, [...(this.byResource.get(key) ?? []), policy]);
      }
    });
  }

  get isEmpty(): boolean {
    return this.order.size === 0;
  }

  /** Policies that may be for one of some resources, in order. */
  candidates(
    resources: readonly { readonly group: string; readonly resource: string }[],
  ): readonly BoundPolicy<P, E>[] {
    const found = new Set(this.forAny);
    for (const { group, resource } of resources) {
      for (const policy of this.byResource.get(`${group}/${resource}`) ?? []) found.add(policy);
    }
    if (found.size < 2) return [...found];
    return [...found].sort((a, b) => (this.order.get(a) ?? 0) - (this.order.get(b) ?? 0));
  }
}

/** `group/resource` of all rules, undefined for one that is for more than can be listed. */
function keysOf({ resourceRules = [] }: MatchResources): Set<string | undefined> {
  const keys = new Set<string | undefined>();
  if (resourceRules.length === 0) keys.add(undefined);
  for (const { apiGroups = [], resources = [] } of resourceRules) {
    for (const group of apiGroups) {
      for (const text of resources) {
        const resource = text.replace(/\/.*$/, '');
        keys.add(group === '*' || resource === '*' ? undefined : `${group}/${resource}`);
      }
    }
  }
  return keys.has(undefined) ? new Set([undefined]) : keys;
}

/** The policies of a kind that have bindings, read from the store; each version of a policy is compiled once. */
export function boundPolicies<P extends Policy, E>(
  plurals: { readonly policies: string; readonly bindings: string },
  compile: (policy: P) => E,
): StoredList<PolicyIndex<P, E>> {
  const compiledOf = new WeakMap<KubeObject, E>();
  const compiled = (policy: P): E => {
    let made = compiledOf.get(policy);
    if (made === undefined) {
      made = compile(policy);
      compiledOf.set(policy, made);
    }
    return made;
  };
  return new StoredList([`/registry/${plurals.policies}/`, `/registry/${plurals.bindings}/`], (policies, bindings) => {
    const byPolicy = new Map<string, Binding[]>();
    for (const object of bindings as AdmissionPolicyBinding[]) {
      const { policyName = '', matchResources } = object.spec;
      const name = object.metadata.name ?? '';
      const binding = { object, name, constraints: matchResources && constraintsOf(matchResources) };
      byPolicy.set(policyName, [...(byPolicy.get(policyName) ?? []), binding]);
    }
    const bound = (policies as P[]).flatMap((object): BoundPolicy<P, E>[] => {
      const name = object.metadata.name ?? '';
      const own = byPolicy.get(name);
      if (!own) return [];
      const constraints = constraintsOf(object.spec.matchConstraints ?? {});
      return [{ object, name, constraints, bindings: own, compiled: () => compiled(object) }];
    });
    return new PolicyIndex(bound);
  });
}

function constraintsOf(match: MatchResources): Constraints {
  return { match, selectors: readSelectors(match) };
}
