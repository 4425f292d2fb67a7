import { klogLine } from '../../client/klog.js';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpRequest, HttpResponse, Message } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import { plainText, UrlError } from '../errors.js';
import type { Session } from '../session.js';
import type { ProxyFilter } from './filter.js';

/** Headers that are between two neighbours only, and those the way to the server sets itself. */
const OWN_HEADERS = new Set(['connection', 'host', 'content-length', 'transfer-encoding', 'authorization']);
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
};

/** What a proxy serves where. */
export interface ProxyPlan {
  readonly session: Session;
  readonly filter: ProxyFilter | undefined;
  /** Ends in a slash. */
  readonly apiPrefix: string;
  /** A directory that is served too, under a prefix that ends in a slash; '' for none. */
  readonly directory: string;
  readonly directoryPrefix: string;
}

/** Answers one request to a proxy. */
export function* answerProxied(plan: ProxyPlan, message: Message): Waiting<Message> {
  if (message.kind !== 'http') return { kind: 'http-response', ...plain(400, 'Bad Request') };
  return { kind: 'http-response', ...(yield* route(plan, message)) };
}

function* route(plan: ProxyPlan, request: HttpRequest): Waiting<HttpResponse> {
  const { apiPrefix, directory, directoryPrefix } = plan;
  const at = request.target.indexOf('?');
  const path = at < 0 ? request.target : request.target.slice(0, at);
  if (directory !== '' && path.startsWith(directoryPrefix)) return fileAnswer(plan, path.slice(directoryPrefix.length));
  if (!path.startsWith(apiPrefix)) {
    // A prefix without its slash is led to the one with it.
    if (`${path}/` === apiPrefix)
      return { ...plain(301, `<a href="${apiPrefix}">Moved Permanently</a>.\n`), headers: { location: apiPrefix } };
    return plain(404, '404 page not found');
  }
  const own = apiPrefix.startsWith('/api') ? path : `/${path.slice(apiPrefix.length)}`;
  // Clients of this machine that speak in messages may leave the name out.
  const host = (request.headers['host'] ?? 'localhost').replace(/:\d+$/, '');
  if (plan.filter && !plan.filter.accepts(request.method, own, host)) return plain(403, 'Forbidden');
  return yield* passOn(plan, { ...request, target: at < 0 ? own : own + request.target.slice(at) });
}

function* passOn({ session }: ProxyPlan, request: HttpRequest): Waiting<HttpResponse> {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OWN_HEADERS.has(name)));
  try {
    return yield* session.rest().forward({ ...request, headers });
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    const why = plainText(error.cause);
    yield* session.err(klogLine(session.sys, 'E', 'proxy_server.go:148', `Error while proxying request: ${why}`));
    return plain(500, why);
  }
}

function fileAnswer({ session: { sys }, directory }: ProxyPlan, path: string): HttpResponse {
  const wanted = `${directory.replace(/\/+$/, '')}/${path}`;
  try {
    const isDirectory = sys.stat(wanted).type === 'directory';
    const file = isDirectory ? `${wanted.replace(/\/+$/, '')}/index.html` : wanted;
    const type = TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    return { status: 200, headers: { 'content-type': type }, body: sys.readFile(file) };
  } catch (error) {
    if (!isErrno(error)) throw error;
    return error.code === 'EACCES' ? plain(403, '403 Forbidden') : plain(404, '404 page not found');
  }
}

function plain(status: number, text: string): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: encodeText(`${text}\n`),
  };
}
