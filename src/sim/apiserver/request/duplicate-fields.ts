/** One place on the way down: what is called how, and which fields stood there already. */
interface Level {
  readonly prefix: string;
  readonly seen: Set<string> | undefined;
  index: number;
  key: string;
}

/** The field names that come twice in a valid JSON text, with their paths, as strict decoding tells them. */
export function duplicateFields(text: string): string[] {
  const found: string[] = [];
  const levels: Level[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;
  let expectsKey = false;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [sign] = match;
    const level = levels.at(-1);
    if (sign === '{' || sign === '[') {
      const prefix = level ? placeIn(level) : '';
      levels.push({ prefix, seen: sign === '{' ? new Set() : undefined, index: 0, key: '' });
      expectsKey = sign === '{';
    } else if (sign === '}' || sign === ']') {
      levels.pop();
      expectsKey = false;
    } else if (sign === ',') {
      if (level) level.index += 1;
      expectsKey = level?.seen !== undefined;
    } else if (expectsKey && level?.seen) {
      level.key = JSON.parse(sign) as string;
      if (level.seen.has(level.key)) found.push(`duplicate field "${placeIn(level)}"`);
      level.seen.add(level.key);
      expectsKey = false;
    }
  }
  return found;
}

function placeIn({ prefix, seen, index, key }: Level): string {
  if (!seen) return `${prefix}[${index}]`;
  return prefix === '' ? key : `${prefix}.${key}`;
}
