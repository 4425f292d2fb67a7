/** Whether a path matches a pattern of Go's filepath.Match: `*` and `?` stop at slashes, `[a-z]`, `\` escapes. */
export function matchGlob(pattern: string, path: string): boolean {
  const expression = expressionOf(pattern);
  return expression?.test(path) ?? false;
}

function expressionOf(pattern: string): RegExp | undefined {
  const text = pattern.replace(
    /\\(.)|\*|\?|\[(\^?)((?:\\.|[^\]\\])+)\]|[.+^${}()|[\]\\]/g,
    (part, escaped, not, set) => {
      if (escaped !== undefined) return escapeLiteral(escaped);
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      if (set !== undefined) return `[${not}${(set as string).replace(/\[/g, '\\[')}]`;
      return escapeLiteral(part);
    },
  );
  try {
    return new RegExp(`^${text}$`, 's');
  } catch {
    return undefined;
  }
}

function escapeLiteral(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
