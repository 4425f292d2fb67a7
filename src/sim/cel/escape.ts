/** Field names as identifiers of the language: `namespace` is written `__namespace__`, `a-b` is written `a__dash__b`. */

/** Words that no identifier may be. */
export const RESERVED: ReadonlySet<string> = new Set([
  'as',
  'break',
  'const',
  'continue',
  'else',
  'false',
  'for',
  'function',
  'if',
  'import',
  'in',
  'let',
  'loop',
  'namespace',
  'null',
  'package',
  'return',
  'true',
  'var',
  'void',
  'while',
]);

const SIGNS: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(SIGNS).map(([sign, name]) => [name.slice(2, -2), sign]),
);

/** How expressions write a field's name; undefined where they cannot. */
export function escapeField(name: string): string | undefined {
  if (!/^[^0-9]/.test(name) || /[^a-zA-Z0-9_./-]/.test(name)) return undefined;
  if (RESERVED.has(name)) return `__${name}__`;
  return name.replace(/__|[./-]/g, (sign) => SIGNS[sign] ?? sign);
}

/** The field's name that expressions write in this way; undefined where it is none. */
export function unescapeField(escaped: string): string | undefined {
  if (!escaped.includes('__')) return escaped;
  let known = true;
  const name = escaped.replace(/__[^_]+__/g, (part) => {
    const inner = part.slice(2, -2);
    const sign = NAMES.get(inner);
    if (sign !== undefined) return sign;
    if (!RESERVED.has(inner) || part.length !== escaped.length) known = false;
    return inner;
  });
  return known ? name : undefined;
}
