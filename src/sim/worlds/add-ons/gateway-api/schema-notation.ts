/** A schema as a CustomResourceDefinition holds it. */
export type Schema = Readonly<Record<string, unknown>>;

interface Line {
  readonly depth: number;
  readonly key: string;
  readonly required: boolean;
  readonly type: string;
  readonly rest: Schema;
}

/**
 * Reads schemas in our short form, a field a line, deeper by one blank than the field it belongs to: `name* type {…}`. A
 * star says that it is required, `[]` are an array's items, `@part` stands for a schema of that name, and what is in braces
 * is the schema's own JSON beside type, fields and items. Gives the schemas at the top by their keys.
 */
export function readSchemas(text: string, parts: Readonly<Record<string, Schema>> = {}): Record<string, Schema> {
  const lines = text.trim().split('\n').map(readLine);
  const found: Record<string, Schema> = {};
  const known = (name: string): Schema => found[name] ?? parts[name] ?? missing(name);
  const tops = lines.flatMap(({ depth }, at) => (depth === 0 ? [at] : []));
  // Parts may stand before those they are made of.
  const reading = new Map(tops.map((at) => [(lines[at] as Line).key, at]));
  const readTop = (name: string): Schema => {
    const at = reading.get(name);
    if (at === undefined || found[name]) return known(name);
    const schema = schemaAt(lines, at, (part) => (reading.has(part) ? readTop(part) : known(part)));
    found[name] = schema;
    return schema;
  };
  for (const name of reading.keys()) readTop(name);
  return found;
}

function missing(name: string): never {
  throw new Error(`there is no part ${name}`);
}

function readLine(line: string): Line {
  const [, blanks = '', key = '', star = '', type = '', , json] =
    /^( *)(\S+?)(\*?) (\S+)( (\{.*\}))?$/.exec(line) ?? [];
  const rest = json === undefined ? {} : (JSON.parse(json) as Schema);
  return { depth: blanks.length, key, required: star === '*', type, rest };
}

function schemaAt(lines: readonly Line[], at: number, part: (name: string) => Schema): Schema {
  const { depth, type, rest } = lines[at] as Line;
  if (type.startsWith('@')) return part(type.slice(1));
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  let items: Schema | undefined;
  for (let next = at + 1; next < lines.length && (lines[next] as Line).depth > depth; next += 1) {
    const line = lines[next] as Line;
    if (line.depth !== depth + 1) continue;
    const schema = schemaAt(lines, next, part);
    if (line.key === '[]') items = schema;
    else properties[line.key] = schema;
    if (line.required) required.push(line.key);
  }
  return {
    ...(type === 'any' ? {} : { type }),
    ...rest,
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(items ? { items } : {}),
  };
}
