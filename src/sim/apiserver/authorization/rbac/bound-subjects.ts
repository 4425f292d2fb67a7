import type { Binding, Subject } from '../../../api/types/rbac.js';
import type { UserInfo } from '../../request/user-info.js';

/** A binding, by the subject of it that applies to somebody. */
export interface Bound {
  readonly binding: Binding;
  readonly subject: Subject;
}

/** All bindings of one subject by their keys, and what was once made of them. */
export interface Holder<C> {
  readonly bound: Map<string, Bound>;
  compiled: C | undefined;
}

/** Who is bound, in the whole cluster or in one namespace: found by the subject, whatever the number of bindings. */
export class BoundSubjects<C> {
  private readonly users = new Map<string, Holder<C>>();
  private readonly groups = new Map<string, Holder<C>>();

  /** What a user of this name is bound to; accounts are users too. */
  user(name: string): Holder<C> | undefined {
    return this.users.get(name);
  }

  group(name: string): Holder<C> | undefined {
    return this.groups.get(name);
  }

  /** Adds a binding that was not there; `key` tells it from others. */
  add(key: string, binding: Binding): void {
    for (const subject of binding.subjects ?? []) {
      const place = this.placeOf(subject, binding);
      if (!place) continue;
      const [holders, name] = place;
      const holder = holders.get(name) ?? { bound: new Map(), compiled: undefined };
      // Of two subjects of a binding that mean the same, the first counts.
      if (!holder.bound.has(key)) holder.bound.set(key, { binding, subject });
      holder.compiled = undefined;
      holders.set(name, holder);
    }
  }

  /** Takes away a binding as it was. */
  remove(key: string, binding: Binding): void {
    for (const subject of binding.subjects ?? []) {
      const place = this.placeOf(subject, binding);
      if (!place) continue;
      const [holders, name] = place;
      const holder = holders.get(name);
      if (!holder) continue;
      holder.bound.delete(key);
      holder.compiled = undefined;
      if (holder.bound.size === 0) holders.delete(name);
    }
  }

  /** The bindings that apply to somebody, each once, in the order of their keys. */
  boundTo({ name, groups }: UserInfo): Bound[] {
    const found = new Map<string, Bound>(this.users.get(name)?.bound ?? []);
    for (const group of groups) {
      for (const [key, bound] of this.groups.get(group)?.bound ?? []) if (!found.has(key)) found.set(key, bound);
    }
    return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, bound]) => bound);
  }

  /** Where a subject is kept; undefined when it can be nobody. */
  private placeOf(
    { kind, name, namespace: own }: Subject,
    { metadata }: Binding,
  ): [Map<string, Holder<C>>, string] | undefined {
    if (kind === 'User') return [this.users, name];
    if (kind === 'Group') return [this.groups, name];
    const namespace = own || metadata.namespace;
    return kind === 'ServiceAccount' && namespace
      ? [this.users, `system:serviceaccount:${namespace}:${name}`]
      : undefined;
  }
}
