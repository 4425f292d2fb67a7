import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { type GoFunction, goFunction } from '../../../api/go-template/go-types.js';

function pathFunction(call: (path: string) => string): GoFunction {
  return goFunction('(string) string', call);
}

const base = pathFunction(basePath);
const clean = pathFunction(cleanPath);
const dir = pathFunction((path) => cleanPath(path.slice(0, path.lastIndexOf('/') + 1)));
const ext = pathFunction((path) => /\.[^./]*$/.exec(path)?.[0] ?? '');
const isAbs = goFunction('(string) bool', (path: string) => path.startsWith('/'));

/** Sprig's functions of paths; those of the system are the same on Linux. */
export const PATH_FUNCTIONS: FunctionTable = {
  base,
  clean,
  dir,
  ext,
  isAbs,
  osBase: base,
  osClean: clean,
  osDir: dir,
  osExt: ext,
  osIsAbs: isAbs,
};

/** The last part of a path, as Go's path.Base. */
export function basePath(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!rooted) parts.push(part);
  }
  const joined = parts.join('/');
  return rooted ? `/${joined}` : joined || '.';
}
