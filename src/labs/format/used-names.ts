import type { LabFile } from './lab.js';

/** The variants behind a path: the variant itself, or those a derived value is worked out of. */
export function variantsBehind(lab: LabFile, path: string): string[] {
  const used = namesBehind(lab, path);
  return Object.keys(lab.spec.variants ?? {}).filter((name) => used.has(name));
}

/** A name and all that a derived value of this name is worked out of, step by step. */
export function namesBehind({ spec: { derive = {} } }: LabFile, path: string): ReadonlySet<string> {
  const open = [path.split('.')[0] as string];
  const seen = new Set(open);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const used of Object.hasOwn(derive, name) ? identifiersOf(derive[name]) : [])
      if (!seen.has(used)) {
        seen.add(used);
        open.push(used);
      }
  }
  return seen;
}

/** Names an expression may mean; words of its texts are none. */
function identifiersOf(expression: unknown): string[] {
  const code = String(expression).replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, ' ');
  return [...code.matchAll(/(?<![\w.])[A-Za-z_]\w*/g)].map(([name]) => name);
}
