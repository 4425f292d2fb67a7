import { isErrno } from '../../kernel/errno.js';
import type { DirectoryEntry } from '../../kernel/files.js';
import { isNamed } from '../../kernel/libc/exists.js';
import type { Sys } from '../../kernel/sys.js';
import { hasPattern, readPattern } from './pattern.js';

/** The options that decide which file names a pattern matches. */
export interface GlobOptions {
  readonly extglob: boolean;
  readonly ignoreCase: boolean;
  readonly dots: boolean;
  readonly globstar: boolean;
}

/** The paths that match a pattern, sorted; none when there is none. */
export function matchPathnames(sys: Sys, pattern: string, options: GlobOptions): string[] {
  if (!hasPattern(pattern, options.extglob)) return [];
  const parts = splitComponents(pattern, options.extglob);
  let paths = [''];
  let first = 0;
  if (parts[0] === '' && parts.length > 1) {
    paths = ['/'];
    first = 1;
    while (parts[first] === '' && first < parts.length - 1) first += 1;
  }
  for (let index = first; index < parts.length; index += 1) {
    const last = index === parts.length - 1;
    paths = paths.flatMap((base) => step(sys, base, parts[index] as string, last, options));
    if (paths.length === 0) return [];
  }
  return paths.sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
}

function step(sys: Sys, base: string, part: string, last: boolean, options: GlobOptions): string[] {
  if (part === '') return last ? (isDirectory(sys, base) ? [base.endsWith('/') ? base : `${base}/`] : []) : [base];
  if (!hasPattern(part, options.extglob)) {
    const path = join(base, part.replace(/\\(.)/gs, '$1'));
    return exists(sys, path, !last) ? [path] : [];
  }
  if (options.globstar && part === '**') return deep(sys, base, last, options);
  const pattern = readPattern(part, options);
  const dots = options.dots || part.startsWith('.') || part.startsWith('\\.');
  return entries(sys, base)
    .filter(({ name }) => (dots || !name.startsWith('.')) && pattern.matches(name))
    .filter((entry) => last || mayBeDirectory(sys, join(base, entry.name), entry))
    .map(({ name }) => join(base, name));
}

/** `**`: every directory below, and as the last part every file too. */
function deep(sys: Sys, base: string, last: boolean, options: GlobOptions): string[] {
  const result: string[] = last ? (base === '' ? [] : [`${base.replace(/\/$/, '')}/`]) : [base];
  for (const entry of entries(sys, base)) {
    if (entry.name.startsWith('.') && !options.dots) continue;
    const path = join(base, entry.name);
    if (entry.type === 'directory') {
      const below = deep(sys, path, last, options);
      result.push(...(last ? [path, ...below.slice(1)] : below));
    } else if (last) result.push(path);
  }
  return result;
}

function entries(sys: Sys, base: string): DirectoryEntry[] {
  try {
    return sys.readDirectory(base === '' ? '.' : base);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

function mayBeDirectory(sys: Sys, path: string, entry: DirectoryEntry): boolean {
  return entry.type === 'directory' || (entry.type === 'symlink' && isDirectory(sys, path));
}

function isDirectory(sys: Sys, path: string): boolean {
  try {
    return sys.stat(path === '' ? '.' : path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function exists(sys: Sys, path: string, directory: boolean): boolean {
  return directory ? isDirectory(sys, path) : isNamed(sys, path);
}

function join(base: string, name: string): string {
  return base === '' || base.endsWith('/') ? base + name : `${base}/${name}`;
}

/** Splits at slashes outside brackets and groups. */
function splitComponents(pattern: string, extglob: boolean): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] as string;
    if (char === '\\') at += 1;
    else if (extglob && char === '(' && at > 0 && '?*+@!'.includes(pattern[at - 1] as string)) depth += 1;
    else if (depth > 0 && char === ')') depth -= 1;
    else if (char === '/' && depth === 0) {
      parts.push(pattern.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(pattern.slice(from));
  return parts;
}
