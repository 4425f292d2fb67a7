import type { BackendState } from './graph.js';
import type { MatchRule, PathRule } from './match-rules.js';
import type { HeaderChange, NamedMatch, PathChange, RouteFilter } from './types.js';

/** What httpmatches.js is told: by a key the matches of a path, the first that fits decides where it goes on. */
export type NamedMatches = Record<string, MatchEntry[]>;

export interface MatchEntry {
  readonly any?: true;
  readonly method?: string;
  readonly headers?: readonly string[];
  readonly params?: readonly string[];
  readonly redirectPath: string;
}

/** What the locations of a server add elsewhere. */
interface Context {
  readonly server: number;
  readonly port: number;
  readonly matches: NamedMatches;
  readonly splits: string[];
  readonly maps: Map<string, string>;
}

/** The locations of a server. A path with more than one match, or one that looks at more than the path, asks the script first. */
export function locationsOf(rules: readonly PathRule[], context: Context): string[] {
  const found: string[] = [];
  rules.forEach((rule, index) => {
    const paths = outerPaths(rule, rules);
    const [only] = rule.matches;
    if (rule.matches.length === 1 && only && isPathOnly(only)) {
      const lines = actionLines(only, rule, context, `${context.server}_${index}_0`, false);
      for (const path of paths) found.push(...block(path, lines));
      return;
    }
    const key = `${context.server}_${index}`;
    context.matches[key] = rule.matches.map((match, at) =>
      entryOf(match, `/_ngf-internal-rule${context.server}-route${index}-${at}`),
    );
    for (const path of paths)
      found.push(...block(path, [`set $match_key ${key};`, 'js_content httpmatches.redirect;']));
    rule.matches.forEach((match, at) => {
      const lines = actionLines(match, rule, context, `${key}_${at}`, true);
      found.push(...block(`= /_ngf-internal-rule${context.server}-route${index}-${at}`, ['internal;', ...lines]));
    });
  });
  if (!rules.some(({ path, type }) => path === '/' && type === 'PathPrefix'))
    found.push(...block('/', ['default_type text/html;', 'return 404;']));
  return [...found, ...mirrorBlocks(rules, context)];
}

const block = (path: string, lines: readonly string[]) => [
  `location ${path} {`,
  ...lines.map((line) => `    ${line}`),
  '}',
];

/** A prefix `/a` is `/a` itself and what is below it, and nothing that only begins like it. */
function outerPaths({ type, path }: PathRule, all: readonly PathRule[]): string[] {
  if (type === 'Exact') return [`= ${path}`];
  if (type === 'RegularExpression') return [`~ ^${path}`];
  if (path === '/') return ['/'];
  const bare = path.replace(/\/$/, '');
  const taken = all.some((one) => one.type === 'Exact' && one.path === bare);
  return taken ? [`^~ ${bare}/`] : [`= ${bare}`, `^~ ${bare}/`];
}

function isPathOnly({ match }: MatchRule): boolean {
  const method = typeof match.method === 'string' ? match.method : undefined;
  return method === undefined && !match.headers?.length && !match.queryParams?.length;
}

function entryOf({ match }: MatchRule, redirectPath: string): MatchEntry {
  const method = typeof match.method === 'string' ? match.method : undefined;
  const shown = ({ name, type = 'Exact', value }: NamedMatch) => `${name}${KEY_MARK}${type}${KEY_MARK}${value}`;
  const any = method === undefined && !match.headers?.length && !match.queryParams?.length;
  if (any) return { any: true, redirectPath };
  return {
    ...(method === undefined ? {} : { method }),
    ...(match.headers?.length ? { headers: firstOfEach(match.headers).map(shown) } : {}),
    ...(match.queryParams?.length ? { params: firstOfEach(match.queryParams).map(shown) } : {}),
    redirectPath,
  };
}

/** What stands between name, kind and value. */
const KEY_MARK = ':';

/** Of several matches of one name only the first counts. */
function firstOfEach(list: readonly NamedMatch[]): NamedMatch[] {
  return list.filter((one, at) => list.findIndex(({ name }) => name.toLowerCase() === one.name.toLowerCase()) === at);
}

/** What is done with a request that fits: refused, sent elsewhere, or passed on with what its filters alter. */
function actionLines(match: MatchRule, rule: PathRule, context: Context, id: string, internal: boolean): string[] {
  const { filters = [] } = match.rule;
  const find = (type: string): RouteFilter | undefined => filters.find((filter) => filter.type === type);
  const redirect = find('RequestRedirect')?.requestRedirect;
  if (redirect) return redirectLines(redirect, rule, context, internal);
  const rewrite = find('URLRewrite')?.urlRewrite;
  const path = rewrite?.path ? rewriteLines(rewrite.path, rule, internal) : [];
  const mirrors = match.mirrors.map((_, at) => `mirror /_ngf-internal-mirror-${id}-${at};`);
  const change = find('RequestHeaderModifier')?.requestHeaderModifier;
  const target = passTarget(match.backends, context, id);
  const tail = path.length > 0 ? '' : '$request_uri';
  return [
    ...path,
    ...mirrors,
    'proxy_http_version 1.1;',
    ...requestHeaders(change, rewrite?.hostname, context).map(
      ([name, value]) => `proxy_set_header ${name} "${value}";`,
    ),
    `proxy_pass http://${target}${tail};`,
    ...responseLines(find('ResponseHeaderModifier')?.responseHeaderModifier),
  ];
}

function mirrorBlocks(rules: readonly PathRule[], { server }: Context): string[] {
  return rules.flatMap(({ matches }, index) =>
    matches.flatMap(({ mirrors }, at) =>
      mirrors.flatMap((upstream, mirror) =>
        block(`= /_ngf-internal-mirror-${server}_${index}_${at}-${mirror}`, [
          'internal;',
          'proxy_http_version 1.1;',
          'proxy_set_header Host "$gw_api_compliant_host";',
          `proxy_pass http://${upstream}$request_uri;`,
        ]),
      ),
    ),
  );
}

/** One upstream, or a variable that takes one of several as often as their weights say. */
function passTarget(backends: readonly BackendState[], context: Context, id: string): string {
  const named = backends.map(({ upstream = 'invalid-backend-ref', weight }) => ({ upstream, weight }));
  const total = named.reduce((sum, { weight }) => sum + weight, 0);
  const [only] = named;
  if (!only || total === 0) return 'invalid-backend-ref';
  if (named.length === 1) return only.upstream;
  const variable = `group_${id}`;
  let left = 100;
  const rows = named.map(({ upstream, weight }, at) => {
    const share = at === named.length - 1 ? left : Math.floor((weight * 10_000) / total) / 100;
    left = Math.round((left - share) * 100) / 100;
    return share === 0 ? `    # 0.00% ${upstream};` : `    ${share.toFixed(2)}% ${upstream};`;
  });
  context.splits.push(`split_clients $request_id $${variable} {\n${rows.join('\n')}\n}`);
  return `$${variable}`;
}

/** Headers as backends get them; what is added to one that a client sent goes behind it. */
function requestHeaders(
  change: HeaderChange | undefined,
  hostname: string | undefined,
  { maps }: Context,
): (readonly [string, string])[] {
  const own: (readonly [string, string])[] = [
    ['Host', hostname ?? '$gw_api_compliant_host'],
    ['X-Forwarded-For', '$proxy_add_x_forwarded_for'],
    ['X-Real-IP', '$remote_addr'],
    ['X-Forwarded-Proto', '$scheme'],
    ['X-Forwarded-Host', '$host'],
    ['X-Forwarded-Port', '$server_port'],
    ['Upgrade', '$http_upgrade'],
    ['Connection', '$connection_upgrade'],
  ];
  const added = (change?.add ?? []).map(({ name, value }) => {
    const key = name.toLowerCase().replaceAll('-', '_');
    maps.set(key, `map $http_${key} $${key}_header_var {\n    default '';\n    "~.+" "$http_${key},";\n}`);
    return [name, `\${${key}_header_var}${value}`] as const;
  });
  const set = (change?.set ?? []).map(({ name, value }) => [name, value] as const);
  const removed = (change?.remove ?? []).map((name) => [name, ''] as const);
  const changes = [...added, ...set, ...removed];
  const names = new Set(changes.map(([name]) => name.toLowerCase()));
  return [...changes, ...own.filter(([name]) => !names.has(name.toLowerCase()))];
}

function responseLines(change: HeaderChange | undefined): string[] {
  return [
    ...(change?.add ?? []).map(({ name, value }) => `add_header ${name} "${value}" always;`),
    ...(change?.set ?? []).flatMap(({ name, value }) => [
      `proxy_hide_header ${name};`,
      `add_header ${name} "${value}" always;`,
    ]),
    ...(change?.remove ?? []).map((name) => `proxy_hide_header ${name};`),
  ];
}

/** Inside, a request has the path of the location it was sent on to; what it asked for comes back first. */
function rewriteLines(path: PathChange, { path: prefix }: PathRule, internal: boolean): string[] {
  const back = internal ? ['rewrite ^ $request_uri_path;'] : [];
  if (path.type === 'ReplaceFullPath') return [...back, `rewrite ^ ${path.replaceFullPath || '/'} break;`];
  const bare = prefix === '/' ? '' : prefix.replace(/\/$/, '');
  const wanted = (path.replacePrefixMatch ?? '').replace(/\/$/, '');
  // What stood behind the prefix keeps its slash; an empty prefix leaves one.
  const [pattern, target] = wanted === '' ? [`^${bare}(?:/(.*))?$`, '/$1'] : [`^${bare}(/.*)?$`, `${wanted}$1`];
  return [...back, `rewrite "${pattern}" ${target} break;`];
}

type Redirect = NonNullable<RouteFilter['requestRedirect']>;

function redirectLines(
  redirect: Redirect,
  rule: PathRule,
  { port: listenerPort }: Context,
  internal: boolean,
): string[] {
  const { scheme = '$scheme', hostname = '$host', port, path, statusCode = 302 } = redirect;
  const usual = redirect.scheme === 'https' ? 443 : 80;
  const number = port ?? (redirect.scheme === undefined ? listenerPort : usual);
  const isUsual =
    number === (redirect.scheme === 'https' || (redirect.scheme === undefined && listenerPort === 443) ? 443 : 80);
  const place = `${scheme}://${hostname}${isUsual ? '' : `:${number}`}`;
  if (!path) return [`return ${statusCode} "${place}$request_uri";`];
  return [
    ...rewriteLines(path, rule, internal).map((line) => line.replace(/ break;$/, ';')),
    `return ${statusCode} "${place}$uri$is_args$args";`,
  ];
}
