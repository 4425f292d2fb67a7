import { formatTime } from '../../api/time.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpRequest, HttpResponse } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Location, Site } from './sites.js';
import { chooseLocation } from './sites.js';

const REASONS: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
};
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html',
  htm: 'text/html',
  js: 'application/javascript',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
};

/** What an answer is made with: the server's name with its version, and where its complaints go. */
export interface AnswerContext {
  readonly sys: Sys;
  readonly server: string;
  complain(text: string): void;
}

/** Answers one request from a site's files and rules. */
export function answer(context: AnswerContext, site: Site, request: HttpRequest): HttpResponse {
  const [target = '/'] = request.target.split('?');
  const path = decoded(target);
  if (path === undefined) return errorPage(context, 400);
  const location = chooseLocation(site, path);
  const found = resolve(context, site.base.returns ? site.base : location, path, request);
  const page = site.errorPages.get(found.status);
  if (page === undefined || found.status < 400) return found;
  const replaced = resolve(context, chooseLocation(site, page), page, { ...request, method: 'GET' });
  return replaced.status === 200 ? { ...replaced, status: found.status } : found;
}

/** A path without its escapes; undefined when one of them is none. */
function decoded(path: string): string | undefined {
  if (/%(?![0-9a-f]{2})/i.test(path)) return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    // Bytes that are no UTF-8 name no file here.
    return path;
  }
}

function resolve(context: AnswerContext, location: Location, path: string, request: HttpRequest): HttpResponse {
  if (location.returns) return returned(context, location);
  if (request.method !== 'GET' && request.method !== 'HEAD') return errorPage(context, 405);
  if (location.tryFiles) return tried(context, location, path, request);
  return fileAnswer(context, location, path, request);
}

function returned(context: AnswerContext, location: Location): HttpResponse {
  const { status, text } = location.returns as NonNullable<Location['returns']>;
  if (status >= 300 && status < 400 && text !== '') {
    const page = errorPage(context, status);
    return { ...page, headers: { ...page.headers, location: text } };
  }
  if (text === '' && status >= 300) return errorPage(context, status);
  return withBody(context, status, Buffer.from(text, 'utf8'), 'application/octet-stream', location);
}

function tried(context: AnswerContext, location: Location, path: string, request: HttpRequest): HttpResponse {
  const candidates = location.tryFiles ?? [];
  for (const candidate of candidates.slice(0, -1)) {
    const wanted = candidate.replace(/\$uri/g, path);
    const found = lookAt(context.sys, diskPath(location, wanted));
    if (found === (wanted.endsWith('/') ? 'directory' : 'file')) return fileAnswer(context, location, wanted, request);
  }
  const last = candidates.at(-1) ?? '=404';
  if (last.startsWith('=')) return errorPage(context, Number(last.slice(1)));
  return fileAnswer(context, location, last.replace(/\$uri/g, path), request);
}

function diskPath(location: Location, path: string): string {
  if (location.alias !== undefined) return `${location.alias}${path.slice(location.path.length)}`;
  const root = location.root.startsWith('/') ? location.root : `/etc/nginx/${location.root}`;
  return `${root}${path}`;
}

function lookAt(sys: Sys, path: string): 'file' | 'directory' | undefined {
  try {
    const { type } = sys.stat(path);
    return type === 'directory' ? 'directory' : type === 'file' ? 'file' : undefined;
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

function fileAnswer(context: AnswerContext, location: Location, path: string, request: HttpRequest): HttpResponse {
  const { sys } = context;
  const disk = diskPath(location, path);
  const kind = lookAt(sys, disk);
  if (kind === 'directory' && !path.endsWith('/')) {
    const page = errorPage(context, 301);
    return { ...page, headers: { ...page.headers, location: `http://${request.headers['host'] ?? ''}${path}/` } };
  }
  if (path.endsWith('/')) {
    for (const name of location.index) {
      const index = name.startsWith('/') ? diskPath(location, name) : `${disk}${name}`;
      if (lookAt(sys, index) === 'file') return readAnswer(context, location, index);
    }
    if (kind === 'directory' && location.autoindex) return listing(context, location, disk, path);
    if (kind === 'directory') {
      context.complain(`directory index of "${disk}" is forbidden`);
      return errorPage(context, 403);
    }
    context.complain(`"${disk}${location.index.at(-1)}" is not found (2: No such file or directory)`);
    return errorPage(context, 404);
  }
  return readAnswer(context, location, disk);
}

function readAnswer(context: AnswerContext, location: Location, disk: string): HttpResponse {
  try {
    const body = context.sys.readFile(disk);
    const type = TYPES[disk.slice(disk.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    const { modified, size } = context.sys.stat(disk);
    const page = withBody(context, 200, body, type, location);
    const seconds = Math.floor(modified / 1_000_000);
    const etag = `"${seconds.toString(16)}-${size.toString(16)}"`;
    return {
      ...page,
      headers: { ...page.headers, 'last-modified': httpDate(modified), etag, 'accept-ranges': 'bytes' },
    };
  } catch (error) {
    if (!isErrno(error)) throw error;
    const denied = error.code === 'EACCES';
    context.complain(`open() "${disk}" failed (${denied ? '13: Permission denied' : '2: No such file or directory'})`);
    return errorPage(context, denied ? 403 : 404);
  }
}

function listing(context: AnswerContext, location: Location, disk: string, path: string): HttpResponse {
  const names = context.sys.readDirectory(disk).map(({ name, type }) => (type === 'directory' ? `${name}/` : name));
  const rows = names.sort().map((name) => `<a href="${name}">${name}</a>\r\n`);
  const text = `<html>\r\n<head><title>Index of ${path}</title></head>\r\n<body>\r\n<h1>Index of ${path}</h1><hr><pre><a href="../">../</a>\r\n${rows.join('')}</pre><hr></body>\r\n</html>\r\n`;
  return withBody(context, 200, Buffer.from(text, 'utf8'), 'text/html', location);
}

/** nginx's own page for a status. */
export function errorPage(context: AnswerContext, status: number): HttpResponse {
  const title = `${status} ${REASONS[status] ?? ''}`.trim();
  const text = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${context.server}</center>\r\n</body>\r\n</html>\r\n`;
  return withBody(context, status, Buffer.from(text, 'utf8'), 'text/html', undefined);
}

function withBody(
  { server, sys }: AnswerContext,
  status: number,
  body: Uint8Array,
  type: string,
  location: Location | undefined,
): HttpResponse {
  const extra = Object.fromEntries((location?.headers ?? []).map(([name, value]) => [name.toLowerCase(), value]));
  const headers = {
    server,
    date: httpDate(sys.now()),
    'content-type': type,
    'content-length': String(body.length),
    connection: 'keep-alive',
    ...extra,
  };
  return { status, headers, body };
}

/** RFC 1123, as HTTP writes instants. */
function httpDate(at: number): string {
  const days = Math.floor(at / 86_400_000_000);
  const [year, month, day, time] = splitTime(at);
  const weekday = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'][days % 7];
  return `${weekday}, ${day} ${month} ${year} ${time} GMT`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Year, month's name, day and time of an instant. */
export function splitTime(at: number): [year: string, month: string, day: string, time: string] {
  const text = formatTime(at);
  return [text.slice(0, 4), MONTHS[Number(text.slice(5, 7)) - 1] ?? '', text.slice(8, 10), text.slice(11, 19)];
}
