/** Reads descriptions out of a declaration file's text: the comment of a type, and of each of its fields. */

/** What a declaration says of a type. */
export interface TypeText {
  readonly description: string;
  readonly fields: ReadonlyMap<string, FieldText>;
}

/** What it says of a field. */
export interface FieldText {
  readonly description: string;
  readonly required: boolean;
}

const FIELD = /^ {4}["']([^"']+)["'](\?)?:/;

/** Reads the first interface or class that begins with one of the names; undefined when there is none. */
export function readDeclaration(text: string, names: readonly string[]): TypeText | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => {
    const match = /^export (?:interface|declare class|type) (\w+)/.exec(line);
    return match !== null && names.includes(match[1] ?? '');
  });
  if (start < 0) return undefined;
  const fields = new Map<string, FieldText>();
  let comment: string[] = [];
  let inside = false;
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith('}')) break;
    const trimmed = line.trim();
    if (trimmed.startsWith('/**')) {
      comment = [];
      inside = !trimmed.endsWith('*/');
    } else if (inside && trimmed.startsWith('*/')) inside = false;
    else if (inside) comment.push(plainLine(trimmed));
    else {
      const field = FIELD.exec(line);
      if (!field) continue;
      fields.set(field[1] ?? '', { description: joinLines(comment), required: field[2] === undefined });
      comment = [];
    }
  }
  return { description: joinLines(commentBefore(lines, start)), fields };
}

function commentBefore(lines: readonly string[], start: number): string[] {
  if (!(lines[start - 1] ?? '').trim().startsWith('*/')) return [];
  const found: string[] = [];
  for (let at = start - 2; at >= 0 && !(lines[at] ?? '').trim().startsWith('/**'); at -= 1) {
    found.unshift(plainLine((lines[at] ?? '').trim()));
  }
  return found;
}

function plainLine(line: string): string {
  // A star is escaped where it could end the comment or begin an emphasis; `@deprecated` is no prose.
  return line
    .replace(/^\* ?/, '')
    .replaceAll('*\\/', '*/')
    .replaceAll('\\*', '*')
    .replace(/^@deprecated$/, '');
}

function joinLines(lines: readonly string[]): string {
  return lines.join('\n').trim();
}
