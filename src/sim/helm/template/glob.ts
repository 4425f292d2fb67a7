/**
 * A test whether a path matches a pattern as gobwas/glob reads it with `/` between parts: `*` and `?` stop at slashes,
 * `**` does not, `[a-z]`, `[!a]`, `{a,b}`, `\` escapes. A pattern that cannot be read matches everything.
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  const source = new GlobReader(pattern).read();
  if (source === undefined) return () => true;
  const expression = new RegExp(`^(?:${source})$`, 's');
  return (path) => expression.test(path);
}

class GlobReader {
  private at = 0;

  constructor(private readonly pattern: string) {}

  read(): string | undefined {
    const source = this.sequence(false);
    return this.at < this.pattern.length ? undefined : source;
  }

  /** Up to the end, or inside braces up to what ends the alternative. */
  private sequence(inBraces: boolean): string | undefined {
    let out = '';
    while (this.at < this.pattern.length) {
      const char = this.pattern.charAt(this.at);
      if (inBraces && (char === ',' || char === '}')) return out;
      const part = this.part(char);
      if (part === undefined) return undefined;
      out += part;
    }
    return inBraces ? undefined : out;
  }

  private part(char: string): string | undefined {
    this.at++;
    switch (char) {
      case '*':
        if (this.pattern.charAt(this.at) !== '*') return '[^/]*';
        this.at++;
        return '.*';
      case '?':
        return '[^/]';
      case '[':
        return this.charClass();
      case '{':
        return this.alternatives();
      case '\\': {
        const escaped = this.pattern.charAt(this.at++);
        return escaped === '' ? undefined : literal(escaped);
      }
      default:
        return literal(char);
    }
  }

  private charClass(): string | undefined {
    const found = /^(!?)((?:\\.|[^\]\\])+)\]/.exec(this.pattern.slice(this.at));
    if (!found) return undefined;
    this.at += found[0].length;
    const [, not, inside = ''] = found;
    const range = /^(.)-(.)$/.exec(inside);
    const chars = range
      ? `${literal(range[1] as string)}-${literal(range[2] as string)}`
      : [...inside.replace(/\\(.)/g, '$1')].map(literal).join('');
    return `[${not === '!' ? '^' : ''}${chars}]`;
  }

  private alternatives(): string | undefined {
    const parts: string[] = [];
    for (;;) {
      const part = this.sequence(true);
      if (part === undefined) return undefined;
      parts.push(part);
      if (this.pattern.charAt(this.at++) === '}') return `(?:${parts.join('|')})`;
    }
  }
}

function literal(char: string): string {
  return /[\w]/.test(char) || char > '\x7f' ? char : `\\${char}`;
}
