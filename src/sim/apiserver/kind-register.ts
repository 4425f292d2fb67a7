import { compareVersions } from '../api/custom/kube-versions.js';
import type { ServedKind } from './served-kind.js';

/** Gives kinds that come and go: the same list as long as they are the same. */
export type KindSource = () => readonly ServedKind[];

const NOTHING: readonly ServedKind[] = [];

/** The kinds a server serves, found by what a path or a body says. Custom resources come and go. */
export class KindRegister {
  private readonly own = new Index();
  private custom = new Index();
  private customKinds = NOTHING;
  private source: KindSource = () => NOTHING;
  private everything: { readonly of: Index; readonly kinds: readonly ServedKind[] } | undefined;

  constructor(kinds: readonly ServedKind[]) {
    for (const kind of kinds) this.own.add(kind);
  }

  /** Serves what a source gives beside what is built in. */
  follow(source: KindSource): void {
    this.source = source;
  }

  /** By the parts of a path. */
  resource(group: string, version: string, plural: string): ServedKind | undefined {
    const key = `${group}/${version}/${plural}`;
    return this.own.byResource.get(key) ?? this.others().byResource.get(key);
  }

  /** By apiVersion and kind of an object. */
  kind(apiVersion: string, kind: string): ServedKind | undefined {
    const key = apiVersion.includes('/') ? `${apiVersion}/${kind}` : `/${apiVersion}/${kind}`;
    return this.own.byKind.get(key) ?? this.others().byKind.get(key);
  }

  /** Whether a group is one that the server has from its start. */
  isBuiltIn(group: string): boolean {
    for (const kind of this.own.byResource.values()) if (kind.group === group) return true;
    return false;
  }

  /** In order of registration; the same list as long as they are the same. */
  all(): readonly ServedKind[] {
    const others = this.others();
    if (this.everything?.of !== others) {
      const kinds = [...this.own.byResource.values(), ...others.byResource.values()];
      this.everything = { of: others, kinds };
    }
    return this.everything.kinds;
  }

  /** The kinds under which the same objects are served, a kind's own among them, in order of registration. */
  keptWith({ storagePrefix }: ServedKind): readonly ServedKind[] {
    const own = this.own.byStoragePrefix.get(storagePrefix) ?? NOTHING;
    const others = this.others().byStoragePrefix.get(storagePrefix);
    return others ? [...own, ...others] : own;
  }

  /** Groups in order, each with its versions; the core group is ''. */
  groups(): ReadonlyMap<string, readonly string[]> {
    const groups = new Map<string, string[]>();
    for (const kind of this.own.byResource.values()) addVersion(groups, kind);
    const others = new Map<string, string[]>();
    for (const kind of this.others().byResource.values()) addVersion(others, kind);
    // Versions of different definitions are told in the order of their names' meaning.
    for (const [group, versions] of others) if (!groups.has(group)) groups.set(group, versions.sort(compareVersions));
    return groups;
  }

  private others(): Index {
    const kinds = this.source();
    if (kinds !== this.customKinds) {
      this.customKinds = kinds;
      this.custom = new Index();
      for (const kind of kinds) if (!this.own.byResource.has(resourceKey(kind))) this.custom.add(kind);
    }
    return this.custom;
  }
}

class Index {
  readonly byResource = new Map<string, ServedKind>();
  readonly byKind = new Map<string, ServedKind>();
  readonly byStoragePrefix = new Map<string, ServedKind[]>();

  add(kind: ServedKind): void {
    const alike = this.byStoragePrefix.get(kind.storagePrefix);
    if (alike) alike.push(kind);
    else this.byStoragePrefix.set(kind.storagePrefix, [kind]);
    this.byResource.set(resourceKey(kind), kind);
    this.byKind.set(`${kind.group}/${kind.version}/${kind.kind}`, kind);
  }
}

function resourceKey({ group, version, plural }: ServedKind): string {
  return `${group}/${version}/${plural}`;
}

function addVersion(groups: Map<string, string[]>, { group, version }: ServedKind): void {
  const versions = groups.get(group) ?? [];
  if (!versions.includes(version)) versions.push(version);
  groups.set(group, versions);
}
