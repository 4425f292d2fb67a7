import { isDeepStrictEqual } from 'node:util';
import type { Schema } from '../../checker/schema/words.js';

type Map = Readonly<Record<string, unknown>>;
type Fits = (value: unknown, schema: Schema) => boolean;

/** What a keyword demands of a value; `wanted` is what stands behind it, `schema` what it stands in. */
type Demand = (value: never, wanted: never, fits: Fits, schema: Schema) => boolean;

const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of each type its values. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value) => value === null,
  number: Number.isFinite,
  object: isMap,
  string: (value) => typeof value === 'string',
};

const typeOf = (value: unknown): string => (isMap(value) ? 'object' : Array.isArray(value) ? 'array' : typeof value);

const patterns = new Map<string, RegExp>();
function patternOf(text: string): RegExp {
  const pattern = patterns.get(text) ?? new RegExp(text, 'u');
  patterns.set(text, pattern);
  return pattern;
}

/** Keywords that look at values of any form. */
const OF_ALL: Readonly<Record<string, Demand>> = {
  const: (value, wanted) => isDeepStrictEqual(value, wanted),
  enum: (value, wanted: readonly unknown[]) => wanted.some((one) => isDeepStrictEqual(value, one)),
  oneOf: (value, branches: readonly Schema[], fits) => branches.filter((branch) => fits(value, branch)).length === 1,
  type: (value, types: string | readonly string[]) => [types].flat().some((type) => TYPES[type as string]?.(value)),
};

/** Keywords that look at values of one form, and let all others pass. */
const OF_FORM: Readonly<Record<string, Readonly<Record<string, Demand>>>> = {
  array: {
    items: (list: readonly unknown[], schema: Schema, fits) => list.every((item) => fits(item, schema)),
    maxItems: (list: readonly unknown[], max: number) => list.length <= max,
    minItems: (list: readonly unknown[], min: number) => list.length >= min,
    uniqueItems: (list: readonly unknown[]) =>
      list.every((one, at) => !list.slice(0, at).some((other) => isDeepStrictEqual(one, other))),
  },
  number: {
    maximum: (value: number, max: number) => value <= max,
    minimum: (value: number, min: number) => value >= min,
  },
  object: {
    additionalProperties: (value: Map, others: Schema | boolean, fits, schema) => {
      const known = (schema['properties'] ?? {}) as Map;
      const more = Object.keys(value).filter((name) => !Object.hasOwn(known, name));
      return others === true || more.every((name) => others !== false && fits(value[name], others));
    },
    minProperties: (value: Map, min: number) => Object.keys(value).length >= min,
    properties: (value: Map, schemas: Readonly<Record<string, Schema>>, fits) =>
      Object.entries(schemas).every(([name, schema]) => value[name] === undefined || fits(value[name], schema)),
    propertyNames: (value: Map, schema: Schema, fits) => Object.keys(value).every((name) => fits(name, schema)),
    required: (value: Map, names: readonly string[]) => names.every((name) => value[name] !== undefined),
  },
  string: {
    maxLength: (value: string, max: number) => [...value].length <= max,
    minLength: (value: string, min: number) => [...value].length >= min,
    pattern: (value: string, pattern: string) => patternOf(pattern).test(value),
  },
};

/** Keywords that tell people something and demand nothing. */
const SAID = new Set(
  '$schema $id title description markdownDescription examples default defaultSnippets $defs'.split(' '),
);

/**
 * Whether a value is certainly as a schema demands. It knows the keywords that our schemas have, and is not sure of any
 * others; what it does not let pass is for `schemaProblems` to explain, whose means take half a second to make.
 */
export function certainlyFits(value: unknown, schema: Schema): boolean {
  const fits: Fits = (one, part) =>
    Object.entries(part).every(([keyword, wanted]) => {
      if (keyword === '$ref') return fits(one, referred(schema, wanted as string));
      const demand = OF_ALL[keyword] ?? OF_FORM[typeOf(one)]?.[keyword];
      if (demand) return demand(one as never, wanted as never, fits, part);
      return SAID.has(keyword) || Object.values(OF_FORM).some((keywords) => Object.hasOwn(keywords, keyword));
    });
  return fits(value, schema);
}

function referred(schema: Schema, reference: string): Schema {
  return reference
    .slice('#/'.length)
    .split('/')
    .reduce((part, name) => part[name] as Schema, schema);
}
