import { goNumber, isGoInteger } from '../../../api/go-number.js';
import { sortedEntries } from '../../../api/go-value.js';
import { isJsonObject, type JsonObject } from '../../../api/object.js';
import { setField } from '../../../api/set-field.js';
import { YamlError } from '../../../api/yaml/errors.js';
import { parseFirstDocument } from '../../../api/yaml/parser.js';
import { KustomizeError } from '../error.js';
import { emitNode, pairsOf } from './emit.js';
import { emptyNode, type Node, scalar, stringNode } from './node.js';
import { resolveTagged, resolveText } from './resolve.js';

/** A value that cannot be JSON; the value itself is shown before the message in some places. */
export class UnprintableError extends KustomizeError {
  constructor(
    message: string,
    readonly value: unknown,
  ) {
    super(message);
  }
}

/** What a node is when it has been written and read again. Throws UnprintableError when it cannot be JSON. */
export function toValue(node: Node): unknown {
  try {
    const problems: string[] = [];
    const value = jsonOf(node, problems, true);
    if (problems.length > 0) throw new YamlError(duplicates(node));
    const complaint = complaintAbout(value);
    if (complaint !== undefined) throw new UnprintableError(complaint, value);
    return value;
  } catch (error) {
    if (error instanceof YamlError) throw new UnprintableError(error.message, undefined);
    throw error;
  }
}

function jsonOf(node: Node, problems: string[], top = false): unknown {
  if (node.kind === 'scalar') return scalarValue(node);
  if (node.kind === 'sequence') return node.content.map((item) => jsonOf(item, problems));
  const map = new Map<unknown, unknown>();
  for (const [key, value] of pairsOf(node)) {
    const name = top ? key.value : scalarValue(key);
    if (map.has(name)) problems.push(key.value);
    map.set(name, jsonOf(value, problems));
  }
  if ([...map.keys()].some((name) => typeof name !== 'string')) return inGoOrder(map);
  const object: JsonObject = {};
  for (const [key, value] of map) setField(object, String(key), value);
  return object;
}

/** Texts first, as Go happens to print the keys of such a map. */
function inGoOrder(map: ReadonlyMap<unknown, unknown>): Map<unknown, unknown> {
  const text = ([key]: readonly [unknown, unknown]): string => `${typeof key === 'string' ? 0 : 1}${String(key)}`;
  return new Map([...map].sort((a, b) => (text(a) < text(b) ? -1 : 1)));
}

/** What JSON cannot say: keys that are no text, infinity. */
function complaintAbout(value: unknown): string | undefined {
  if (value instanceof Map) return 'json: unsupported type: map[interface {}]interface {}';
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return `json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [, item] of Array.isArray(value) ? value.entries() : sortedEntries(value)) {
    const complaint = complaintAbout(item);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

/** A scalar's value: quotes make strings, unless a tag insists. */
export function scalarValue({ value, tag, style }: Node): unknown {
  const quoted = style !== 'plain';
  if (tag === '!!str') return value;
  const found = resolveText(value);
  if (tag === '' || tag === found.tag) return quoted ? value : found.value;
  return resolveTagged(tag, value);
}

/** Keys that are there twice, with the lines they have in the text the node would be. */
function duplicates(node: Node): string {
  const problems: string[] = [];
  const visit = (parsed: ReturnType<typeof parseFirstDocument>): void => {
    if (parsed?.kind === 'sequence') for (const item of parsed.items) visit(item);
    if (parsed?.kind !== 'mapping') return;
    const { entries } = parsed;
    entries.forEach(({ key, value }, index) => {
      if (key.kind !== 'scalar') return;
      for (const later of entries.slice(index + 1)) {
        if (later.key.kind !== 'scalar' || later.key.value !== key.value) continue;
        problems.push(`line ${later.key.line + 1}: mapping key "${key.value}" already defined at line ${key.line + 1}`);
      }
      visit(value);
    });
  };
  visit(parseFirstDocument(emitNode(node)));
  return `yaml: unmarshal errors:\n  ${problems.join('\n  ')}`;
}

/** The node a JSON value makes, mappings in the order of their keys. */
export function fromValue(value: unknown): Node {
  if (value === null || value === undefined) return scalar('null', '!!null');
  if (typeof value === 'string') return stringNode(value);
  if (typeof value === 'boolean') return scalar(String(value), '!!bool');
  if (typeof value === 'bigint') return scalar(String(value), '!!int');
  if (typeof value === 'number') {
    return isGoInteger(value) ? scalar(goNumber(value), '!!int') : scalar(String(value), '!!float');
  }
  if (Array.isArray(value)) return { ...emptyNode('sequence'), content: value.map(fromValue) };
  const fields = isJsonObject(value) ? sortedEntries(value) : [];
  return { ...emptyNode('mapping'), content: fields.flatMap(([key, item]) => [stringNode(key), fromValue(item)]) };
}
