import type { Location, Site } from './sites.js';

/** The sites of one port by their names, as nginx's hashes hold them. */
interface PortTable {
  readonly exact: Map<string, Site>;
  /** `*.example.com`, by `.example.com`. */
  readonly leading: Map<string, Site>;
  /** `www.*`, by `www.`. */
  readonly trailing: Map<string, Site>;
  readonly patterns: { readonly pattern: RegExp; readonly site: Site }[];
  fallback: Site | undefined;
  first: Site | undefined;
}

/** Finds the site for a port and a host name; what it costs does not grow with the number of sites. */
export class SiteTable {
  private readonly ports = new Map<number, PortTable>();
  private readonly sockets = new Map<string, Site>();

  constructor(sites: readonly Site[]) {
    for (const site of sites) for (const listen of site.listens) this.add(site, listen.port, listen);
  }

  private add(site: Site, port: number, { address, isDefault }: { address: string; isDefault: boolean }): void {
    if (address.startsWith('unix:')) {
      this.sockets.set(address, site);
      return;
    }
    const table = this.ports.get(port) ?? emptyTable();
    this.ports.set(port, table);
    table.first ??= site;
    if (isDefault) table.fallback = site;
    for (const name of site.names) addName(table, name, site);
  }

  /** Exact name, longest `*.wild`, longest `wild.*`, first pattern that fits, else the default, else the first. */
  choose(port: number, host: string): Site | undefined {
    const table = this.ports.get(port);
    if (!table) return undefined;
    return (
      table.exact.get(host) ??
      longestSuffix(table.leading, host) ??
      longestPrefix(table.trailing, host) ??
      table.patterns.find(({ pattern }) => pattern.test(host))?.site ??
      table.fallback ??
      table.first
    );
  }

  /** The site that listens at a socket's path (`unix:/var/run/x.sock`). */
  atSocket(address: string): Site | undefined {
    return this.sockets.get(address);
  }
}

function emptyTable(): PortTable {
  return {
    exact: new Map(),
    leading: new Map(),
    trailing: new Map(),
    patterns: [],
    fallback: undefined,
    first: undefined,
  };
}

/** Of two sites with one name the first has it. */
function addName(table: PortTable, name: string, site: Site): void {
  const put = (map: Map<string, Site>, key: string) => {
    if (!map.has(key)) map.set(key, site);
  };
  if (name.startsWith('~')) table.patterns.push({ pattern: new RegExp(name.slice(1), 'i'), site });
  else if (name.startsWith('*.')) put(table.leading, name.slice(1));
  else if (name.endsWith('.*')) put(table.trailing, name.slice(0, -1));
  else if (name.startsWith('.')) {
    put(table.exact, name.slice(1));
    put(table.leading, name);
  } else put(table.exact, name);
}

function longestSuffix(map: ReadonlyMap<string, Site>, host: string): Site | undefined {
  if (map.size === 0) return undefined;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    const site = dot > 0 ? map.get(host.slice(dot)) : undefined;
    if (site) return site;
  }
  return undefined;
}

function longestPrefix(map: ReadonlyMap<string, Site>, host: string): Site | undefined {
  if (map.size === 0) return undefined;
  for (let dot = host.lastIndexOf('.'); dot >= 0; dot = dot === 0 ? -1 : host.lastIndexOf('.', dot - 1)) {
    const site = map.get(host.slice(0, dot + 1));
    if (site) return site;
  }
  return undefined;
}

/** The locations of one block by their paths. */
interface LocationIndex {
  readonly exact: ReadonlyMap<string, Location>;
  readonly prefixes: ReadonlyMap<string, Location>;
  /** Lengths of prefixes, the longest first. */
  readonly lengths: readonly number[];
  readonly patterns: readonly { readonly location: Location; readonly pattern: RegExp }[];
  readonly named: ReadonlyMap<string, Location>;
}

const indexes = new WeakMap<readonly Location[], LocationIndex>();

function indexOf(locations: readonly Location[]): LocationIndex {
  const known = indexes.get(locations);
  if (known) return known;
  const by = (kind: Location['match']) =>
    new Map(locations.filter(({ match }) => match === kind).map((location) => [location.path, location]));
  const prefixes = by('prefix');
  const made = {
    exact: by('exact'),
    prefixes,
    lengths: [...new Set([...prefixes.keys()].map(({ length }) => length))].sort((one, other) => other - one),
    patterns: locations.flatMap((location) => (location.pattern ? [{ location, pattern: location.pattern }] : [])),
    named: by('named'),
  };
  indexes.set(locations, made);
  return made;
}

/** A location called `@name`. */
export function namedLocation({ locations }: Pick<Site, 'locations'>, name: string): Location | undefined {
  return indexOf(locations).named.get(name);
}

/** The location for a path: exact, else the longest prefix if final, else the first pattern that fits, else that prefix. */
export function chooseLocation(site: Pick<Site, 'locations' | 'base'>, path: string): Location {
  return chosen(site.locations, path) ?? site.base;
}

function chosen(locations: readonly Location[], path: string): Location | undefined {
  if (locations.length === 0) return undefined;
  const index = indexOf(locations);
  const exact = index.exact.get(path);
  if (exact) return exact;
  const prefix = longest(index, path);
  const inner = prefix && chosen(prefix.locations, path);
  if (inner && (inner.match !== 'prefix' || inner.final)) return inner;
  if (prefix?.final) return inner ?? prefix;
  return index.patterns.find(({ pattern }) => pattern.test(path))?.location ?? inner ?? prefix;
}

function longest({ prefixes, lengths }: LocationIndex, path: string): Location | undefined {
  for (const length of lengths) {
    const found = length <= path.length ? prefixes.get(path.slice(0, length)) : undefined;
    if (found) return found;
  }
  return undefined;
}
