/** Paths of fields as messages write them: `.spec.template.spec.containers[name="web"].image`. */

/** A path of elements as text. */
export function pathText(path: readonly string[]): string {
  return path.map(pathElementText).join('');
}

/** One element as text. */
export function pathElementText(element: string): string {
  const rest = element.slice(2);
  if (element.startsWith('f:')) return `.${rest}`;
  if (element.startsWith('v:')) return `[=${rest}]`;
  if (element.startsWith('i:')) return `[${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
}
