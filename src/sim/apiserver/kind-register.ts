import type { ServedKind } from './served-kind.js';

/** The kinds a server serves, found by what a path or a body says. Custom resources come and go. */
export class KindRegister {
  private readonly byResource = new Map<string, ServedKind>();
  private readonly byKind = new Map<string, ServedKind>();

  constructor(kinds: readonly ServedKind[]) {
    for (const kind of kinds) this.add(kind);
  }

  add(kind: ServedKind): void {
    this.byResource.set(`${kind.group}/${kind.version}/${kind.plural}`, kind);
    this.byKind.set(`${kind.group}/${kind.version}/${kind.kind}`, kind);
  }

  remove(kind: ServedKind): void {
    this.byResource.delete(`${kind.group}/${kind.version}/${kind.plural}`);
    this.byKind.delete(`${kind.group}/${kind.version}/${kind.kind}`);
  }

  /** By the parts of a path. */
  resource(group: string, version: string, plural: string): ServedKind | undefined {
    return this.byResource.get(`${group}/${version}/${plural}`);
  }

  /** By apiVersion and kind of an object. */
  kind(apiVersion: string, kind: string): ServedKind | undefined {
    return this.byKind.get(apiVersion.includes('/') ? `${apiVersion}/${kind}` : `/${apiVersion}/${kind}`);
  }

  /** In order of registration. */
  all(): readonly ServedKind[] {
    return [...this.byResource.values()];
  }

  /** Groups in order, each with its versions; the core group is ''. */
  groups(): ReadonlyMap<string, readonly string[]> {
    const groups = new Map<string, string[]>();
    for (const { group, version } of this.byResource.values()) {
      const versions = groups.get(group) ?? [];
      if (!versions.includes(version)) versions.push(version);
      groups.set(group, versions);
    }
    return groups;
  }
}
