import { readBracket } from '../../kernel/libc/regex/brackets.js';
import { escapeLiteral } from '../../kernel/libc/regex/pattern-text.js';

/** How a shell pattern is matched, fnmatch(3). */
export interface GlobOptions {
  readonly ignoreCase?: boolean;
  /** `*` and `?` do not match a slash (FNM_PATHNAME). */
  readonly path?: boolean;
}

/** A shell pattern (`*`, `?`, `[…]`, backslash) as a regular expression for whole names. */
export function compileGlob(glob: string, options: GlobOptions = {}): RegExp {
  const any = options.path ? '[^/]' : '[^]';
  let source = '';
  for (let at = 0; at < glob.length; ) {
    const char = String.fromCodePoint(glob.codePointAt(at) as number);
    at += char.length;
    if (char === '*') source += `${any}*`;
    else if (char === '?') source += any;
    else if (char === '\\' && at < glob.length) {
      source += escapeLiteral(glob[at] as string);
      at += 1;
    } else if (char === '[') {
      const bracket = bracketAt(glob, at - 1);
      source += bracket?.source ?? '\\[';
      at = bracket?.next ?? at;
    } else source += escapeLiteral(char);
  }
  return new RegExp(`^${source}$`, options.ignoreCase ? 'ui' : 'u');
}

function bracketAt(glob: string, at: number): { source: string; next: number } | undefined {
  try {
    const text = glob[at + 1] === '!' ? `${glob.slice(0, at + 1)}^${glob.slice(at + 2)}` : glob;
    return readBracket(text, at, 'awk');
  } catch {
    return undefined;
  }
}
