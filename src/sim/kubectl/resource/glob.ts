import { isErrno } from '../../kernel/errno.js';
import { isNamed } from '../../kernel/libc/exists.js';
import type { Sys } from '../../kernel/sys.js';

/** What of a folder's names a pattern's part takes; undefined for a part that is no pattern at all (path.Match). */
function matcherOf(part: string): RegExp | undefined {
  let source = '';
  for (let at = 0; at < part.length; at += 1) {
    const letter = part[at] as string;
    if (letter === '*') source += '[^/]*';
    else if (letter === '?') source += '[^/]';
    else if (letter === '[') {
      const set = /^\[(\^?)((?:\\.|[^\\\]])+)\]/.exec(part.slice(at));
      if (!set) return undefined;
      source += `[${set[1]}${(set[2] as string).replace(/\\?([\^[\]])/g, '\\$1')}]`;
      at += set[0].length - 1;
    } else if (letter === '\\') {
      at += 1;
      if (at === part.length) return undefined;
      source += escaped(part[at] as string);
    } else source += escaped(letter);
  }
  try {
    return new RegExp(`^${source}$`, 's');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function escaped(letter: string): string {
  return letter.replace(/[$()*+./?[\\\]^{|}-]/, '\\$&');
}

/** The paths that a pattern means, in order (filepath.Glob); `bad` for one that is none. */
export function glob(sys: Pick<Sys, 'lstat' | 'readDirectory'>, pattern: string): string[] | 'bad' {
  const parts = pattern.split('/').filter((part, index) => part !== '' || index === 0);
  let found = [''];
  for (const [index, part] of parts.entries()) {
    const matcher = matcherOf(part);
    if (!matcher) return 'bad';
    const below = (folder: string): string => (index === 0 ? '' : `${folder}/`);
    if (/[*?[\\]/.test(part))
      found = found.flatMap((folder) =>
        namesIn(sys, index === 0 ? '.' : folder || '/')
          .filter((name) => matcher.test(name))
          .map((name) => below(folder) + name),
      );
    else found = found.map((folder) => below(folder) + part).filter((path) => path === '' || isNamed(sys, path));
  }
  return found;
}

function namesIn(sys: Pick<Sys, 'readDirectory'>, folder: string): string[] {
  try {
    return sys
      .readDirectory(folder)
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}
