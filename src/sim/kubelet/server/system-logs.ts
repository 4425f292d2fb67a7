import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { refuse } from './logs.js';

const FOLDER = '/var/log';

/** Files below the node's log folder, and lists of folders, as Go's file server gives them. `path` is below /logs/. */
export function serveLogFiles(sys: Sys, path: string): HttpResponse {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return refuse(400, 'invalid URL path\n');
  const file = [FOLDER, ...parts].join('/');
  try {
    const isFolder = sys.stat(file).type === 'directory';
    const asFolder = path === '' || path.endsWith('/');
    if (isFolder && !asFolder) return { status: 301, headers: { location: `${parts.at(-1)}/` } };
    if (!isFolder && asFolder) return { status: 301, headers: { location: `../${parts.at(-1)}` } };
    if (isFolder) return list(sys, file);
    return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: sys.readFile(file) };
  } catch (error) {
    if (isErrno(error, 'EACCES')) return refuse(403, '403 Forbidden\n');
    if (!isErrno(error)) throw error;
    return refuse(404, '404 page not found\n');
  }
}

function list(sys: Sys, folder: string): HttpResponse {
  const lines = sys
    .readDirectory(folder)
    .map(({ name, type }) => `${name}${type === 'directory' ? '/' : ''}`)
    .sort()
    .map((name) => `<a href="${encodeURI(name)}">${escaped(name)}</a>\n`);
  const page = `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${lines.join('')}</pre>\n`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: encodeText(page) };
}

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&#34;')
    .replace(/'/g, '&#39;');
}
