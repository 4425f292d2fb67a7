/** A value compared with a schema, in the order and the words of kube-openapi's validator. */

import { isGoInteger } from '../../go-number.js';
import { matchesPattern } from '../../go-pattern.js';
import { compareText, goQuote } from '../../go-text.js';
import { deepEqual, isJsonObject, type JsonObject } from '../../object.js';
import { ownField } from '../../set-field.js';
import type { SchemaProps } from '../../types/custom-resource-definition.js';
import { type Correlated, correlatedIndex, correlatedKey, isUnchanged } from './correlation.js';
import { hasFormat, isKnownFormat } from './formats.js';
import { validateNumber } from './numbers.js';
import { composite, issue, Result } from './result.js';

/** One value and where it stands; `correlated` knows what was there before an update. */
interface Case {
  readonly path: string;
  readonly schema: SchemaProps;
  readonly value: unknown;
  readonly correlated: Correlated | undefined;
}

/** Everything that is wrong with a value; what did not change since `correlated.old` is let pass. */
export function validateValue(path: string, schema: SchemaProps, value: unknown, correlated?: Correlated): Result {
  const result = validateAll({ path, schema, value, correlated });
  return !result.isValid && isUnchanged(correlated) ? passed(result) : result;
}

/** The same without its complaints: they are warnings now, and the checks still count. */
function passed({ checks }: Result): Result {
  const result = new Result();
  result.checks = checks;
  return result;
}

function validateAll(one: Case): Result {
  const { value, schema } = one;
  const result = new Result();
  const typed = typesOf(schema).length > 0 || formatOf(schema) !== '';
  if (value === null || value === undefined) return result.merge(validateType(one)).merge(validateEnum(one));
  const steps: (Result | undefined)[] = [
    typed ? validateType(one) : undefined,
    validateAlternatives(one),
    typeof value === 'string' ? validateText(one, value) : undefined,
    typeof value === 'string' && formatOf(schema) !== '' ? validateFormat(one, value) : undefined,
    typeof value === 'number' ? validateNumber(one.path, value, typesOf(schema), schema) : undefined,
    Array.isArray(value) ? validateList(one, value) : undefined,
    validateEnum(one),
    isJsonObject(value) ? validateObject(one, value) : undefined,
  ];
  for (const step of steps) {
    if (!step) continue;
    result.merge(step);
    result.checks += 1;
  }
  result.checks += 1;
  return result;
}

function typesOf(schema: SchemaProps): readonly string[] {
  if (schema['x-kubernetes-int-or-string']) return ['integer', 'string'];
  return schema.type ? [schema.type] : [];
}

/** Formats the server does not know for the type are not looked at. */
function formatOf(schema: SchemaProps): string {
  const { format = '' } = schema;
  const types = typesOf(schema);
  return format !== '' && isKnownFormat(format, types.length === 1 ? (types[0] as string) : '') ? format : '';
}

const NUMERIC = ['number', 'integer'];

function validateType({ path, schema, value }: Case): Result {
  const result = new Result();
  const types = typesOf(schema);
  const wrong = (found: string) =>
    issue('type', path, `must be of type ${types.join(',')}${found === '' ? '' : `: ${goQuote(found)}`}`, found);
  if (value === null || value === undefined) {
    if (types.length > 0 && !schema.nullable) return result.add(wrong('null'));
    result.checks = 1;
    return result;
  }
  const found = jsonType(value);
  const format = formatOf(schema);
  const isWholeFloat = found === 'integer' && types.includes('number');
  const goFormat = found === 'integer' ? 'int64' : found === 'number' ? 'float64' : '';
  if (typeof value !== 'string' && !Array.isArray(value) && format !== '') {
    if (!types.includes(found) && format !== goFormat && !isWholeFloat) {
      return result.add(issue('type', path, `must be of type ${format}: ${goQuote(goFormat)}`, goFormat));
    }
  }
  result.checks = 1;
  const isNumeric = types.some((type) => NUMERIC.includes(type));
  if (!isNumeric && format !== '' && (typeof value === 'string' || Array.isArray(value))) return result;
  if (types.includes(found) || isWholeFloat) return result;
  result.checks = 0;
  return result.add(wrong(found));
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return isGoInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : typeof value === 'string' ? 'string' : 'object';
}

/** anyOf, oneOf, allOf and not. */
function validateAlternatives(one: Case): Result {
  const { path, schema } = one;
  const main = new Result();
  const against = (inner: SchemaProps) => validateAll({ ...one, schema: inner });
  const { anyOf = [], oneOf = [], allOf = [], not } = schema;
  if (anyOf.length > 0) main.merge(validateAnyOf(path, anyOf.map(against)));
  if (oneOf.length > 0) main.merge(validateOneOf(path, oneOf.map(against)));
  if (allOf.length > 0) {
    const results = allOf.map(against);
    for (const result of results) main.merge(result);
    const valid = results.filter(({ isValid }) => isValid).length;
    if (valid < allOf.length) {
      main.add(composite(`"${path}" must validate all the schemas (allOf)${valid === 0 ? '. None validated' : ''}`));
    }
  }
  if (not && against(not).isValid) main.add(composite(`"${path}" must not validate the schema (not)`));
  main.checks += 1;
  return main;
}

function validateAnyOf(path: string, results: readonly Result[]): Result {
  const success = results.find(({ isValid }) => isValid);
  if (success) return success;
  return new Result().add(composite(`"${path}" must validate at least one schema (anyOf)`)).merge(bestOf(results));
}

function validateOneOf(path: string, results: readonly Result[]): Result {
  const valid = results.filter(({ isValid }) => isValid);
  const main = new Result();
  if (valid.length === 1) return main.merge(valid[0]);
  const how = valid.length === 0 ? 'Found none valid' : `Found ${valid.length} valid alternatives`;
  main.add(composite(`"${path}" must validate one and only one schema (oneOf). ${how}`));
  return valid.length === 0 ? main.merge(bestOf(results)) : main;
}

/** The failure with most checks made; the first of several. */
function bestOf(results: readonly Result[]): Result | undefined {
  return results.reduce<Result | undefined>(
    (best, result) => (best === undefined || result.checks > best.checks ? result : best),
    undefined,
  );
}

/** Length and pattern; the first thing wrong is told. */
function validateText({ path, schema }: Case, text: string): Result {
  const result = new Result();
  const { maxLength, minLength, pattern } = schema;
  const length = [...text].length;
  if (maxLength !== undefined && length > maxLength) {
    return result.add(issue('tooLong', path, `should be at most ${maxLength} chars long`, text, maxLength));
  }
  if (minLength !== undefined && length < minLength) {
    return result.add(issue('invalid', path, `should be at least ${minLength} chars long`, text));
  }
  if (pattern && !matchesPattern(text, pattern)) result.add(issue('invalid', path, `should match '${pattern}'`, text));
  return result;
}

function validateFormat({ path, schema }: Case, text: string): Result {
  const { format = '' } = schema;
  if (hasFormat(format, text)) return new Result();
  return new Result().add(issue('type', path, `must be of type ${format}: ${goQuote(text)}`, text));
}

function validateEnum({ path, schema, value }: Case): Result {
  const values = schema.enum ?? [];
  const given = value ?? null;
  if (values.length === 0 || (given !== null && values.some((one) => deepEqual(one, given)))) return new Result();
  const listed = values.map(printed).join(' ');
  return new Result().add(issue('enum', path, `should be one of [${listed}]`, given, values));
}

function printed(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function validateList(one: Case, values: readonly unknown[]): Result {
  const { path, schema, correlated } = one;
  const { items, minItems, maxItems } = schema;
  const result = new Result();
  if (items && !Array.isArray(items)) {
    values.forEach((value, index) => {
      result.merge(validateValue(`${path}[${index}]`, items, value, correlatedIndex(correlated, index)));
    });
  }
  const size = values.length;
  if (minItems !== undefined && size < minItems) {
    result.add(issue('invalid', path, `should have at least ${minItems} items`, size));
  }
  if (maxItems !== undefined && size > maxItems) {
    result.add(issue('maxItems', path, `should have at most ${maxItems} items`, size, maxItems));
  }
  if (
    schema.uniqueItems &&
    values.some((value, at) => values.slice(0, at).some((before) => deepEqual(before, value)))
  ) {
    result.add(issue('invalid', path, "shouldn't contain duplicates"));
  }
  result.checks += 1;
  return result;
}

function validateObject(one: Case, value: JsonObject): Result {
  const { path, schema } = one;
  const { properties = {}, required = [], minProperties, maxProperties } = schema;
  const result = new Result();
  const size = Object.keys(value).length;
  if (minProperties !== undefined && size < minProperties) {
    result.add(issue('invalid', path, `should have at least ${minProperties} properties`, size));
  }
  if (maxProperties !== undefined && size > maxProperties) {
    const words = `should have at most ${maxProperties} properties`;
    result.add(issue('maxProperties', path, words, size, maxProperties));
  }
  validateOthers(one, value, result);
  // Go goes through its maps in no order; here they are sorted.
  for (const name of Object.keys(properties).sort(compareText)) {
    const given = ownField(value, name);
    if (given === undefined) continue;
    const at = path === '' ? name : `${path}.${name}`;
    result.merge(validateValue(at, properties[name] as SchemaProps, given, childOf(one, name)));
  }
  for (const name of required) {
    if (ownField(value, name) === undefined) result.add(issue('required', `${path}.${name}`, 'is required'));
  }
  return result;
}

/** Members that the schema does not name. */
function validateOthers(one: Case, value: JsonObject, result: Result): void {
  const { path, schema } = one;
  const { properties = {}, additionalProperties: others } = schema;
  if (others === undefined || others === true) return;
  for (const name of Object.keys(value).sort(compareText)) {
    if (ownField(properties, name) !== undefined) continue;
    if (others === false) {
      result.add({
        ...issue('invalid', path, 'is a forbidden property', name),
        message: `${path}.${name} in body is a forbidden property`,
      });
    } else result.merge(validateValue(`${path}.${name}`, others, value[name], childOf(one, name)));
  }
}

/** What an object is and of which version is never compared with what was there before. */
function childOf({ path, correlated }: Case, name: string): Correlated | undefined {
  return path === '' && (name === 'kind' || name === 'apiVersion') ? undefined : correlatedKey(correlated, name);
}
