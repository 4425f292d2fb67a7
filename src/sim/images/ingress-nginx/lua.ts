import { createHash } from 'node:crypto';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Random } from '../../kernel/random.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Exchange } from '../nginx/exchange.js';
import { errorPage, redirect, withBody } from '../nginx/pages.js';
import { pcre } from '../nginx/pcre.js';
import type { KeyPair, NginxBuild, Scripts } from '../nginx/scripts.js';
import type { Location } from '../nginx/sites.js';
import { variableOf } from '../nginx/variables.js';
import type { Endpoint, Stickiness, TrafficShaping } from './model.js';
import type { ControllerSettings } from './settings.js';

/** A backend as the controller tells the workers of it. */
export interface LuaBackend {
  readonly name: string;
  readonly endpoints: readonly Endpoint[];
  readonly noServer: boolean;
  readonly trafficShapingPolicy?: TrafficShaping | undefined;
  readonly alternativeBackends?: readonly string[];
  readonly sticky?: Stickiness | undefined;
}

/** Certificates by their identity, and whose each is. A host that has none is named with `-1`. */
export interface LuaCertificates {
  readonly servers: Readonly<Record<string, string>>;
  readonly certificates: Readonly<Record<string, KeyPair>>;
}

/** What the scripts go by beside what they are told while nginx runs. */
export type LuaSettings = Pick<
  ControllerSettings,
  'hsts' | 'hstsMaxAge' | 'hstsIncludeSubdomains' | 'hstsPreload' | 'redirectCode' | 'useForwardedHeaders'
>;

/** Host without a certificate: its uid among the servers'. */
export const NO_CERTIFICATE = '-1';
/** Where the controller leaves what the scripts go by. */
export const LUA_SETTINGS_FILE = '/etc/nginx/lua/cfg.json';

/** nginx as the controller's image has it: with OpenResty's Lua and headers-more. */
export const INGRESS_NGINX_BUILD: NginxBuild = {
  directives: `
balancer_by_lua_file u 1 any!
content_by_lua_file l 1 any!
header_filter_by_lua_file hsli 1 any!
init_by_lua_file h 1 any!
init_worker_by_lua_file h 1 any!
log_by_lua_file hsli 1 any!
lua_package_path h 1 any!
lua_shared_dict h 2
more_clear_headers hsli 1+
more_set_headers hsli 1+
rewrite_by_lua_file hsli 1 any!
ssl_certificate_by_lua_file s 1 any!
`,
  scripts: (sys) => new IngressScripts(sys),
};

/** One backend's endpoints taken in turn. */
interface Balancer {
  readonly backend: LuaBackend;
  turn: number;
}

/** What the controller's Lua does: keeps backends and certificates, chooses peers, redirects to https. */
class IngressScripts implements Scripts {
  private readonly sys: Sys;
  private readonly random: Random;
  private readonly balancers = new Map<string, Balancer>();
  private backendsText = '';
  private tls: LuaCertificates = { servers: {}, certificates: {} };
  private initialized = false;

  constructor(sys: Sys) {
    this.sys = sys;
    this.random = sys.random();
  }

  content(script: string, exchange: Exchange, location: Location): HttpResponse {
    if (script.endsWith('/ngx_conf_is_dynamic_lb_initialized.lua'))
      return answer(exchange, location, this.initialized ? 200 : 500, this.initialized ? 'OK' : '');
    return this.configure(exchange, location);
  }

  /** What the controller posts; it can be read again. */
  private configure(exchange: Exchange, location: Location): HttpResponse {
    const { uri, request } = exchange;
    if (uri === '/configuration/backends') {
      if (request.method === 'GET') return answer(exchange, location, 200, this.backendsText);
      if (request.method !== 'POST') return answer(exchange, location, 400, 'Only POST and GET requests are allowed!');
      this.setBackends(decodeText(request.body ?? new Uint8Array()));
      return answer(exchange, location, 201, '');
    }
    if (uri === '/configuration/servers') {
      if (request.method !== 'POST') return answer(exchange, location, 400, 'Only POST requests are allowed!');
      this.tls = JSON.parse(decodeText(request.body ?? new Uint8Array())) as LuaCertificates;
      return answer(exchange, location, 201, '');
    }
    return answer(exchange, location, 404, 'Not found!');
  }

  private setBackends(text: string): void {
    this.backendsText = text;
    const backends = JSON.parse(text) as readonly LuaBackend[];
    const names = new Set<string>();
    for (const backend of backends) {
      if (backend.endpoints.length === 0) continue;
      names.add(backend.name);
      const turn = this.balancers.get(backend.name)?.turn ?? 0;
      this.balancers.set(backend.name, { backend, turn });
    }
    for (const name of [...this.balancers.keys()]) if (!names.has(name)) this.balancers.delete(name);
    this.initialized = true;
  }

  rewrite(_script: string, exchange: Exchange, location: Location): HttpResponse | undefined {
    const { variables } = exchange;
    const scheme = variableOf(exchange, 'scheme');
    const settings = this.settings();
    const forwarded = settings.useForwardedHeaders ? exchange.request.headers['x-forwarded-proto'] : undefined;
    const access = forwarded ?? scheme;
    variables.set('pass_access_scheme', access);
    variables.set('best_http_host', exchange.request.headers['host'] ?? exchange.host);
    const port = variableOf(exchange, 'server_port');
    variables.set('pass_port', port);
    if (this.mustRedirect(exchange, access)) {
      const target = exchange.request.target;
      const keeps = variableOf(exchange, 'preserve_trailing_slash') === 'true';
      const path = !keeps && target.endsWith('/') ? target.slice(0, -1) : target;
      const [host = ''] = variableOf(exchange, 'best_http_host').split(':');
      return redirect(exchange, location, settings.redirectCode, `https://${host}${path}`);
    }
    return this.balancerOf(exchange) ? undefined : errorPage(exchange, location, 503);
  }

  private mustRedirect(exchange: Exchange, scheme: string): boolean {
    const says = (name: string) => variableOf(exchange, name) === 'true';
    if (scheme !== 'http' || says('force_no_ssl_redirect')) return false;
    return says('force_ssl_redirect') || (says('ssl_redirect') && this.hasCertificate(exchange.host));
  }

  private hasCertificate(host: string): boolean {
    const uid = this.uidOf(host);
    return uid !== undefined && uid !== NO_CERTIFICATE;
  }

  private uidOf(name: string): string | undefined {
    const host = name.toLowerCase().replace(/\.$/, '');
    return this.tls.servers[host] ?? this.tls.servers[host.replace(/^[^.]+\./, '*.')];
  }

  certificate(_script: string, serverName: string | undefined): KeyPair | undefined {
    const uid = (serverName === undefined ? undefined : this.uidOf(serverName)) ?? this.uidOf('_') ?? '';
    return this.tls.certificates[uid];
  }

  headers(_script: string, exchange: Exchange): Readonly<Record<string, string>> {
    const { hsts, hstsMaxAge, hstsIncludeSubdomains, hstsPreload } = this.settings();
    const sticky = exchange.variables.get(':sticky');
    const cookie: Record<string, string> = sticky === undefined ? {} : { 'set-cookie': sticky };
    if (!hsts || variableOf(exchange, 'scheme') !== 'https') return cookie;
    const tail = `${hstsIncludeSubdomains ? '; includeSubDomains' : ''}${hstsPreload ? '; preload' : ''}`;
    return { 'strict-transport-security': `max-age=${hstsMaxAge}${tail}`, ...cookie };
  }

  private settings(): LuaSettings {
    return JSON.parse(decodeText(this.sys.readFile(LUA_SETTINGS_FILE))) as LuaSettings;
  }

  balance(_script: string, exchange: Exchange): string | undefined {
    const balancer = this.balancerOf(exchange);
    if (!balancer) return undefined;
    const { endpoints, sticky } = balancer.backend;
    const peers = endpoints.map(({ address, port }) => `${address.includes(':') ? `[${address}]` : address}:${port}`);
    if (sticky) return stuck(exchange, sticky, peers, this.random);
    const peer = peers[balancer.turn % peers.length];
    balancer.turn += 1;
    return peer;
  }

  /** The backend of a request, decided once: its own, or the other version of it. */
  private balancerOf(exchange: Exchange): Balancer | undefined {
    const decided = exchange.variables.get(':balancer');
    if (decided !== undefined) return this.balancers.get(decided);
    const own = this.balancers.get(variableOf(exchange, 'proxy_upstream_name'));
    if (!own) return undefined;
    const [alternative = ''] = own.backend.alternativeBackends ?? [];
    const other = this.balancers.get(alternative);
    const policy = other?.backend.trafficShapingPolicy;
    const chosen = other && policy && this.isOther(exchange, policy) ? other : own;
    exchange.variables.set(':balancer', chosen.backend.name);
    if (chosen !== own) exchange.variables.set('proxy_alternative_upstream_name', alternative);
    return chosen;
  }

  /** Header before cookie before weight (balancer.lua). */
  private isOther(exchange: Exchange, policy: TrafficShaping): boolean {
    const header = policy.header === '' ? '' : (exchange.request.headers[policy.header.toLowerCase()] ?? '');
    if (header !== '') {
      if (policy.headerValue !== '') {
        if (policy.headerValue === header) return true;
      } else if (policy.headerPattern !== '') {
        if (pcre(policy.headerPattern).test(header)) return true;
      } else if (header === 'always') return true;
      else if (header === 'never') return false;
    }
    const cookie = policy.cookie === '' ? '' : variableOf(exchange, `cookie_${policy.cookie}`);
    if (cookie === 'always') return true;
    if (cookie === 'never') return false;
    const total = policy.weightTotal > 100 ? policy.weightTotal : 100;
    return this.random.fraction() * total < policy.weight;
  }
}

/** The peer that a cookie names, or one that a new cookie will. */
function stuck(
  exchange: Exchange,
  { cookie, path, maxAge }: Stickiness,
  peers: readonly string[],
  random: Random,
): string | undefined {
  const hash = (peer: string) => createHash('md5').update(peer).digest('hex');
  const [, given] = variableOf(exchange, `cookie_${cookie}`).split('|');
  const known = peers.find((peer) => hash(peer) === given);
  if (known !== undefined) return known;
  const peer = peers[random.below(peers.length)];
  if (peer === undefined) return undefined;
  const stamp = `${(exchange.context.sys.now() / SECOND).toFixed(3)}.${exchange.number}`;
  const age = maxAge === '' ? '' : `; Max-Age=${maxAge}`;
  const value = `${cookie}=${stamp}|${hash(peer)}${age}; Path=${path || variableOf(exchange, 'location_path')}; HttpOnly`;
  exchange.variables.set(':sticky', value);
  return peer;
}

function answer(exchange: Exchange, location: Location, status: number, text: string): HttpResponse {
  return withBody(exchange, location, status, encodeText(text), 'text/html');
}
