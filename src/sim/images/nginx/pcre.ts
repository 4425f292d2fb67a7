const patterns = new Map<string, RegExp>();
const PATTERNS_MAX = 2000;

/** A pattern of PCRE as JavaScript spells it; kept, for a configuration asks the same ones again and again. Throws SyntaxError. */
export function pcre(text: string, ignoreCase = false): RegExp {
  const key = `${ignoreCase ? 'i' : ''}/${text}`;
  const known = patterns.get(key);
  if (known) return known;
  const [, option] = /^\(\?([a-z]+)\)/.exec(text) ?? [];
  const bare = option === undefined ? text : text.slice(option.length + 3);
  const flags = `${ignoreCase || option?.includes('i') ? 'i' : ''}${option?.includes('s') ? 's' : ''}`;
  const made = new RegExp(
    bare
      .replace(/\(\?P?</g, '(?<')
      .replace(/\\z|\\Z/g, '$')
      .replace(/\\A/g, '^'),
    flags,
  );
  if (patterns.size >= PATTERNS_MAX) patterns.clear();
  patterns.set(key, made);
  return made;
}
