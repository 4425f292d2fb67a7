import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Exchange } from '../nginx/exchange.js';
import { errorPage } from '../nginx/pages.js';
import { pcre } from '../nginx/pcre.js';
import type { NginxBuild, Scripts } from '../nginx/scripts.js';
import type { Location } from '../nginx/sites.js';
import { variableOf } from '../nginx/variables.js';
import type { MatchEntry, NamedMatches } from './location-conf.js';

const MATCHES = '/etc/nginx/conf.d/matches.json';

/** nginx as the data plane's image has it: with njs and its httpmatches.js. */
export const GATEWAY_BUILD: NginxBuild = {
  directives: `
js_content l 1 any!
js_import h 1-3
js_preload_object h 1-3
js_set hsl 2-3
`,
  scripts: (sys) => new HttpMatches(sys),
};

/** httpmatches.js: looks at a request's method, headers and parameters, and sends it on to the first match that fits. */
class HttpMatches implements Scripts {
  private readonly sys: Sys;
  private known: { readonly text: string; readonly matches: NamedMatches } | undefined;

  constructor(sys: Sys) {
    this.sys = sys;
  }

  content(script: string, exchange: Exchange, location: Location): HttpResponse | string {
    if (script !== 'httpmatches.redirect') return errorPage(exchange, location, 500);
    const list = this.matches()[variableOf(exchange, 'match_key')];
    if (!list) return errorPage(exchange, location, 500);
    const found = list.find((entry) => fits(exchange, entry));
    return found ? found.redirectPath : errorPage(exchange, location, 404);
  }

  private matches(): NamedMatches {
    try {
      const text = Buffer.from(this.sys.readFile(MATCHES)).toString('utf8');
      if (this.known?.text !== text) this.known = { text, matches: JSON.parse(text) as NamedMatches };
      return this.known.matches;
    } catch (error) {
      if (isErrno(error)) return {};
      throw error;
    }
  }
}

/** Whether a request is what a match asks for: all of it. */
export function fits({ request, query }: Pick<Exchange, 'request' | 'query'>, entry: MatchEntry): boolean {
  if (entry.any) return true;
  if (entry.method !== undefined && entry.method !== request.method) return false;
  const asked = (text: string, value: (name: string) => string | undefined): boolean => {
    const [name = '', type = '', ...rest] = text.split(':');
    const given = value(name);
    if (given === undefined) return false;
    const wanted = rest.join(':');
    return type === 'RegularExpression' ? pcre(wanted).test(given) : given === wanted;
  };
  const params = new URLSearchParams(query);
  return (
    (entry.headers ?? []).every((text) => asked(text, (name) => request.headers[name.toLowerCase()])) &&
    (entry.params ?? []).every((text) => asked(text, (name) => params.get(name) ?? undefined))
  );
}
