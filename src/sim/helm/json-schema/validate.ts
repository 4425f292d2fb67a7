import { goQuote } from '../../api/go-text.js';
import { isJsonObject } from '../../api/object.js';
import { JsonError, readJsonChunk } from '../../api/yaml/json-reader.js';
import { metaSchemaOf } from './meta-schemas.js';
import { type Problem, problemLines, singleQuoted } from './problem.js';
import { Places } from './references.js';
import { fitsPattern, leafProblems, typeProblem } from './rules.js';

/**
 * What a JSON schema has against a value, a line each, in the words of the library helm uses; undefined when nothing.
 * References go to places in the schema itself. A schema that cannot be read is itself the problem.
 */
export function schemaProblem(schemaText: string, value: unknown): string | undefined {
  let schema: unknown;
  try {
    schema = readSchema(schemaText);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return error.message;
  }
  const places = new Places(schema);
  const bad = metaProblem(schema) ?? places.problem();
  if (bad !== undefined) return bad;
  const found = new Validation(places, assertsFormats(schema)).problems(schema, value, []);
  return found.length === 0 ? undefined : linesOf(found);
}

function assertsFormats(schema: unknown): boolean {
  return isJsonObject(schema) && /\/draft-0[467]\/schema#?$/.test(String(schema['$schema'] ?? ''));
}

function linesOf(problems: readonly Problem[]): string {
  return problems.map((problem) => problemLines(problem, 0)).join('');
}

/** What a schema is not, by the draft it says it is of; nothing when it may be used. */
function metaProblem(schema: unknown): string | undefined {
  const draft = isJsonObject(schema) ? schema['$schema'] : undefined;
  const meta = metaSchemaOf(draft);
  if (!meta) {
    // Schemas of others would have to be fetched first.
    const hasScheme = /^[a-z][a-z0-9+.-]*:/i.test(String(draft));
    const url = goQuote(String(draft));
    return hasScheme ? undefined : `failing loading ${url}: no URLLoader registered for ${url}`;
  }
  const found = new Validation(new Places(meta.schema), true).problems(meta.schema, schema, []);
  if (found.length === 0) return undefined;
  const failed = `jsonschema validation failed with '${meta.url}#'`;
  return `"file:///values.schema.json#" is not valid against metaschema: ${failed}\n${linesOf(found).trimEnd()}`;
}

/** One value, and nothing behind it (jsonschema.UnmarshalJSON). Throws JsonError. */
function readSchema(text: string): unknown {
  const chunk = readJsonChunk(text, 0);
  if (!chunk) throw new JsonError('EOF', 0);
  if (text.slice(chunk.end).trim() !== '') throw new JsonError('invalid character after top-level value', chunk.end);
  return chunk.value;
}

class Validation {
  /** Schemas that are being looked at, by the value: a reference that leads back ends there. */
  private depth = 0;

  constructor(
    private readonly places: Places,
    /** Whether texts have to be of the form that `format` names: in drafts up to 7 and in schemas of schemas. */
    private readonly assertsFormats: boolean,
  ) {}

  /** All that is wrong, side by side. */
  problems(schema: unknown, value: unknown, path: readonly string[]): Problem[] {
    if (schema === false) return [{ path, text: 'false schema', causes: [] }];
    if (!isJsonObject(schema) || this.depth > 64) return [];
    this.depth += 1;
    try {
      const wrong = typeProblem(schema, value, path);
      if (wrong) return [wrong];
      return [
        ...this.reference(schema, value, path),
        ...leafProblems(schema, value, path, this.assertsFormats),
        ...(isJsonObject(value) ? this.properties(schema, value, path) : []),
        ...(Array.isArray(value) ? this.items(schema, value, path) : []),
        ...this.combined(schema, value, path),
      ];
    } finally {
      this.depth -= 1;
    }
  }

  /** The same as one problem, as it is counted where several schemas are tried. */
  private problem(schema: unknown, value: unknown, path: readonly string[]): Problem | undefined {
    const found = this.problems(schema, value, path);
    if (found.length < 2) return found[0];
    return { path, text: 'validation failed', causes: found, kind: 'group' };
  }

  private one(schema: unknown, value: unknown, path: readonly string[]): Problem[] {
    const found = this.problem(schema, value, path);
    return found ? [found] : [];
  }

  private reference({ $ref }: Readonly<Record<string, unknown>>, value: unknown, path: readonly string[]): Problem[] {
    if (typeof $ref !== 'string' || !$ref.startsWith('#')) return [];
    const found = this.places.at($ref);
    const causes = found ? this.problems(found.schema, value, path) : [];
    return causes.length === 0 ? [] : [{ path, text: 'validation failed', causes, kind: 'reference' }];
  }

  private properties(
    schema: Readonly<Record<string, unknown>>,
    value: Readonly<Record<string, unknown>>,
    path: readonly string[],
  ): Problem[] {
    const { properties, patternProperties, additionalProperties, propertyNames, dependentSchemas } = schema;
    const problems: Problem[] = [];
    const surplus: string[] = [];
    for (const [name, item] of Object.entries(value)) {
      const here = [...path, name];
      const schemas: unknown[] = [];
      if (isJsonObject(properties) && Object.hasOwn(properties, name)) schemas.push(properties[name]);
      for (const [pattern, each] of Object.entries(isJsonObject(patternProperties) ? patternProperties : {}))
        if (fitsPattern(pattern, name)) schemas.push(each);
      if (schemas.length === 0 && additionalProperties === false) surplus.push(name);
      else if (schemas.length === 0 && additionalProperties !== undefined) schemas.push(additionalProperties);
      for (const each of schemas) problems.push(...this.one(each, item, here));
    }
    if (surplus.length > 0) {
      const names = surplus.map(singleQuoted).join(', ');
      problems.push({ path, text: `additional properties ${names} not allowed`, causes: [] });
    }
    for (const name of propertyNames === undefined ? [] : Object.keys(value)) {
      // The library names no place for names.
      const causes = this.problems(propertyNames, name, []);
      if (causes.length > 0) problems.push({ path: [], text: `invalid propertyName ${singleQuoted(name)}`, causes });
    }
    for (const [name, each] of Object.entries(isJsonObject(dependentSchemas) ? dependentSchemas : {}))
      if (Object.hasOwn(value, name)) problems.push(...this.one(each, value, path));
    return problems;
  }

  private items(
    { items, prefixItems, additionalItems, contains }: Readonly<Record<string, unknown>>,
    value: readonly unknown[],
    path: readonly string[],
  ): Problem[] {
    const first = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
    const rest = Array.isArray(items) ? additionalItems : items;
    const problems = value.flatMap((item, at) => {
      const schema = at < first.length ? first[at] : rest;
      return schema === undefined ? [] : this.one(schema, item, [...path, String(at)]);
    });
    if (contains === undefined) return problems;
    const misses = value.map((item, at) => this.problem(contains, item, [...path, String(at)]));
    if (misses.length > 0 && misses.some((miss) => miss === undefined)) return problems;
    const causes = misses.filter((miss) => miss !== undefined);
    return [...problems, { path, text: 'no items match contains schema', causes }];
  }

  private combined(
    { not, allOf, anyOf, oneOf, if: condition, then, else: otherwise }: Readonly<Record<string, unknown>>,
    value: unknown,
    path: readonly string[],
  ): Problem[] {
    const problems: Problem[] = [];
    const fits = (schema: unknown): boolean => this.problem(schema, value, path) === undefined;
    const all = (schemas: readonly unknown[]): Problem[] => schemas.flatMap((each) => this.one(each, value, path));
    if (not !== undefined && fits(not)) problems.push({ path, text: "'not' failed", causes: [] });
    if (Array.isArray(allOf)) {
      const causes = all(allOf);
      if (causes.length > 0) problems.push({ path, text: "'allOf' failed", causes });
    }
    if (Array.isArray(anyOf) && !anyOf.some(fits)) problems.push({ path, text: "'anyOf' failed", causes: all(anyOf) });
    if (Array.isArray(oneOf)) {
      const matched = oneOf.flatMap((each, at) => (fits(each) ? [at] : []));
      if (matched.length === 0) problems.push({ path, text: "'oneOf' failed, none matched", causes: all(oneOf) });
      if (matched.length > 1)
        problems.push({ path, text: `'oneOf' failed, subschemas ${matched[0]}, ${matched[1]} matched`, causes: [] });
    }
    if (condition === undefined) return problems;
    const branch = fits(condition) ? then : otherwise;
    return branch === undefined ? problems : [...problems, ...this.one(branch, value, path)];
  }
}
