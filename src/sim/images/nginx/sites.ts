import type { Directive } from './config.js';
import { NginxConfigError } from './config.js';
import { checkDirectives, type DirectiveRules } from './directives.js';
import { pcre } from './pcre.js';
import { SiteTable } from './tables.js';

/** A `location`, or a whole `server` where no location fits: its own directives, then those of the blocks around it. */
export interface Location {
  readonly match: 'prefix' | 'exact' | 'regular' | 'named';
  /** `^~`: no regular expression is asked when this prefix fits. */
  readonly final: boolean;
  readonly path: string;
  readonly pattern: RegExp | undefined;
  readonly own: readonly Directive[];
  readonly scopes: readonly (readonly Directive[])[];
  readonly locations: readonly Location[];
}

/** One place where a server listens. */
export interface Listen {
  readonly address: string;
  readonly port: number;
  readonly ssl: boolean;
  readonly isDefault: boolean;
}

/** One `server` block. */
export interface Site {
  readonly listens: readonly Listen[];
  readonly names: readonly string[];
  readonly base: Location;
  readonly locations: readonly Location[];
}

/** All that a configuration says. */
export interface Configuration {
  readonly main: readonly Directive[];
  readonly http: readonly Directive[];
  readonly sites: readonly Site[];
  /** The same by port and name. */
  readonly table: SiteTable;
  /** Servers of each `upstream`, `host:port`. */
  readonly upstreams: ReadonlyMap<string, readonly string[]>;
  /** Script that chooses among an upstream's servers (`balancer_by_lua_file`). */
  readonly balancers: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

/** Checks directives and gathers what they say. Throws `NginxConfigError`. */
export function readSites(directives: readonly Directive[], rules?: DirectiveRules): Configuration {
  checkDirectives(directives, rules);
  const http = directives.filter(({ name }) => name === 'http').flatMap(({ block }) => block ?? []);
  const upstreams = new Map(
    http.filter(({ name }) => name === 'upstream').map((one) => [one.words[0] ?? '', serversOf(one)]),
  );
  const sites = http.filter(({ name }) => name === 'server').map((server) => readSite(server, http));
  const balancers = new Map(
    http
      .filter(({ name }) => name === 'upstream')
      .flatMap(({ words: [name = ''], block = [] }) =>
        block.filter((one) => one.name === 'balancer_by_lua_file').map((one) => [name, one.words[0] ?? ''] as const),
      ),
  );
  const warnings = clashes(sites);
  return { main: directives, http, sites, table: new SiteTable(sites), upstreams, balancers, warnings };
}

const at = ({ file, line }: Directive) => ` in ${file}:${line}`;

function serversOf(upstream: Directive): string[] {
  const servers = (upstream.block ?? []).filter(({ name }) => name === 'server').map(({ words }) => words[0] ?? '');
  if (servers.length === 0) throw new NginxConfigError(`no servers are inside upstream${at(upstream)}`);
  return servers.map((server) => (/:\d+$|^unix:/.test(server) ? server : `${server}:80`));
}

function readSite(server: Directive, http: readonly Directive[]): Site {
  const own = server.block ?? [];
  const listens: Listen[] = [];
  for (const directive of own.filter(({ name }) => name === 'listen')) {
    const listen = listenOf(directive);
    if (listens.some(({ address, port }) => address === listen.address && port === listen.port))
      throw new NginxConfigError(`a duplicate listen ${listen.address}:${listen.port}${at(directive)}`);
    listens.push(listen);
  }
  const scopes = [own, http];
  const locations = locationsOf(own, scopes, undefined);
  checkRewrites(own);
  return {
    listens: listens.length > 0 ? listens : [{ address: '0.0.0.0', port: 80, ssl: false, isDefault: false }],
    names: own
      .filter(({ name }) => name === 'server_name')
      .flatMap(({ words }) => words.map((word) => word.toLowerCase())),
    base: { match: 'prefix', final: false, path: '/', pattern: undefined, own, scopes, locations },
    locations,
  };
}

function listenOf(directive: Directive): Listen {
  const [text = '', ...options] = directive.words;
  if (text.startsWith('unix:')) return { address: text, port: 0, ssl: options.includes('ssl'), isDefault: false };
  const [, six, four, tail] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(text) ?? [];
  const bare = four !== undefined && tail === undefined && /^\d+$/.test(four);
  const portText = bare ? four : (tail ?? '80');
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port < 1 || port > 65_535)
    throw new NginxConfigError(`invalid port in "${text}" of the "listen" directive${at(directive)}`);
  const known =
    /^(?:default_server|default|ssl|http2|quic|reuseport|deferred|bind|proxy_protocol|(?:backlog|rcvbuf|sndbuf|ipv6only|so_keepalive|fastopen|setfib|accept_filter)=.*)$/;
  const odd = options.find((option) => !known.test(option));
  if (odd !== undefined) throw new NginxConfigError(`invalid parameter "${odd}"${at(directive)}`);
  const address = six === undefined ? (bare || four === '*' || !four ? '0.0.0.0' : four) : `[${six}]`;
  return { address, port, ssl: options.includes('ssl'), isDefault: options.some((one) => one.startsWith('default')) };
}

function locationsOf(
  own: readonly Directive[],
  scopes: readonly (readonly Directive[])[],
  outer: Location | undefined,
): Location[] {
  const found: Location[] = [];
  for (const directive of own.filter(({ name }) => name === 'location')) {
    const location = locationOf(directive, scopes);
    const twin = found.some(
      ({ match, path }) => match === location.match && path === location.path && match !== 'regular',
    );
    if (twin) throw new NginxConfigError(`duplicate location "${location.path}"${at(directive)}`);
    if (outer && location.match === 'prefix' && !location.path.startsWith(outer.path))
      throw new NginxConfigError(`location "${location.path}" is outside location "${outer.path}"${at(directive)}`);
    found.push(location);
  }
  return found;
}

function locationOf(directive: Directive, around: readonly (readonly Directive[])[]): Location {
  const { words, block = [] } = directive;
  const [, glued = '', rest = ''] = /^(=|\^~|~\*|~)?(.*)$/s.exec(words[0] ?? '') ?? [];
  const [mark, path] = words.length > 1 ? [words[0] ?? '', words[1] ?? ''] : [glued, rest];
  if (!['', '=', '~', '~*', '^~'].includes(mark))
    throw new NginxConfigError(`invalid location modifier "${mark}"${at(directive)}`);
  const scopes = [block, ...around];
  const shape = {
    match: path.startsWith('@') ? 'named' : mark === '=' ? 'exact' : mark.startsWith('~') ? 'regular' : 'prefix',
    final: mark === '^~',
    path,
    pattern: mark.startsWith('~') ? regular(path, mark === '~*', directive) : undefined,
    own: block,
    scopes,
  } as const;
  const bare: Location = { ...shape, locations: [] };
  checkRewrites(block);
  for (const { words: pass, ...one } of block.filter(({ name }) => name === 'proxy_pass'))
    if (!/^(?:https?:\/\/|\$)/.test(pass[0] ?? ''))
      throw new NginxConfigError(`invalid URL prefix${at({ ...one, words: pass })}`);
  return { ...shape, locations: locationsOf(block, scopes, bare) };
}

/** A pattern of PCRE; what JavaScript's do not know is spelled as they do. */
function regular(text: string, ignoreCase: boolean, directive: Directive): RegExp {
  try {
    return pcre(text, ignoreCase);
  } catch {
    const depth = [...text.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')].reduce(
      (sum, one) => sum + (one === '(' ? 1 : one === ')' ? -1 : 0),
      0,
    );
    const why =
      depth > 0
        ? 'missing closing parenthesis'
        : depth < 0
          ? 'unmatched closing parenthesis'
          : 'quantifier does not follow a repeatable item';
    throw new NginxConfigError(`pcre2_compile() failed: ${why} in "${text}"${at(directive)}`);
  }
}

function checkRewrites(own: readonly Directive[]): void {
  for (const directive of own) {
    const { name, words, block } = directive;
    const [first = ''] = words;
    if (name === 'return' && !/^\d{1,3}$/.test(first) && !/^(?:https?:\/\/|\$)/.test(first))
      throw new NginxConfigError(`invalid return code "${first}"${at(directive)}`);
    if (name === 'rewrite') regular(first, false, directive);
    if (name === 'set' && !first.startsWith('$'))
      throw new NginxConfigError(`invalid variable name "${first}"${at(directive)}`);
    if (name === 'error_page')
      for (const code of words.slice(0, -1))
        if (!/^(?:\d{3}|=\d*)$/.test(code)) throw new NginxConfigError(`invalid value "${code}"${at(directive)}`);
    if (name === 'if' && block) checkRewrites(block);
  }
}

function clashes(sites: readonly Site[]): string[] {
  const seen = new Set<string>();
  const defaults = new Set<string>();
  const warnings: string[] = [];
  for (const { listens, names, base } of sites) {
    for (const { address, port, isDefault } of listens) {
      const place = `${address}:${port}`;
      if (isDefault && defaults.has(place)) {
        const directive = base.own.find(
          ({ name, words }) => name === 'listen' && words.some((one) => one.startsWith('default')),
        );
        throw new NginxConfigError(`a duplicate default server for ${place}${directive ? at(directive) : ''}`);
      }
      if (isDefault) defaults.add(place);
      for (const name of names.length > 0 ? names : ['']) {
        if (seen.has(`${place} ${name}`)) warnings.push(`conflicting server name "${name}" on ${place}, ignored`);
        seen.add(`${place} ${name}`);
      }
    }
  }
  return warnings;
}

/** The value of a directive for a location: the nearest block that says it. */
export function wordsOf(location: Location, name: string): readonly string[] | undefined {
  for (const scope of location.scopes) {
    const found = scope.find((directive) => directive.name === name);
    if (found) return found.words;
  }
  return undefined;
}

/** All directives of a name in the nearest block that has one. */
export function allWordsOf(location: Location, name: string): readonly (readonly string[])[] {
  for (const scope of location.scopes) {
    const found = scope.filter((directive) => directive.name === name);
    if (found.length > 0) return found.map(({ words }) => words);
  }
  return [];
}
