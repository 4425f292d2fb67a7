/** A value with one place changed. */

/** A copy of a value with what stands at a path (names and indexes between dots; `~` stands for a dot) replaced; undefined takes it out. */
export function changed<T>(value: T, path: string, to: unknown): T {
  const copy = JSON.parse(JSON.stringify(value)) as T;
  const steps = path.split('.').map((step) => step.replaceAll('~', '.'));
  let holder = copy as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) {
    holder[step] ??= {};
    holder = holder[step] as Record<string, unknown>;
  }
  const last = steps.at(-1) as string;
  if (to === undefined) delete holder[last];
  else holder[last] = to;
  return copy;
}
