/** The names that both a listener and a route serve; a route or listener without any serves all (`''`). */
export function commonHostnames(listener: string | undefined, route: readonly string[] | undefined): string[] {
  const own = listener ?? '';
  if (!route || route.length === 0) return [own];
  return [...new Set(route.flatMap((name) => common(own, name) ?? []))];
}

/** The narrower of two names, of which either may be a wildcard; undefined when they have nothing in common. */
function common(one: string, other: string): string | undefined {
  if (one === '' || one === other) return other;
  if (other === '') return one;
  if (one.startsWith('*.') && other.endsWith(one.slice(1))) return other;
  if (other.startsWith('*.') && one.endsWith(other.slice(1))) return one;
  return undefined;
}

/** How specific a name is: more of it first, wildcards behind names, none last. */
export function specificity(name: string): number {
  if (name === '') return 0;
  return name.startsWith('*.') ? name.length : 1000 + name.length;
}
