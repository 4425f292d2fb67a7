/** Runs the rules of a schema over an object (apiextensions schema/cel, Validator). */
import type { Rules } from '../../../api/custom/strategy.js';
import { itemsOf, othersOf } from '../../../api/custom/structural.js';
import {
  type Correlated,
  correlatedIndex,
  correlatedKey,
  isSameItem,
  isUnchanged,
} from '../../../api/custom/validation/correlation.js';
import { duplicate, type FieldError, forbidden, invalid, invalidHidden, required } from '../../../api/field-error.js';
import { compareText } from '../../../api/go-text.js';
import { isJsonObject } from '../../../api/object.js';
import { ownField } from '../../../api/set-field.js';
import type { SchemaProps, ValidationRule } from '../../../api/types/custom-resource-definition.js';
import {
  fromTypedJson,
  MESSAGE_BYTES_MAX,
  Optional,
  RUNTIME_COST_BUDGET,
  type Schema,
  type Variables,
} from '../../../cel/index.js';
import { type CompiledRule, compileRules, declarationFor } from './compiled-rule.js';

/** The rules of a schema and of all inside of it; undefined where there are none. */
export function rulesOf(schema: SchemaProps): Rules | undefined {
  const node = nodeOf(schema, true);
  if (!node) return undefined;
  return (object, old) => {
    const run: Run = { budget: RUNTIME_COST_BUDGET, errors: [] };
    const correlated = old ? { value: object as unknown, old: old as unknown, schema } : undefined;
    walk(run, node, '', object, old, { current: correlated, above: undefined });
    return run.errors;
  };
}

/** A schema with rules, or with such inside of it. */
interface RuleNode {
  readonly schema: SchemaProps;
  readonly isRoot: boolean;
  readonly properties: ReadonlyMap<string, RuleNode>;
  readonly others: RuleNode | undefined;
  readonly items: RuleNode | undefined;
  compiled: readonly CompiledRule[] | undefined;
}

function nodeOf(schema: SchemaProps | undefined, isRoot = false): RuleNode | undefined {
  if (!schema) return undefined;
  const properties = new Map<string, RuleNode>();
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    const node = nodeOf(inner);
    if (node) properties.set(name, node);
  }
  const [others, items] = [nodeOf(othersOf(schema)), nodeOf(itemsOf(schema))];
  const own = schema['x-kubernetes-validations'] ?? [];
  if (own.length === 0 && properties.size === 0 && !others && !items) return undefined;
  return { schema, isRoot, properties, others, items, compiled: own.length === 0 ? [] : undefined };
}

interface Run {
  /** What may still be spent; below zero nothing more is run. */
  budget: number;
  readonly errors: FieldError[];
}

/** What was there before, at this place and above it: what did not change is not refused. */
interface Ratchet {
  readonly current: Correlated | undefined;
  readonly above: Correlated | undefined;
}

function within({ current, above }: Ratchet, next: (of: Correlated) => Correlated | undefined): Ratchet {
  return current ? { current: next(current), above: current } : { current, above };
}

function walk(run: Run, node: RuleNode, path: string, value: unknown, old: unknown, ratchet: Ratchet): void {
  if (value === null || value === undefined || run.budget < 0) return;
  runOwn(run, node, path, value, old, ratchet);
  if (Array.isArray(value)) walkItems(run, node, path, value, old, ratchet);
  else if (isJsonObject(value)) walkMembers(run, node, path, value, old, ratchet);
}

function walkMembers(run: Run, node: RuleNode, path: string, value: object, old: unknown, ratchet: Ratchet): void {
  const before = isJsonObject(old) ? old : {};
  for (const name of Object.keys(value).sort(compareText)) {
    const property = node.properties.get(name);
    const inner = property ?? (ownField(node.schema.properties ?? {}, name) ? undefined : node.others);
    if (!inner || run.budget < 0) continue;
    const at = property ? (path === '' ? name : `${path}.${name}`) : `${path}[${name}]`;
    const hidden = node.isRoot && (name === 'apiVersion' || name === 'kind');
    const next: Ratchet = hidden
      ? { current: undefined, above: undefined }
      : within(ratchet, (of) => correlatedKey(of, name));
    walk(run, inner, at, (value as Record<string, unknown>)[name], ownField(before, name), next);
  }
}

function walkItems(
  run: Run,
  { schema, items }: RuleNode,
  path: string,
  values: readonly unknown[],
  old: unknown,
  ratchet: Ratchet,
): void {
  if (!items) return;
  const isMap = schema['x-kubernetes-list-type'] === 'map' && Array.isArray(old);
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  values.forEach((value, index) => {
    const before: unknown = isMap ? (old as unknown[]).find((one) => isSameItem(keys, one, value)) : undefined;
    walk(
      run,
      items,
      `${path}[${index}]`,
      value,
      before,
      within(ratchet, (of) => correlatedIndex(of, index)),
    );
  });
}

function runOwn(run: Run, node: RuleNode, path: string, value: unknown, old: unknown, ratchet: Ratchet): void {
  const compiled = compiledOf(node);
  if (compiled.length === 0) return;
  const { schema } = node;
  const typed = (node.isRoot ? { ...schema, 'x-kubernetes-embedded-resource': true } : schema) as Schema;
  const self = fromTypedJson(value, typed);
  const hasOld = old !== null && old !== undefined;
  const before = hasOld ? fromTypedJson(old, typed) : undefined;
  for (const one of compiled) {
    if (run.budget < 0) return;
    const isOptional = one.rule.optionalOldSelf === true;
    if (one.usesOldSelf && !hasOld && !isOptional) continue;
    const oldSelf = isOptional ? new Optional(before) : before;
    const variables: Variables = { self, ...(oldSelf === undefined ? {} : { oldSelf }) };
    runRule(run, one, variables, { path, type: schema.type ?? '', value, ratchet });
  }
}

function compiledOf(node: RuleNode): readonly CompiledRule[] {
  if (!node.compiled) {
    const declaration = declarationFor(node.schema, node.isRoot);
    node.compiled = declaration ? compileRules(node.schema, declaration) : [];
  }
  return node.compiled;
}

interface Place {
  readonly path: string;
  readonly type: string;
  readonly value: unknown;
  readonly ratchet: Ratchet;
}

const SPENT = 'validation failed due to running out of cost budget, no further validation rules will be run';

function runRule(run: Run, compiled: CompiledRule, variables: Variables, place: Place): void {
  const at = place.path || '<nil>';
  const { rule, program, error } = compiled;
  const stop = (words: string) => {
    run.errors.push(invalid(at, place.type, words));
    run.budget = -1;
  };
  if (error !== undefined) run.errors.push(invalid(at, place.type, `rule compile error: ${error}`));
  if (!program) return;
  if (run.budget <= 0) {
    stop(SPENT);
    return;
  }
  const result = program.evaluate(variables);
  if (result.cost > run.budget) {
    stop(SPENT);
    return;
  }
  run.budget -= result.cost;
  if (result.error !== undefined) {
    // The server, too, tells what went wrong by how the message begins.
    const name = ruleText(rule);
    if (result.error.startsWith('operation cancelled: actual cost limit exceeded')) {
      stop(
        `'${result.error}': no further validation rules will be run due to call cost exceeds limit for rule: ${name}`,
      );
    } else if (result.error.startsWith('no such overload')) {
      const words = `'${result.error}': call arguments did not match a supported operator, function or macro signature for rule: ${name}`;
      run.errors.push(invalid(at, place.type, words));
    } else run.errors.push(invalid(at, place.type, `${result.error} evaluating rule: ${name}`));
    return;
  }
  if (result.value === true) return;
  const below = compiled.path === '' ? at : place.path === '' ? compiled.path : `${place.path}.${compiled.path}`;
  const detail =
    messageOf(run, compiled, variables) ?? (rule.message ? rule.message.trim() : `failed rule: ${ruleText(rule)}`);
  const { current, above } = place.ratchet;
  if (!compiled.usesOldSelf && isUnchanged(current ?? above)) return;
  const isWhole = place.type === 'object' || place.type === 'array';
  run.errors.push(errorFor(below, isWhole, place.value, detail, rule.reason));
}

function errorFor(
  path: string,
  isWhole: boolean,
  value: unknown,
  detail: string,
  reason: string | undefined,
): FieldError {
  switch (reason) {
    case 'FieldValueForbidden':
      return forbidden(path, detail);
    case 'FieldValueRequired':
      return required(path, detail);
    case 'FieldValueDuplicate':
      return isWhole ? { type: 'FieldValueDuplicate', field: path, body: 'Duplicate value' } : duplicate(path, value);
    default:
      return isWhole ? invalidHidden(path, detail) : invalid(path, value, detail);
  }
}

/** What the rule's messageExpression says; undefined where it cannot be used. */
function messageOf(run: Run, { message }: CompiledRule, variables: Variables): string | undefined {
  if (!message) return undefined;
  const result = message.evaluate(variables);
  run.budget -= result.cost;
  if (result.error !== undefined || typeof result.value !== 'string') return undefined;
  const text = result.value.trim();
  return text === '' || text.includes('\n') || Buffer.byteLength(text) > MESSAGE_BYTES_MAX ? undefined : text;
}

function ruleText({ rule, message }: ValidationRule): string {
  return (message || rule).trim();
}
