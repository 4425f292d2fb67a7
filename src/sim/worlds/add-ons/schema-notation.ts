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
 * is the schema's own JSON beside type, fields and items. Gives the schemas at the top by their keys. What `words` say of a
 * field is its description; a part's own holds where nothing is said of the field that refers to it.
 */
export function readSchemas(
  text: string,
  parts: Readonly<Record<string, Schema>> = {},
  words: Words = () => undefined,
): Record<string, Schema> {
  const lines = text.trim().split('\n').map(readLine);
  const found: Record<string, Schema> = {};
  const known = (name: string): Schema => found[name] ?? parts[name] ?? missing(name);
  const tops = lines.flatMap(({ depth }, at) => (depth === 0 ? [at] : []));
  // Parts may stand before those they are made of.
  const reading = new Map(tops.map((at) => [(lines[at] as Line).key, at]));
  const readTop = (name: string): Schema => {
    const at = reading.get(name);
    if (at === undefined || found[name]) return known(name);
    const part = (called: string) => (reading.has(called) ? readTop(called) : known(called));
    const schema = schemaAt({ lines, part, words }, at, name);
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

/** A reading of schemas: their lines, the parts they refer to, what is said of their fields. */
interface Reading {
  readonly lines: readonly Line[];
  readonly part: (name: string) => Schema;
  readonly words: Words;
}

function schemaAt(reading: Reading, at: number, path: string): Schema {
  const { lines, part, words } = reading;
  const { depth, type, rest } = lines[at] as Line;
  const said = words(path);
  const described = said === undefined ? {} : { description: said };
  if (type.startsWith('@')) return { ...part(type.slice(1)), ...described };
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  let items: Schema | undefined;
  for (let next = at + 1; next < lines.length && (lines[next] as Line).depth > depth; next += 1) {
    const line = lines[next] as Line;
    if (line.depth !== depth + 1) continue;
    const schema = schemaAt(reading, next, `${path}.${line.key}`);
    if (line.key === '[]') items = schema;
    else properties[line.key] = schema;
    if (line.required) required.push(line.key);
  }
  return {
    ...described,
    ...(type === 'any' ? {} : { type }),
    ...rest,
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
    ...(items ? { items } : {}),
  };
}

/** What is said of a field, by its path from a schema at the top: `spec.rules.[].matches`. */
export type Words = (path: string) => string | undefined;

/** Reads words on fields: a field a line and deeper by one blank than the field it belongs to, its key and then the words. */
export function readWords(text: string): Words {
  const words = new Map<string, string>();
  const path: string[] = [];
  for (const line of text.trim().split('\n')) {
    const [, blanks = '', key = '', said = ''] = /^( *)(\S+) ?(.*)$/.exec(line) ?? [];
    path.splice(blanks.length, path.length, key);
    words.set(path.join('.'), said);
  }
  return (at) => words.get(at);
}
