import type { HttpResponse } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import { accessRefusal } from './access.js';
import type { Exchange } from './exchange.js';
import { mirrored } from './mirror.js';
import { errorPage, redirect, withBody } from './pages.js';
import { proxied } from './proxy.js';
import { runRewrites } from './rewrite.js';
import { allWordsOf, type Location, wordsOf } from './sites.js';
import { diskPath, fileAnswer, lookAt } from './static.js';
import { chooseLocation, namedLocation } from './tables.js';
import { expand } from './variables.js';

/** So often may a request be sent to another location before nginx gives up. */
const ROUNDS_MAX = 10;

/** Answers one request: server's rewrites, then locations, then the pages for errors. */
export function* answer(exchange: Exchange): Waiting<HttpResponse> {
  const { base } = exchange.site;
  if (exchange.uri === '') return errorPage(exchange, base, 400);
  const outcome = runRewrites(exchange, base, base.own);
  const found = isAnswer(outcome) ? outcome : yield* inLocations(exchange);
  return yield* withErrorPage(exchange, found);
}

function isAnswer(outcome: unknown): outcome is HttpResponse {
  return typeof outcome === 'object' && outcome !== null && 'status' in outcome;
}

/** The location that answered last: its error pages count. */
const answeredBy = new WeakMap<Exchange, Location>();

function* inLocations(exchange: Exchange): Waiting<HttpResponse> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const location = chooseLocation(exchange.site, exchange.uri);
    if (round === 0 && location.own.some(({ name }) => name === 'internal')) return errorPage(exchange, location, 404);
    const outcome = yield* inLocation(exchange, location);
    if (isAnswer(outcome)) return outcome;
    if (outcome.startsWith('@')) return yield* named(exchange, outcome);
    exchange.uri = outcome;
  }
  exchange.context.complain(exchange, `rewrite or internal redirection cycle while processing "${exchange.uri}"`);
  return errorPage(exchange, exchange.site.base, 500);
}

function* named(exchange: Exchange, name: string): Waiting<HttpResponse> {
  const location = namedLocation(exchange.site, name);
  const outcome = location ? yield* inLocation(exchange, location) : name;
  if (isAnswer(outcome)) return outcome;
  exchange.context.complain(exchange, `could not find named location "${name}"`);
  return errorPage(exchange, exchange.site.base, 500);
}

/** An answer, or the path to look for instead. */
function* inLocation(exchange: Exchange, location: Location): Waiting<HttpResponse | string> {
  answeredBy.set(exchange, location);
  exchange.location = location;
  const match = location.pattern?.exec(exchange.uri);
  if (match) exchange.captures = { list: [...match].map((text) => text ?? ''), groups: { ...match.groups } };
  const outcome = runRewrites(exchange, location, location.own);
  if (isAnswer(outcome)) return outcome;
  if (outcome === 'last') return exchange.uri;
  const script = wordsOf(location, 'rewrite_by_lua_file')?.[0];
  const scripted = script === undefined ? undefined : exchange.context.scripts.rewrite?.(script, exchange, location);
  if (scripted) return scripted;
  const refused = accessRefusal(exchange, location) ?? tooLarge(exchange, location);
  if (refused) return refused;
  return yield* content(exchange, location);
}

function tooLarge(exchange: Exchange, location: Location): HttpResponse | undefined {
  const [, number = '1', unit = 'm'] =
    /^(\d+)([kmg]?)$/i.exec(wordsOf(location, 'client_max_body_size')?.[0] ?? '1m') ?? [];
  const most = Number(number) * ({ k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[unit.toLowerCase()] ?? 1);
  const size = exchange.request.body?.length ?? 0;
  if (most === 0 || size <= most) return undefined;
  exchange.context.complain(exchange, `client intended to send too large body: ${size} bytes`);
  return errorPage(exchange, location, 413);
}

function* content(exchange: Exchange, location: Location): Waiting<HttpResponse | string> {
  const script = location.own.find(({ name }) => name === 'js_content' || name === 'content_by_lua_file')?.words[0];
  const scripted = script === undefined ? undefined : exchange.context.scripts.content?.(script, exchange, location);
  if (scripted !== undefined) return scripted;
  yield* mirrored(exchange, location);
  const pass = location.own.find(({ name }) => name === 'proxy_pass')?.words[0];
  const tries =
    location.own.some(({ name }) => name === 'try_files') || pass === undefined
      ? wordsOf(location, 'try_files')
      : undefined;
  if (tries) {
    const outcome = tried(exchange, location, tries);
    if (outcome !== undefined) return outcome;
  }
  if (pass !== undefined) return yield* proxied(exchange, location, pass);
  if (location.own.some(({ name }) => name === 'stub_status')) return status(exchange, location);
  const found = fileAnswer(exchange, location);
  return 'again' in found ? yield* indexed(exchange, location, found.again) : found;
}

/** An index is another request inside; mostly for the location that was found already. */
function* indexed(exchange: Exchange, location: Location, path: string): Waiting<HttpResponse | string> {
  exchange.uri = path;
  if (chooseLocation(exchange.site, path) !== location) return path;
  const found = fileAnswer(exchange, location);
  return 'again' in found ? found.again : found;
}

/** `try_files`: the first that is there becomes the path; else the last one's status or another location. */
function tried(exchange: Exchange, location: Location, words: readonly string[]): HttpResponse | string | undefined {
  for (const word of words.slice(0, -1)) {
    const path = expand(exchange, word);
    const kind = lookAt(exchange, diskPath(exchange, location, path));
    if (kind !== (path.endsWith('/') ? 'directory' : 'file')) continue;
    exchange.uri = path.startsWith('/') ? path : `/${path}`;
    return undefined;
  }
  const last = expand(exchange, words.at(-1) ?? '');
  if (last.startsWith('=')) return errorPage(exchange, location, Number(last.slice(1)));
  const [path = '', query] = last.split('?');
  if (query !== undefined) exchange.query = query;
  return path;
}

function status(exchange: Exchange, location: Location): HttpResponse {
  const { number } = exchange;
  const text = `Active connections: 1 \nserver accepts handled requests\n ${number} ${number} ${number} \nReading: 0 Writing: 1 Waiting: 0 \n`;
  return withBody(exchange, location, 200, Buffer.from(text, 'utf8'), 'text/plain');
}

/** Another page in the place of an error, when `error_page` says so. */
function* withErrorPage(exchange: Exchange, found: HttpResponse): Waiting<HttpResponse> {
  const location = answeredBy.get(exchange) ?? exchange.site.base;
  const proxied = exchange.upstream.status !== '' && Number(exchange.upstream.status) === found.status;
  if (proxied && wordsOf(location, 'proxy_intercept_errors')?.[0] !== 'on' && found.status < 502) return found;
  if (found.status < 300 || found.status === 444) return found;
  const rule = allWordsOf(location, 'error_page').find((words) => words.slice(0, -1).includes(String(found.status)));
  if (!rule) return found;
  const target = expand(exchange, rule.at(-1) ?? '');
  const override = rule.find((word) => word.startsWith('='));
  if (/^https?:\/\//.test(target)) return redirect(exchange, location, 302, target);
  const inner: Exchange = {
    ...exchange,
    uri: target,
    request: { ...exchange.request, method: exchange.request.method === 'HEAD' ? 'HEAD' : 'GET' },
  };
  const page = target.startsWith('@') ? yield* named(exchange, target) : yield* replaced(inner);
  const code =
    override === undefined
      ? page.status === 200
        ? found.status
        : page.status
      : Number(override.slice(1)) || page.status;
  exchange.status = code;
  if (page.status >= 400 && !target.startsWith('@') && page.status !== code) return page;
  if (code === 200 || code === 206) return { ...page, status: code };
  // What tells of a file's age and parts is for the file itself, not for an error that shows it.
  const { 'last-modified': _modified, 'accept-ranges': _ranges, ...headers } = page.headers;
  return { ...page, status: code, headers };
}

/** The page itself: internal locations are open to it. */
function* replaced(exchange: Exchange): Waiting<HttpResponse> {
  const location = chooseLocation(exchange.site, exchange.uri);
  const outcome = yield* inLocation(exchange, location);
  if (isAnswer(outcome)) return outcome;
  exchange.uri = outcome;
  return yield* inLocations(exchange);
}
