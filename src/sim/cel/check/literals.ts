/** Literals that no program could work with: spans, instants and patterns that are none, lists of several types. */

import { readPattern } from '../../api/go-pattern.js';
import { toDuration, toTimestamp } from '../run/conversions.js';
import type { Call, Node } from '../syntax/ast.js';
import type { Issues } from '../syntax/issues.js';
import { checkedTypeText } from '../type-text.js';
import { type CelType, DYN, isOptional, sameType } from '../types.js';
import { CelError, type Value } from '../values.js';
import type { Checked } from './checker.js';
import { validateTextFormat } from './text-formats.js';

type Test = (value: Value) => boolean;

const isWrongPattern: Test = (value) => typeof value === 'string' && typeof readPattern(value) === 'string';

const TESTS: readonly (readonly [string, Test])[] = [
  ['duration', (value) => toDuration(value) instanceof CelError],
  ['timestamp', (value) => toTimestamp(value) instanceof CelError],
  ['matches', isWrongPattern],
];

/** Notes literals that are of the right type and wrong all the same. */
export function validateLiterals(checked: Checked, issues: Issues): void {
  const nodes = [...descendants(checked.root, false)].map(({ node }) => node);
  for (const [name, isWrong] of TESTS) {
    for (const node of nodes) if (node.kind === 'call' && node.name === name) validateCall(node, isWrong, issues);
  }
  const literals = [...descendants(checked.root, false)].filter(({ formatted }) => !formatted);
  for (const { node } of literals) if (node.kind === 'list') validateList(node, checked, issues);
  for (const { node } of literals) if (node.kind === 'map') validateMap(node, checked, issues);
  for (const node of nodes)
    if (node.kind === 'call' && node.name === 'format') validateTextFormat(node, checked, issues);
}

function validateCall({ name, args }: Call, isWrong: Test, issues: Issues): void {
  const [arg] = args;
  if (arg?.kind === 'literal' && isWrong(arg.value)) issues.add(arg.at, `invalid ${name} argument`);
}

function validateList(node: Node & { kind: 'list' }, { types }: Checked, issues: Issues): void {
  let first: CelType | undefined;
  for (const [at, element] of node.elements.entries()) {
    const type = content(types.get(element) ?? DYN, node.optional.has(at));
    first ??= type;
    if (sameType(first, type)) continue;
    mismatch(element.at, first, type, issues);
    return;
  }
}

function validateMap(node: Node & { kind: 'map' }, { types }: Checked, issues: Issues): void {
  let first: readonly [CelType, CelType] | undefined;
  for (const { key, value, optional } of node.entries) {
    const keyType = types.get(key) ?? DYN;
    const valueType = content(types.get(value) ?? DYN, optional);
    first ??= [keyType, valueType];
    if (!sameType(first[0], keyType)) mismatch(key.at, first[0], keyType, issues);
    if (!sameType(first[1], valueType)) mismatch(value.at, first[1], valueType, issues);
  }
}

function content(type: CelType, optional: boolean): CelType {
  return optional && isOptional(type) ? (type.params[0] ?? DYN) : type;
}

function mismatch(at: number, wanted: CelType, given: CelType, issues: Issues): void {
  issues.add(at, `expected type '${checkedTypeText(wanted)}' but found '${checkedTypeText(given)}'`);
}

interface Descendant {
  readonly node: Node;
  /** Whether it is a part of what fills a text, which may be of several types. */
  readonly formatted: boolean;
}

/** An expression and all its parts. */
function* descendants(node: Node, formatted: boolean): Generator<Descendant> {
  yield { node, formatted };
  const inside = formatted || (node.kind === 'call' && node.name === 'format');
  for (const child of children(node)) yield* descendants(child, inside);
}

function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'select':
      return [node.operand];
    case 'call':
      return node.target ? [node.target, ...node.args] : node.args;
    case 'list':
      return node.elements;
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'struct':
      return node.fields.map(({ value }) => value);
    case 'comprehension':
      return [node.range, node.init, node.condition, node.step, node.result];
    default:
      return [];
  }
}
