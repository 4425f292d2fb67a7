/** Where a definition says that the number of replicas stands. */
import { describeValue } from '../decode-scalar.js';
import { type FieldError, invalid } from '../field-error.js';
import { isGoInteger } from '../go-number.js';
import { goPrint } from '../go-value.js';
import { isJsonObject, type JsonObject, type KubeObject } from '../object.js';
import { ownField, setField } from '../set-field.js';
import type { CustomResourceSubresources } from '../types/custom-resource-definition.js';

const INT32_MAX = 2 ** 31 - 1;

/** The paths of a scale subresource. */
export type ScalePaths = NonNullable<CustomResourceSubresources['scale']>;

/** What was found at a path of names; `wrong` says what stands in the way. */
interface Found {
  readonly value?: unknown;
  readonly wrong?: string;
}

/** Follows a simple path such as `.spec.replicas`. */
export function followPath(object: object, path: string): Found {
  let value: unknown = object;
  const names = namesOf(path);
  for (const [index, name] of names.entries()) {
    if (!isJsonObject(value)) {
      const at = `.${names.slice(0, index + 1).join('.')}`;
      if (value === undefined || value === null) return {};
      return {
        wrong: `${at} accessor error: ${goText(value)} is of the type ${goTypeOf(value)}, expected map[string]interface{}`,
      };
    }
    value = ownField(value, name);
  }
  return { value };
}

/** Puts a value at a simple path, making what is not there on the way. */
export function putAtPath(object: JsonObject, path: string, value: unknown): void {
  const names = namesOf(path);
  let holder = object;
  for (const name of names.slice(0, -1)) {
    const next = ownField(holder, name);
    const inner = isJsonObject(next) ? { ...next } : {};
    setField(holder, name, inner);
    holder = inner;
  }
  setField(holder, names.at(-1) ?? '', value);
}

function namesOf(path: string): string[] {
  return path.replace(/^\./, '').split('.');
}

/** What is wrong with the replicas that an object wants. */
export function validateScaleSpec(object: KubeObject, scale: ScalePaths | undefined): FieldError[] {
  return scale ? validateCount(object, scale.specReplicasPath) : [];
}

/** What is wrong with the replicas and the selector that an object tells of. */
export function validateScaleStatus(object: KubeObject, scale: ScalePaths | undefined): FieldError[] {
  if (!scale) return [];
  const errors = validateCount(object, scale.statusReplicasPath);
  const { labelSelectorPath: path } = scale;
  if (path === undefined) return errors;
  const { value, wrong } = followPath(object, path);
  const problem =
    wrong ?? (value === undefined || typeof value === 'string' ? undefined : expected(path, value, 'string'));
  return problem === undefined ? errors : [...errors, invalid(path, '', problem)];
}

function validateCount(object: KubeObject, path: string): FieldError[] {
  const { value, wrong } = followPath(object, path);
  const problem = wrong ?? (value === undefined || isWhole(value) ? undefined : expected(path, value, 'int64'));
  if (problem !== undefined) return [invalid(path, 0, problem)];
  const count = (value as number | undefined) ?? 0;
  if (count < 0) return [invalid(path, count, 'should be a non-negative integer')];
  return count > INT32_MAX ? [invalid(path, count, `should be less than or equal to ${INT32_MAX}`)] : [];
}

function expected(path: string, value: unknown, type: string): string {
  const at = `.${namesOf(path).join('.')}`;
  return `${at} accessor error: ${goText(value)} is of the type ${goTypeOf(value)}, expected ${type}`;
}

function goText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : goPrint(value);
}

function goTypeOf(value: unknown): string {
  const found = describeValue(value);
  if (found === 'array') return '[]interface {}';
  if (found === 'object') return 'map[string]interface {}';
  return found === 'number' ? (isWhole(value) ? 'int64' : 'float64') : found;
}

function isWhole(value: unknown): boolean {
  return typeof value === 'number' && isGoInteger(value);
}
