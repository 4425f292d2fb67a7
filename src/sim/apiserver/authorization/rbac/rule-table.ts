import type { PolicyRule } from '../../../api/types/rbac.js';
import type { Access } from '../authorizer.js';

/** What a rule table is asked. */
export type Asked = Pick<Access, 'isResource' | 'verb' | 'group' | 'resource' | 'subresource' | 'name' | 'path'>;

/** What is granted for one verb, group and resource: for all names, or for some. */
interface Grants<G> {
  all?: G;
  names?: Map<string, G>;
}

interface Paths<G> {
  readonly exact: Map<string, G>;
  readonly prefixes: [prefix: string, granted: G][];
}

const ALL = '*';

/**
 * Rules as a table: who asks is answered after a few look-ups, however many rules there are. Of several rules that allow
 * the same the first one grants it.
 */
export class RuleTable<G> {
  private readonly resources = new Map<string, Map<string, Map<string, Grants<G>>>>();
  private readonly paths = new Map<string, Paths<G>>();

  /** Adds a rule and what it grants. */
  add(rule: PolicyRule, granted: G): void {
    for (const verb of rule.verbs ?? []) {
      for (const group of rule.apiGroups ?? []) {
        for (const resource of rule.resources ?? [])
          this.addResource(verb, group, resource, rule.resourceNames, granted);
      }
      for (const url of rule.nonResourceURLs ?? []) this.addPath(verb, url, granted);
    }
  }

  /** What lets somebody do this, or undefined. */
  find(asked: Asked): G | undefined {
    return asked.isResource ? this.findResource(asked) : this.findPath(asked);
  }

  private addResource(verb: string, group: string, resource: string, names: string[] | undefined, granted: G): void {
    const groups = orMake(this.resources, verb, () => new Map<string, Map<string, Grants<G>>>());
    const resources = orMake(groups, group, () => new Map<string, Grants<G>>());
    const grants = orMake<Grants<G>>(resources, resource, () => ({}));
    if (!names?.length) {
      grants.all ??= granted;
      return;
    }
    grants.names ??= new Map();
    for (const name of names) if (!grants.names.has(name)) grants.names.set(name, granted);
  }

  private addPath(verb: string, url: string, granted: G): void {
    const paths = orMake<Paths<G>>(this.paths, verb, () => ({ exact: new Map(), prefixes: [] }));
    if (url.endsWith(ALL)) paths.prefixes.push([url.replace(/\*+$/, ''), granted]);
    if (!paths.exact.has(url)) paths.exact.set(url, granted);
  }

  private findResource(asked: Asked): G | undefined {
    return this.ofVerb(asked.verb, asked) ?? (asked.verb === ALL ? undefined : this.ofVerb(ALL, asked));
  }

  private ofVerb(verb: string, asked: Asked): G | undefined {
    const groups = this.resources.get(verb);
    if (!groups) return undefined;
    const { group } = asked;
    return ofGroup(groups.get(group), asked) ?? (group === ALL ? undefined : ofGroup(groups.get(ALL), asked));
  }

  private findPath({ verb, path }: Asked): G | undefined {
    return ofPath(this.paths.get(verb), path) ?? (verb === ALL ? undefined : ofPath(this.paths.get(ALL), path));
  }
}

/** A rule names a resource, `resource/subresource`, `*` or `*` with `/subresource`. */
function ofGroup<G>(
  resources: ReadonlyMap<string, Grants<G>> | undefined,
  { resource, subresource, name }: Asked,
): G | undefined {
  if (!resources) return undefined;
  const whole = subresource === '' ? resource : `${resource}/${subresource}`;
  return (
    ofName(resources.get(whole), name) ??
    ofName(resources.get(ALL), name) ??
    (subresource === '' ? undefined : ofName(resources.get(`*/${subresource}`), name))
  );
}

function ofName<G>(grants: Grants<G> | undefined, name: string): G | undefined {
  return grants && (grants.all ?? grants.names?.get(name));
}

function ofPath<G>(paths: Paths<G> | undefined, path: string): G | undefined {
  if (!paths) return undefined;
  return paths.exact.get(path) ?? paths.prefixes.find(([prefix]) => path.startsWith(prefix))?.[1];
}

function orMake<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
