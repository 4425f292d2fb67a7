import { sortedEntries } from '../../../api/go-value.js';
import { compactJson, jsonString } from '../../../api/yaml/json-writer.js';
import { KustomizeError } from '../error.js';
import { emitNode } from '../tree/emit.js';
import { lookup } from '../tree/fields.js';
import { matchPath } from '../tree/match-path.js';
import { assign, type Node, type NodeKind } from '../tree/node.js';
import { parseNode } from '../tree/parse.js';
import { splitFieldPath } from '../tree/path.js';
import { toValue } from '../tree/values.js';

/** Copies a value to a path that goes on inside a text of JSON or YAML; false when it does not. */
export function replaceInText(node: Node, value: Node, path: string, create: NodeKind | undefined): boolean {
  try {
    return replaceInside(node, value, splitFieldPath(path), create);
  } catch (error) {
    if (error instanceof KustomizeError) return false;
    throw error;
  }
}

function replaceInside(node: Node, value: Node, parts: readonly string[], create: NodeKind | undefined): boolean {
  const at = parts.findIndex((_, index) => index < parts.length - 1 && holdsText(node, parts.slice(0, index + 1)));
  if (at < 0) return false;
  const text = lookup(node, parts.slice(0, at + 1)) as Node;
  const inner = parseNode(text.value);
  if (inner === undefined) return false;
  const found = matchPath(inner, parts.slice(at + 1), create) ?? [];
  if (found.length === 0) return false;
  for (const field of found) {
    if (field.kind === 'scalar') field.value = value.value;
    else assign(field, value);
  }
  text.value = serialized(inner, text.value);
  return true;
}

function holdsText(node: Node, path: readonly string[]): boolean {
  try {
    const found = lookup(node, path);
    if (found?.kind !== 'scalar') return false;
    parseNode(found.value);
    return true;
  } catch (error) {
    if (error instanceof KustomizeError) return false;
    throw error;
  }
}

/** JSON stays JSON, on one line or indented as it was. */
function serialized(node: Node, original: string): string {
  if (!/^\s*[{[]/.test(original)) return emitNode(node).trim();
  const value = toValue(node);
  return original.includes('\n') && original.includes('  ') ? indentedJson(value, '') : compactJson(value);
}

function indentedJson(value: unknown, margin: string): string {
  if (typeof value !== 'object' || value === null) return compactJson(value);
  const deeper = `${margin}  `;
  const list = Array.isArray(value);
  const parts = list
    ? value.map((item) => deeper + indentedJson(item, deeper))
    : sortedEntries(value).map(([key, item]) => `${deeper}${jsonString(key)}: ${indentedJson(item, deeper)}`);
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  return parts.length === 0 ? `${open}${close}` : `${open}\n${parts.join(',\n')}\n${margin}${close}`;
}
