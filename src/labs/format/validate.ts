import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import { PLACEHOLDER, type Schema } from '../../checker/schema/words.js';
import type { Rule } from '../lint/rule.js';
import { KUBECTL_PATH, schemaRule, TWO_SUBJECTS } from '../lint/schema-rules.js';
import { nearest } from '../nearest.js';
import { withoutOtherBranches } from './branches.js';
import { certainlyFits } from './fits.js';
import { fieldName, lineOf, type Positions } from './positions.js';
import type { Problem } from './problem.js';
import { LAB_SCHEMA } from './schema.js';

/**
 * Everything is told at once, with what was asked for. The schemas are ours, and proven to be schemas by a test; what
 * they compile to is run a few times at most. Both steps left out would take as long as the rest, at every start.
 */
const AJV = {
  allErrors: true,
  verbose: true,
  strict: false,
  validateSchema: false,
  code: { optimize: false },
} as const;

const compiled = new Map<Schema, ValidateFunction>();

/** What a JSON Schema, by default the labs', finds wrong in a file's value, each with its line and a remedy. */
export function schemaProblems(file: string, value: unknown, positions: Positions, schema = LAB_SCHEMA): Problem[] {
  if (certainlyFits(value, schema)) return [];
  const validate = compiled.get(schema) ?? new Ajv(AJV).compile(schema);
  compiled.set(schema, validate);
  if (validate(value)) return [];
  const errors = withoutOtherBranches(validate.errors ?? []).filter(({ keyword }) => keyword !== 'propertyNames');
  const problems = errors.map((error): Problem => {
    const path = pathOf(error);
    const { name: rule } = ruleOf(error);
    return { file, line: lineOf(positions, path), field: fieldName(path), message: messageOf(error), rule };
  });
  return dedupe(problems);
}

function pathOf({ instancePath, keyword, params, propertyName }: ErrorObject): string {
  const path = instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
  if (propertyName !== undefined) return `${path}/${propertyName}`;
  if (keyword === 'additionalProperties') return [path, String(params['additionalProperty'])].filter(Boolean).join('/');
  return path;
}

function ruleOf({ keyword, params, data, propertyName }: ErrorObject): Rule {
  if (propertyName !== undefined) return schemaRule('propertyNames');
  if (keyword === 'pattern' && isKubectlPath(data, params['pattern'])) return KUBECTL_PATH;
  if (keyword === 'pattern' && params['pattern'] === PLACEHOLDER) return schemaRule('type');
  if (keyword === 'oneOf' && Array.isArray(params['passingSchemas'])) return TWO_SUBJECTS;
  return schemaRule(keyword);
}

function messageOf(error: ErrorObject): string {
  const { keyword, params, data } = error;
  switch (keyword) {
    case 'additionalProperties': {
      const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
      const near = nearest(String(params['additionalProperty']), known);
      return `unknown field${near ? `; did you mean ${near}?` : `; known are ${known.join(', ')}`}`;
    }
    case 'required':
      return `${params['missingProperty']} is missing${meaningOf(error, String(params['missingProperty']))}`;
    case 'type':
      return wrongType(error);
    case 'minItems':
    case 'minProperties':
      return `must have at least ${params['limit']} in it`;
    case 'maxItems':
    case 'maxProperties':
      return `must have at most ${params['limit']} in it`;
    case 'maxLength':
      return `must have at most ${params['limit']} characters`;
    case 'minLength':
      return `must have at least ${params['limit']} characters`;
    case 'enum':
      return `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}, is ${describe(data)}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}, is ${describe(data)}`;
    case 'pattern':
      return isKubectlPath(data, params['pattern'])
        ? `write the path as ${kubectlPath(data)} (it starts with $ and has no braces)`
        : params['pattern'] === PLACEHOLDER
          ? wrongType(error)
          : `${describe(data)} does not fit ${String(params['pattern']).replace(/\|\\\{\\\{$/, '')}${exampleOf(error)}`;
    case 'oneOf':
      return Array.isArray(params['passingSchemas'])
        ? 'has more than one subject; a check looks at one'
        : oneOfMessage(error);
    default:
      return error.message ?? `is wrong (${keyword})`;
  }
}

function wrongType({ parentSchema, data }: ErrorObject): string {
  const types = [parentSchema?.['type']].flat();
  const varied = parentSchema?.['pattern'] === PLACEHOLDER;
  const wanted = varied ? [...types.filter((type) => type !== 'string'), 'a {{name}}'] : types;
  return `must be ${wanted.join(' or ')}, is ${describe(data)}`;
}

/** A regular expression alone tells few what to write. */
function exampleOf({ parentSchema }: ErrorObject): string {
  const [example] = (parentSchema?.['examples'] ?? []) as readonly unknown[];
  return example === undefined ? '' : `, as ${String(example)} does`;
}

/** What the schema says of a field, for whoever does not know it. */
function meaningOf({ parentSchema }: ErrorObject, name: string): string {
  const fields = (parentSchema?.['properties'] ?? {}) as Readonly<Record<string, { readonly description?: string }>>;
  const { description } = fields[name] ?? {};
  return description === undefined ? '' : `; add it (${description.replace(/\.$/, '')})`;
}

function oneOfMessage({ schema, parentSchema, data }: ErrorObject): string {
  const branches = schema as { const?: unknown; type?: string; required?: string[]; properties?: object }[];
  if (branches.some((branch) => 'const' in branch)) return `must be ${branches.map(branchForm).join(' or ')}`;
  const names = (schema as { required?: string[]; type?: string }[]).flatMap(
    (branch) => branch.required ?? branch.type ?? [],
  );
  return `must be one of: ${[...new Set(names)].join(', ')}${meantName(data, names, [parentSchema as { properties?: object }, ...branches])}`;
}

/** What one of a value's fields that nobody knows was to be called, where that can be guessed. */
function meantName(data: unknown, names: readonly string[], schemas: readonly { properties?: object }[]): string {
  if (typeof data !== 'object' || data === null) return '';
  const known = schemas.flatMap((one) => Object.keys(one.properties ?? {}));
  const unknown = Object.keys(data).filter((name) => !known.includes(name));
  const [near] = unknown.flatMap((name) => nearest(name, names) ?? []);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function branchForm(branch: { const?: unknown; type?: string; required?: string[] }): string {
  if ('const' in branch) return JSON.stringify(branch.const);
  const fields = (branch.required ?? []).map((name) => `${name}: …`).join(', ');
  return fields === '' ? `of type ${branch.type}` : `{${fields}}`;
}

/** `{.a.b}`, or `.a.b` where a JSONPath is wanted. */
function isKubectlPath(value: unknown, pattern: unknown): value is string {
  if (typeof value !== 'string') return false;
  return /^\{.*\}$/.test(value) || (/^\.[A-Za-z]/.test(value) && String(pattern).startsWith('^\\$'));
}

function kubectlPath(path: string): string {
  const inner = path.replace(/^\{(.*)\}$/, '$1');
  return inner.startsWith('.') || inner.startsWith('[') ? `$${inner}` : `$.${inner}`;
}

function describe(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return `${typeof value} ${JSON.stringify(value)}`;
}

function dedupe(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ field, message }) => {
    const key = `${field} ${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
