import { type Directive, NginxConfigError } from './config.js';

/** Where a directive may stand: main, events, http, server, location, if, upstream, stream and what is below it. */
type Context = 'm' | 'e' | 'h' | 's' | 'l' | 'i' | 'u' | 't' | 'limit';

/** How a value is checked. */
type Kind = 'flag' | 'number' | 'size' | 'time' | 'workers' | 'any';

interface Rule {
  readonly contexts: string;
  readonly least: number;
  readonly most: number;
  readonly block: string | undefined;
  readonly kind: Kind;
  /** May stand only once in a block. */
  readonly once: boolean;
}

/**
 * The directives of nginx's own modules, a line each: name, contexts, numbers of arguments (`1`, `1-2`, `1+`), and what
 * the value is. `>x` opens a block of context x, `>*` one whose lines are no directives; `!` stands only once.
 */
const TABLE = `
absolute_redirect hsl 1 flag!
accept_mutex e 1 flag!
access_log hsli 1+
add_header hsli 2-3
add_trailer hsli 2-3
aio hsl 1 any!
alias l 1 any!
allow hsl 1
auth_basic hsl 1 any!
auth_basic_user_file hsl 1 any!
auth_request hsl 1 any!
autoindex hsl 1 flag!
autoindex_exact_size hsl 1 flag!
autoindex_format hsl 1 any!
autoindex_localtime hsl 1 flag!
break sli 0
charset hsli 1 any!
chunked_transfer_encoding hsl 1 flag!
client_body_buffer_size hsl 1 size!
client_body_temp_path hsl 1-4 any!
client_body_timeout hsl 1 time!
client_header_buffer_size hs 1 size!
client_header_timeout hs 1 time!
client_max_body_size hsl 1 size!
daemon m 1 flag!
default_type hsl 1 any!
deny hsl 1
env m 1
error_log mhsltu 1-2
error_page hsli 2+
etag hsl 1 flag!
events m 0 >e!
expires hsli 1-2
fastcgi_index hsl 1 any!
fastcgi_param hsl 2-3
fastcgi_pass li 1 any!
fastcgi_split_path_info hsl 1 any!
fastcgi_temp_path hsl 1-4 any!
geo ht 1-2 >*
gzip hsli 1 flag!
gzip_buffers hsl 2 any!
gzip_comp_level hsl 1 number!
gzip_disable hsl 1+
gzip_http_version hsl 1 any!
gzip_min_length hsl 1 number!
gzip_proxied hsl 1+
gzip_static hsl 1 any!
gzip_types hsl 1+
gzip_vary hsl 1 flag!
hash u 1-2
http m 0 >h!
http2 hs 1 flag!
http2_max_concurrent_streams hs 1 number!
if sl 1+ >i
ignore_invalid_headers hs 1 flag!
index hsl 1+
internal l 0
ip_hash u 0
keepalive u 1 number!
keepalive_requests hslu 1 number!
keepalive_time hslu 1 time!
keepalive_timeout hslu 1-2 time!
large_client_header_buffers hs 2 any!
least_conn u 0
limit_conn hsl 2
limit_conn_status hsl 1 number!
limit_conn_zone h 2
limit_except l 1+ >l
limit_rate hsli 1 any!
limit_req hsl 1-3
limit_req_status hsl 1 number!
limit_req_zone h 3
listen st 1+
load_module m 1
location sl 1-2 >l
log_format ht 2+
log_not_found hsl 1 flag!
log_subrequest hsl 1 flag!
map ht 2 >*
map_hash_bucket_size ht 1 number!
map_hash_max_size ht 1 number!
master_process m 1 flag!
merge_slashes hs 1 flag!
mirror hsl 1
mirror_request_body hsl 1 flag!
multi_accept e 1 flag!
open_file_cache hsl 1-2 any!
pcre_jit m 1 flag!
pid m 1 any!
port_in_redirect hsl 1 flag!
proxy_buffer_size hslt 1 size!
proxy_buffering hsl 1 flag!
proxy_buffers hsl 2 any!
proxy_busy_buffers_size hsl 1 size!
proxy_cache hsl 1 any!
proxy_cache_bypass hsl 1+
proxy_cache_path h 2+
proxy_cache_valid hsl 1+
proxy_connect_timeout hslt 1 time!
proxy_cookie_domain hsl 1-2
proxy_cookie_path hsl 1-2
proxy_headers_hash_bucket_size hsl 1 number!
proxy_headers_hash_max_size hsl 1 number!
proxy_hide_header hsl 1
proxy_http_version hsl 1 any!
proxy_intercept_errors hsl 1 flag!
proxy_max_temp_file_size hsl 1 size!
proxy_method hsl 1 any!
proxy_next_upstream hslt 1+
proxy_next_upstream_timeout hslt 1 time!
proxy_next_upstream_tries hslt 1 number!
proxy_pass lit 1 any!
proxy_pass_header hsl 1
proxy_pass_request_body hsl 1 flag!
proxy_pass_request_headers hsl 1 flag!
proxy_read_timeout hsl 1 time!
proxy_redirect hsl 1-2
proxy_request_buffering hsl 1 flag!
proxy_send_timeout hsl 1 time!
proxy_set_body hsl 1 any!
proxy_set_header hsl 2
proxy_ssl_certificate hsl 1 any!
proxy_ssl_certificate_key hsl 1 any!
proxy_ssl_name hsl 1 any!
proxy_ssl_server_name hsl 1 flag!
proxy_ssl_session_reuse hsl 1 flag!
proxy_ssl_trusted_certificate hsl 1 any!
proxy_ssl_verify hsl 1 flag!
proxy_ssl_verify_depth hsl 1 number!
proxy_temp_path hsl 1-4 any!
proxy_timeout t 1 time!
random u 0-2
real_ip_header hsl 1 any!
real_ip_recursive hsl 1 flag!
recursive_error_pages hsl 1 flag!
reset_timedout_connection hsl 1 flag!
resolver hslut 1+
resolver_timeout hslut 1 time!
return sli 1-2
rewrite sli 2-3
rewrite_log hsli 1 flag!
root hsli 1 any!
satisfy hsl 1 any!
scgi_temp_path hsl 1-4 any!
send_timeout hsl 1 time!
sendfile hsli 1 flag!
sendfile_max_chunk hsl 1 size!
server ht 0 >s
server u 1+
server_name s 1+
server_name_in_redirect hsl 1 flag!
server_names_hash_bucket_size h 1 number!
server_names_hash_max_size h 1 number!
server_tokens hsl 1 any!
set sli 2
set_real_ip_from hsl 1
split_clients ht 2 >*
ssl_buffer_size hs 1 size!
ssl_certificate hst 1
ssl_certificate_key hst 1
ssl_ciphers hst 1 any!
ssl_client_certificate hst 1 any!
ssl_dhparam hst 1 any!
ssl_early_data hs 1 flag!
ssl_ecdh_curve hst 1 any!
ssl_prefer_server_ciphers hst 1 flag!
ssl_protocols hst 1+
ssl_reject_handshake hs 1 flag!
ssl_session_cache hst 1-2 any!
ssl_session_tickets hst 1 flag!
ssl_session_timeout hst 1 time!
ssl_stapling hs 1 flag!
ssl_trusted_certificate hst 1 any!
ssl_verify_client hst 1 any!
ssl_verify_depth hst 1 number!
stream m 0 >t
stub_status sl 0-1
sub_filter hsl 2
sub_filter_once hsl 1 flag!
tcp_nodelay hsl 1 flag!
tcp_nopush hsl 1 flag!
thread_pool m 1-3
try_files sl 2+
types hsl 0 >*
types_hash_bucket_size hsl 1 number!
types_hash_max_size hsl 1 number!
underscores_in_headers hs 1 flag!
uninitialized_variable_warn hsli 1 flag!
upstream ht 1 >u
use e 1 any!
user m 1-2 any!
uwsgi_pass li 1 any!
uwsgi_temp_path hsl 1-4 any!
valid_referers sl 1+
variables_hash_bucket_size h 1 number!
variables_hash_max_size h 1 number!
worker_connections e 1 number!
worker_cpu_affinity m 1+
worker_priority m 1 any!
worker_processes m 1 workers!
worker_rlimit_nofile m 1 number!
worker_shutdown_timeout m 1 time!
zone u 1-2
`;

/** The directives that an nginx knows, by name. */
export type DirectiveRules = ReadonlyMap<string, readonly Rule[]>;

const RULES: DirectiveRules = readTable(TABLE);

/** Those of nginx itself and those of modules that a build has beside. */
export function directiveRules(more: string): DirectiveRules {
  return readTable(TABLE, more);
}

function readTable(...tables: readonly string[]): Map<string, Rule[]> {
  const rules = new Map<string, Rule[]>();
  for (const line of tables.flatMap((table) => table.trim().split('\n'))) {
    const [name = '', contexts = '', numbers = '', tail = ''] = line.split(' ');
    const [, least = '0', mark = '', most = least] = /^(\d+)([-+]?)(\d+)?$/.exec(numbers) ?? [];
    const kind = (/^\w+/.exec(tail)?.[0] ?? 'any') as Kind;
    const rule = {
      contexts,
      least: Number(least),
      most: mark === '+' ? Number.POSITIVE_INFINITY : Number(most),
      block: tail.startsWith('>') ? tail.slice(1).replace('!', '') : undefined,
      kind,
      once: tail.endsWith('!'),
    };
    rules.set(name, [...(rules.get(name) ?? []), rule]);
  }
  return rules;
}

/** Checks directives as nginx does while it reads them. Throws `NginxConfigError`. */
export function checkDirectives(
  directives: readonly Directive[],
  rules: DirectiveRules = RULES,
  context: Context = 'm',
): void {
  const seen = new Set<string>();
  for (const directive of directives) {
    const { name, words, block, file, line } = directive;
    const at = ` in ${file}:${line}`;
    const known = rules.get(name);
    if (!known) throw new NginxConfigError(`unknown directive "${name}"${at}`);
    const rule = known.find(({ contexts }) => contexts.includes(context));
    if (!rule) throw new NginxConfigError(`"${name}" directive is not allowed here${at}`);
    if (rule.block === undefined && block)
      throw new NginxConfigError(`directive "${name}" is not terminated by ";"${at}`);
    if (rule.block !== undefined && !block) throw new NginxConfigError(`directive "${name}" has no opening "{"${at}`);
    if (words.length < rule.least || words.length > rule.most)
      throw new NginxConfigError(`invalid number of arguments in "${name}" directive${at}`);
    if (rule.once && seen.has(name)) throw new NginxConfigError(`"${name}" directive is duplicate${at}`);
    seen.add(name);
    checkValue(rule.kind, directive);
    if (block && rule.block !== '*') checkDirectives(block, rules, rule.block as Context);
  }
}

const SIZE = /^\d+[kKmMgG]?$/;
const TIME = /^(?:\d+(?:ms|[yMwdhms])?\s*)+$/;

function checkValue(kind: Kind, { name, words, file, line }: Directive): void {
  const [value = ''] = words;
  const at = ` in ${file}:${line}`;
  const fits = { flag: /^(?:on|off)$/i, number: /^\d+$/, size: SIZE, time: TIME, workers: /^(?:auto|\d+)$/, any: /^/s };
  if (value.includes('$') || fits[kind].test(value)) return;
  if (kind === 'flag')
    throw new NginxConfigError(`invalid value "${value}" in "${name}" directive, it must be "on" or "off"${at}`);
  if (kind === 'number')
    throw new NginxConfigError(
      name === 'worker_connections' ? `invalid number "${value}"${at}` : `invalid number${at}`,
    );
  throw new NginxConfigError(`"${name}" directive invalid value${at}`);
}
