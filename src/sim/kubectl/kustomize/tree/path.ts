/** Cuts a path at its separators; one after a backslash belongs to the part. */
export function splitPath(path: string, separator: string): string[] {
  let parts = path.split(separator);
  if (parts.length > 1 && parts[0] === '') parts = parts.slice(1);
  const found: string[] = [parts[0] ?? ''];
  for (const part of parts.slice(1)) {
    const last = found.at(-1) ?? '';
    if (last.endsWith('\\')) found[found.length - 1] = `${last.slice(0, -1)}${separator}${part}`;
    else found.push(part);
  }
  return found;
}

/** Cuts `spec.containers.[name=a.b].image` at its dots, leaving alone those in brackets. */
export function splitFieldPath(path: string): string[] {
  const parts = splitPath(path, '.');
  const found: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as string;
    if (!part.startsWith('[') || part.endsWith(']')) {
      found.push(part);
      continue;
    }
    let bracketed = part;
    while (at < parts.length - 1) {
      const next = parts[++at] as string;
      bracketed += `.${next}`;
      if (next.endsWith(']')) break;
    }
    found.push(bracketed.includes('=') ? bracketed : bracketed.replace(/^[[\]]+|[[\]]+$/g, ''));
  }
  return found;
}

/** Whether a part chooses items by a field: `[name=web]`. */
export function isItemChoice(part: string): boolean {
  return part.startsWith('[') && part.endsWith(']');
}

/** Whether a part is the number of an item. */
export function isIndex(part: string): boolean {
  return /^\+?\d+$/.test(part);
}

/** `[name=web]` as field and value; undefined without an equals sign. */
export function itemChoice(part: string): { field: string; value: string } | undefined {
  const inner = part.replace(/\]$/, '').replace(/^\[/, '');
  const at = inner.indexOf('=');
  return at < 0 ? undefined : { field: inner.slice(0, at), value: inner.slice(at + 1) };
}
