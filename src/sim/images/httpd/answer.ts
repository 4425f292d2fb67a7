import { isErrno } from '../../kernel/errno.js';
import type { HttpRequest, HttpResponse } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { httpDate } from '../web/http-date.js';
import type { ApacheDirective } from './config.js';

/** What an answer is made with. */
export interface ApacheContext {
  readonly sys: Sys;
  /** `Apache/2.4.65 (Unix)`. */
  readonly server: string;
  readonly directives: readonly ApacheDirective[];
  complain(text: string): void;
}

const TITLES: Readonly<Record<number, string>> = {
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  410: 'Gone',
};
const WORDS: Readonly<Record<number, string>> = {
  400: 'Your browser sent a request that this server could not understand.<br />\n',
  403: "You don't have permission to access this resource.",
  404: 'The requested URL was not found on this server.',
  410: 'The requested resource is no longer available on this server and there is no forwarding address.\nPlease remove all references to this resource.',
};
const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  xml: 'application/xml',
};

/** Answers one request from files. */
export function answer(context: ApacheContext, request: HttpRequest): HttpResponse {
  const [raw = '/'] = request.target.split('?');
  const path = decoded(raw);
  if (path === undefined) return page(context, 400);
  const moved = redirectOf(context.directives, path);
  if (moved) return page(context, moved.status, moved.status < 400 ? moved.location : '');
  const root = value(context.directives, 'documentroot') ?? '/usr/local/apache2/htdocs';
  const disk = `${root}${path}`;
  if (isDenied(context.directives, disk)) {
    context.complain(`AH01630: client denied by server configuration: ${disk}`);
    return page(context, 403);
  }
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
    if (request.method === 'OPTIONS')
      return withHead(context, 200, new Uint8Array(), undefined, { allow: 'HEAD,GET,POST,OPTIONS,TRACE' });
    return page(context, 405, request.method);
  }
  return fileAnswer(context, request, disk, path);
}

function decoded(path: string): string | undefined {
  try {
    const text = decodeURIComponent(path);
    return text.split('/').includes('..') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The first word of the last directive of a name outside sections. */
export function value(directives: readonly ApacheDirective[], name: string): string | undefined {
  return directives.findLast((one) => one.name === name && !one.inside)?.words[0];
}

function redirectOf(
  directives: readonly ApacheDirective[],
  path: string,
): { status: number; location: string } | undefined {
  for (const { name, words } of directives) {
    if (name !== 'redirect') continue;
    const codes: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };
    const [first = ''] = words;
    const status = codes[first] ?? (/^\d{3}$/.test(first) ? Number(first) : undefined);
    const [from = '', to = ''] = status === undefined ? words : words.slice(1);
    if (path === from || path.startsWith(from.endsWith('/') ? from : `${from}/`))
      return { status: status ?? 302, location: `${to}${path.slice(from.length)}` };
  }
  return undefined;
}

/** Sections for the folders above a path, the deepest last. */
function sectionsFor(directives: readonly ApacheDirective[], disk: string): ApacheDirective[] {
  return directives
    .filter(
      ({ name, words, inside }) =>
        name === 'directory' &&
        inside &&
        (words[0] === '/' || disk === words[0] || disk.startsWith(`${words[0]?.replace(/\/$/, '')}/`)),
    )
    .toSorted((one, other) => (one.words[0]?.length ?? 0) - (other.words[0]?.length ?? 0));
}

function isDenied(directives: readonly ApacheDirective[], disk: string): boolean {
  const rules = sectionsFor(directives, disk).flatMap(({ inside = [] }) =>
    inside.filter(({ name }) => name === 'require'),
  );
  const last = rules.at(-1)?.words.join(' ').toLowerCase();
  return last === 'all denied' || (last === undefined && directives.some(({ name }) => name === 'directory'));
}

function hasIndexes(directives: readonly ApacheDirective[], disk: string): boolean {
  let on = false;
  for (const { inside = [] } of sectionsFor(directives, disk))
    for (const { words } of inside.filter(({ name }) => name === 'options')) {
      const set = words.map((word) => word.toLowerCase());
      if (set.includes('-indexes') || !set.some((word) => /^[-+]/.test(word))) on = false;
      if (set.includes('indexes') || set.includes('+indexes') || set.includes('all')) on = true;
    }
  return on;
}

function fileAnswer(context: ApacheContext, request: HttpRequest, disk: string, path: string): HttpResponse {
  const { sys, directives } = context;
  try {
    const { type } = sys.stat(disk);
    if (type === 'directory') {
      if (!path.endsWith('/')) return page(context, 301, `http://${request.headers['host'] ?? ''}${path}/`);
      for (const name of directives.findLast((one) => one.name === 'directoryindex')?.words ?? ['index.html'])
        if (isFile(sys, `${disk}${name}`)) return read(context, request, `${disk}${name}`);
      if (hasIndexes(directives, disk)) return listing(context, disk, path);
      context.complain(
        `AH01276: Cannot serve directory ${disk}: No matching DirectoryIndex (index.html) found, and server-generated directory index forbidden by Options directive`,
      );
      return page(context, 403);
    }
    return path.endsWith('/') ? page(context, 404) : read(context, request, disk);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code !== 'EACCES') return page(context, 404);
    context.complain(`(13)Permission denied: AH00132: file permissions deny server access: ${disk}`);
    return page(context, 403);
  }
}

function isFile(sys: Sys, path: string): boolean {
  try {
    return sys.stat(path).type === 'file';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function read(context: ApacheContext, request: HttpRequest, disk: string): HttpResponse {
  const body = context.sys.readFile(disk);
  const { modified, size } = context.sys.stat(disk);
  const etag = `"${size.toString(16)}-${modified.toString(16)}"`;
  const headers = { 'last-modified': httpDate(modified), etag };
  const known = request.headers['if-none-match'];
  if (known === undefined ? request.headers['if-modified-since'] === headers['last-modified'] : known === etag)
    return withHead(context, 304, undefined, undefined, headers);
  const ending = disk.slice(disk.lastIndexOf('.') + 1);
  return withHead(context, 200, body, TYPES[ending], { ...headers, 'accept-ranges': 'bytes' });
}

function listing(context: ApacheContext, disk: string, path: string): HttpResponse {
  const entries = context.sys.readDirectory(disk).filter(({ name }) => !name.startsWith('.'));
  const names = entries.map(({ name, type }) => (type === 'directory' ? `${name}/` : name)).sort();
  const title = `Index of ${path.replace(/(.)\/$/, '$1')}`;
  const parent = path === '/' ? '' : `<li><a href="${path.replace(/[^/]+\/$/, '')}"> Parent Directory</a></li>\n`;
  const rows = names.map((name) => `<li><a href="${encodeURI(name)}"> ${name}</a></li>\n`);
  const text = `${DOCTYPE}<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n<h1>${title}</h1>\n<ul>${parent}${rows.join('')}</ul>\n</body></html>\n`;
  return withHead(context, 200, Buffer.from(text, 'utf8'), 'text/html;charset=ISO-8859-1', {});
}

const DOCTYPE = '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n';

/** Apache's own page for a status; `detail`: where a redirect leads, or the method that is not allowed. */
function page(context: ApacheContext, status: number, detail = ''): HttpResponse {
  const title = TITLES[status] ?? '';
  const moved = status === 301 || status === 302 || status === 303;
  const words = moved
    ? `The document has moved <a href="${detail}">here</a>.`
    : status === 405
      ? `The requested method ${detail} is not allowed for this URL.`
      : (WORDS[status] ?? '');
  const text = `${DOCTYPE}<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${words}</p>\n</body></html>\n`;
  const headers = moved ? { location: detail } : status === 405 ? { allow: 'HEAD,GET,POST,OPTIONS,TRACE' } : {};
  return withHead(context, status, Buffer.from(text, 'utf8'), 'text/html; charset=iso-8859-1', headers);
}

function withHead(
  { sys, server }: ApacheContext,
  status: number,
  body: Uint8Array | undefined,
  type: string | undefined,
  extra: Readonly<Record<string, string>>,
): HttpResponse {
  const headers = {
    date: httpDate(sys.now()),
    server,
    ...extra,
    ...(body === undefined ? {} : { 'content-length': String(body.length) }),
    ...(type === undefined ? {} : { 'content-type': type }),
  };
  return { status, headers, ...(body === undefined ? {} : { body }) };
}
