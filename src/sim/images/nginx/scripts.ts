import type { HttpResponse } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Exchange } from './exchange.js';
import type { Location } from './sites.js';

/** A certificate and its key, PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/**
 * What the scripts do that a configuration names (Lua files of OpenResty, functions of njs), by the words of the
 * directive. An nginx without such modules has none of it.
 */
export interface Scripts {
  /** `rewrite_by_lua_file`, at the end of the rewrite phase: an answer, or nothing. */
  rewrite?(script: string, exchange: Exchange, location: Location): HttpResponse | undefined;
  /** `content_by_lua_file` and `js_content`: an answer, or the path of the location that goes on. */
  content?(script: string, exchange: Exchange, location: Location): HttpResponse | string;
  /** `balancer_by_lua_file`: the peer to ask, `address:port`. */
  balance?(script: string, exchange: Exchange): string | undefined;
  /** `ssl_certificate_by_lua_file`: what is shown to who asks for a name; undefined leaves it to the files. */
  certificate?(script: string, serverName: string | undefined): KeyPair | undefined;
  /** `header_filter_by_lua_file`: headers that are added to an answer. */
  headers?(script: string, exchange: Exchange): Readonly<Record<string, string>>;
}

/** An nginx built with more modules than its own: their directives, a line each, and what their scripts do. */
export interface NginxBuild {
  /** In the form of the table in directives.ts. */
  readonly directives: string;
  readonly variables?: readonly string[];
  scripts(sys: Sys): Scripts;
}
