import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse } from '../../kernel/network.js';
import { httpDate, splitTime } from '../web/http-date.js';
import type { Directive } from './config.js';
import type { Exchange } from './exchange.js';
import { errorPage, redirect, withBody } from './pages.js';
import { type Location, wordsOf } from './sites.js';
import { expand } from './variables.js';

/** Where a path lies for a location: below its root, or in the place of its prefix. */
export function diskPath(exchange: Exchange, location: Location, path: string): string {
  const alias = location.own.find(({ name }) => name === 'alias')?.words[0];
  if (alias !== undefined) {
    const base = expand(exchange, alias);
    return location.pattern ? base : `${base}${path.slice(location.path.length)}`;
  }
  const root = expand(exchange, wordsOf(location, 'root')?.[0] ?? 'html');
  return `${root.startsWith('/') ? root : `/etc/nginx/${root}`}${path}`.replace(/\/{2,}/g, '/');
}

/** What lies at a path. */
export function lookAt({ context }: Exchange, path: string): 'file' | 'directory' | undefined {
  try {
    const { type } = context.sys.stat(path);
    return type === 'directory' ? 'directory' : 'file';
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** Answers from files; `path` of another request to make instead when an index is found. */
export function fileAnswer(exchange: Exchange, location: Location): HttpResponse | { readonly again: string } {
  const { uri, request, context } = exchange;
  const disk = diskPath(exchange, location, uri);
  exchange.root = disk.slice(0, disk.length - uri.length) || '/';
  if (uri.endsWith('/')) return folderAnswer(exchange, location, disk);
  if (request.method !== 'GET' && request.method !== 'HEAD') return errorPage(exchange, location, 405);
  if (lookAt(exchange, disk) === 'directory')
    return redirect(exchange, location, 301, `${encodeURI(uri)}/${queryOf(exchange)}`);
  try {
    return read(exchange, location, disk);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const denied = error.code === 'EACCES';
    const why = denied
      ? '13: Permission denied'
      : error.code === 'ENOTDIR'
        ? '20: Not a directory'
        : '2: No such file or directory';
    if (wordsOf(location, 'log_not_found')?.[0] !== 'off' || denied)
      context.complain(exchange, `open() "${disk}" failed (${why})`);
    return errorPage(exchange, location, denied ? 403 : 404);
  }
}

function queryOf({ query }: Exchange): string {
  return query === '' ? '' : `?${query}`;
}

function folderAnswer(exchange: Exchange, location: Location, disk: string): HttpResponse | { readonly again: string } {
  const { uri, context, request } = exchange;
  const names = wordsOf(location, 'index') ?? ['index.html'];
  for (const raw of names) {
    const name = expand(exchange, raw);
    const path = name.startsWith('/') ? name : `${uri}${name}`;
    if (lookAt(exchange, diskPath(exchange, location, path)) === 'file') return { again: path };
  }
  const kind = lookAt(exchange, disk);
  if (request.method !== 'GET' && request.method !== 'HEAD') return errorPage(exchange, location, 405);
  if (kind === 'directory' && wordsOf(location, 'autoindex')?.[0] === 'on') return listing(exchange, location, disk);
  if (kind === 'directory') {
    context.complain(exchange, `directory index of "${disk}" is forbidden`);
    return errorPage(exchange, location, 403);
  }
  context.complain(exchange, `"${disk}${names.at(-1)}" is not found (2: No such file or directory)`);
  return errorPage(exchange, location, 404);
}

function read(exchange: Exchange, location: Location, disk: string): HttpResponse {
  const { context, request } = exchange;
  const body = context.sys.readFile(disk);
  const { modified, size } = context.sys.stat(disk);
  const etag = `"${Math.floor(modified / 1_000_000).toString(16)}-${size.toString(16)}"`;
  const changed = { 'last-modified': httpDate(modified) };
  const known = request.headers['if-none-match'];
  const since = request.headers['if-modified-since'];
  if (known === undefined ? since === changed['last-modified'] : known === etag || known === '*')
    return withBody(exchange, location, 304, body, undefined, { ...changed, etag });
  const found = /^bytes=(\d*)-(\d*)$/.exec(request.headers['range'] ?? '');
  const type = typeOf(location, disk);
  if (!found || (found[1] === '' && found[2] === ''))
    return withBody(exchange, location, 200, body, type, { ...changed, etag, 'accept-ranges': 'bytes' });
  const first = found[1] === '' ? Math.max(size - Number(found[2]), 0) : Number(found[1]);
  const last = found[1] === '' || found[2] === '' ? size - 1 : Math.min(Number(found[2]), size - 1);
  if (first > last || first >= size) return errorPage(exchange, location, 416, { 'content-range': `bytes */${size}` });
  const range = { ...changed, etag, 'content-range': `bytes ${first}-${last}/${size}` };
  return withBody(exchange, location, 206, body.subarray(first, last + 1), type, range);
}

const tables = new WeakMap<Directive, ReadonlyMap<string, string>>();

/** The type of a file by its ending, from the nearest `types`. */
export function typeOf(location: Location, path: string): string {
  const ending =
    path
      .slice(path.lastIndexOf('/') + 1)
      .split('.')
      .slice(1)
      .at(-1)
      ?.toLowerCase() ?? '';
  for (const scope of location.scopes) {
    const types = scope.find(({ name }) => name === 'types');
    if (!types) continue;
    let table = tables.get(types);
    if (!table) {
      table = new Map((types.block ?? []).flatMap(({ name, words }) => words.map((word) => [word, name] as const)));
      tables.set(types, table);
    }
    return table.get(ending) ?? defaultType(location);
  }
  const few: Readonly<Record<string, string>> = { html: 'text/html', gif: 'image/gif', jpg: 'image/jpeg' };
  return few[ending] ?? defaultType(location);
}

/** The type of what has no ending that is known. */
function defaultType(location: Location): string {
  return wordsOf(location, 'default_type')?.[0] ?? 'text/plain';
}

const NAME_WIDTH = 50;
const SIZE_WIDTH = 19;

function listing(exchange: Exchange, location: Location, disk: string): HttpResponse {
  const { sys } = exchange.context;
  const entries = sys.readDirectory(disk).filter(({ name }) => !name.startsWith('.'));
  const sorted = entries.toSorted((one, other) => {
    const [first, second] = [one.type === 'directory' ? 0 : 1, other.type === 'directory' ? 0 : 1];
    return first - second || (one.name < other.name ? -1 : 1);
  });
  const rows = sorted.map((entry) => {
    const name = entry.type === 'directory' ? `${entry.name}/` : entry.name;
    const { modified, size } = sys.stat(`${disk}${entry.name}`);
    const [year, month, day, time] = splitTime(modified);
    const shown = name.length > NAME_WIDTH ? `${name.slice(0, NAME_WIDTH - 3)}..>` : name;
    const gap = ' '.repeat(Math.max(NAME_WIDTH - name.length, 0));
    const length = (entry.type === 'directory' ? '-' : String(size)).padStart(SIZE_WIDTH);
    return `<a href="${encodeURI(name)}">${shown}</a>${gap} ${day}-${month}-${year} ${time.slice(0, 5)} ${length}\r\n`;
  });
  const title = `Index of ${exchange.uri}`;
  const text = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${rows.join('')}</pre><hr></body>\r\n</html>\r\n`;
  return withBody(exchange, location, 200, Buffer.from(text, 'utf8'), 'text/html');
}
