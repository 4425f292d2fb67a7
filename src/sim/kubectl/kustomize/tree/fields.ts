import { KustomizeError } from '../error.js';
import { emitNode } from './emit.js';
import { assign, emptyNode, isMissing, isString, type Node, type NodeKind, NULL, scalar, stringNode } from './node.js';
import { isIndex, isItemChoice, itemChoice } from './path.js';
import { isOtherwiseRead } from './resolve.js';

const KIND_NAMES: Readonly<Record<NodeKind, string>> = {
  scalar: 'ScalarNode',
  mapping: 'MappingNode',
  sequence: 'SequenceNode',
};

/** Throws when a node that is there is of another kind. */
export function requireKind(node: Node | undefined, kind: NodeKind): void {
  if (isMissing(node) || node.kind === kind) return;
  throw new KustomizeError(
    `wrong node kind: expected ${KIND_NAMES[kind]} but got ${KIND_NAMES[node.kind]}: node contents:\n${emitNode(node)}`,
  );
}

/** A field of a mapping; undefined for other kinds of nodes too. */
export function fieldOf(node: Node | undefined, name: string): Node | undefined {
  if (node?.kind !== 'mapping') return undefined;
  const at = keyIndex(node, name);
  return at < 0 ? undefined : node.content[at + 1];
}

/** The same, where anything but a mapping is a mistake. */
export function getField(node: Node, name: string): Node | undefined {
  if (isMissing(node)) return undefined;
  requireKind(node, 'mapping');
  return fieldOf(node, name);
}

/** Names of a mapping's fields. */
export function fieldNames(node: Node): string[] {
  return node.content.filter((_, at) => at % 2 === 0).map(({ value }) => value);
}

function keyIndex(node: Node, name: string): number {
  return node.content.findIndex(({ value }, at) => at % 2 === 0 && value === name);
}

/** Takes a field away. */
export function clearField(node: Node, name: string): void {
  requireKind(node, 'mapping');
  const at = keyIndex(node, name);
  if (at >= 0) node.content.splice(at, 2);
}

/**
 * Sets a field; one that is there keeps its node and its quotes. Text that older readers would take for something
 * else is quoted. Nothing, or a null nobody insists on, clears the field.
 */
export function setField(node: Node, name: string, value: Node | undefined): void {
  if (value !== undefined) quoteIfNeeded(value);
  if (value === undefined || (value.tag === NULL && !value.keep)) return clearField(node, name);
  const field = getField(node, name);
  if (field === undefined) node.content.push(scalar(name), value);
  else assign(field, { ...value, style: field.style });
}

/** Overwrites a scalar, keeping its quotes. */
export function setScalar(node: Node, value: Node): void {
  quoteIfNeeded(value);
  requireKind(node, 'scalar');
  assign(node, { ...value, style: node.kind === 'scalar' ? node.style : 'plain' });
}

function quoteIfNeeded(value: Node): void {
  if (isString(value) && value.style === 'plain' && isOtherwiseRead(value.value)) value.style = 'double';
}

/** The node at a path of names, numbers, `-` and choices like `[name=web]`; undefined when there is none. */
export function lookup(node: Node, path: readonly string[]): Node | undefined {
  let found: Node | undefined = node;
  for (const part of path.map((each) => each.trim()).filter((each) => each !== '')) {
    found = step(found, part);
    if (found === undefined) return undefined;
  }
  return found;
}

function step(node: Node, part: string): Node | undefined {
  if (part === '*') throw new KustomizeError('wildcard is not supported in PathGetter');
  if (isIndex(part) || part === '-') {
    requireKind(node, 'sequence');
    return part === '-' ? node.content.at(-1) : node.content[Number(part)];
  }
  if (/^-\d+$/.test(part)) throw new KustomizeError(`array index ${Number(part)} cannot be negative`);
  if (!isItemChoice(part)) return getField(node, part);
  const choice = itemChoice(part);
  if (choice === undefined) {
    throw new KustomizeError('list path element must contain fieldName=fieldValue for element to match');
  }
  requireKind(node, 'sequence');
  return node.content.find((item) =>
    choice.field === '' ? item.value === choice.value : fieldOf(item, choice.field)?.value === choice.value,
  );
}

/** A field, made when it is missing. */
export function fieldOrNew(node: Node, name: string, kind: NodeKind): Node {
  const found = getField(node, name);
  if (found !== undefined) return found;
  const created = emptyNode(kind);
  node.content.push(scalar(name), created);
  return created;
}

/** A mapping of strings, made anew in the order of its keys; none at all when it would be empty. */
export function setStrings(node: Node, name: string, strings: Readonly<Record<string, string>>): void {
  clearField(node, name);
  const keys = Object.keys(strings).sort();
  if (keys.length === 0) return;
  const mapping = fieldOrNew(node, name, 'mapping');
  for (const key of keys) setField(mapping, key, stringNode(strings[key] ?? ''));
}

/** A mapping's fields as text; empty for anything else. */
export function stringsOf(node: Node | undefined): Record<string, string> {
  const strings: Record<string, string> = {};
  if (node?.kind !== 'mapping') return strings;
  for (const name of fieldNames(node)) strings[name] = fieldOf(node, name)?.value ?? '';
  return strings;
}
