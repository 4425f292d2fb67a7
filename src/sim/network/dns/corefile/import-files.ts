import { decodeText } from '../../../kernel/bytes.js';
import { isErrno } from '../../../kernel/errno.js';
import type { Sys } from '../../../kernel/sys.js';

/** The files that `import` names, beside the Corefile unless the pattern is absolute; undefined where a plain name is none. */
export function readGlob(sys: Sys, corefile: string, pattern: string): { path: string; text: string }[] | undefined {
  const folder = corefile.includes('/') ? corefile.slice(0, corefile.lastIndexOf('/')) : sys.directory();
  const full = pattern.startsWith('/') ? pattern : `${folder}/${pattern}`;
  const wild = /[*?]/.test(full);
  const [directory, name] = [full.slice(0, full.lastIndexOf('/')) || '/', full.slice(full.lastIndexOf('/') + 1)];
  const names = wild ? matching(sys, directory, name) : [name];
  const files: { path: string; text: string }[] = [];
  for (const one of names) {
    const path = `${directory === '/' ? '' : directory}/${one}`;
    try {
      files.push({ path, text: decodeText(sys.readFile(path)) });
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (!wild) return undefined;
    }
  }
  return files;
}

function matching(sys: Sys, directory: string, pattern: string): string[] {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  const expression = new RegExp(`^${source}$`);
  try {
    return sys
      .readDirectory(directory)
      .map(({ name }) => name)
      .filter((name) => expression.test(name) && !name.startsWith('..'))
      .sort();
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}
