import { fieldOf, setField, setScalar } from '../tree/fields.js';
import { emptyNode, isEmpty, isMissing, type Node, scalar, textOf } from '../tree/node.js';
import { type MergeSchema, schemaOfItems } from './schema.js';

/** How one node is merged, which the items are in turn. */
export type MergeNodes = (
  target: Node | undefined,
  patch: Node | undefined,
  schema: MergeSchema | undefined,
) => Node | undefined;

/** Merges lists whose items are told apart by keys: what the patch names comes first, then the rest as it was. */
export function mergeItems(base: Node, patch: Node | undefined, schema: MergeSchema, mergeNodes: MergeNodes): Node {
  const keys = schema.keys ?? [];
  const sources = [patch, base];
  const items: Items = { base, patch, schema, mergeNodes };
  if (keys.length > 0) return merge(items, valuesOf(sources, keys), keys);
  const words = [...new Set(sources.flatMap((list) => list?.content.map(({ value }) => value) ?? []))];
  return merge(
    items,
    words.map((word) => [word]),
    [''],
  );
}

/** The values of the keys of each item, those of the patch first. */
function valuesOf(sources: readonly (Node | undefined)[], keys: readonly string[]): string[][] {
  const found = new Map<string, string[]>();
  for (const item of sources.flatMap((list) => list?.content ?? [])) {
    const values = keys.map((key) => {
      const field = fieldOf(item, key);
      return isEmpty(field) ? '' : textOf(field);
    });
    const id = JSON.stringify(values);
    if (!found.has(id)) found.set(id, values);
  }
  return [...found.values()];
}

interface Items {
  readonly base: Node;
  readonly patch: Node | undefined;
  readonly schema: MergeSchema;
  readonly mergeNodes: MergeNodes;
}

function merge(
  { base, patch, schema, mergeNodes }: Items,
  allValues: readonly (readonly string[])[],
  keys: readonly string[],
): Node {
  const result = emptyNode('sequence');
  const list = keys.length > 1 ? unified(allValues) : allValues;
  let valid: Chosen = { keys: [...keys], values: [] };
  for (const values of list) {
    valid = validKeys(list, values, keys);
    const own = validKeys([values], valid.values, valid.keys);
    const merged = mergeNodes(itemWith(base, own), itemWith(patch, own), schemaOfItems(schema));
    if (merged === undefined || isMissing(merged) || (merged.kind === 'mapping' && merged.content.length === 0)) {
      setItem(base, valid, undefined);
      continue;
    }
    restoreKeys(merged, valid);
    setItem(result, valid, merged);
  }
  if (list.length === 0) return base;
  for (const item of base.content) appendItem(result, item, valid.keys);
  return result;
}

interface Chosen {
  readonly keys: readonly string[];
  readonly values: readonly string[];
}

/** A merged item keeps the keys it was found by. */
function restoreKeys(item: Node, { keys, values }: Chosen): void {
  keys.forEach((key, at) => {
    const value = values[at] ?? '';
    if (fieldOf(item, key) !== undefined || value === '') return;
    if (key === '') setScalar(item, scalar(value));
    else setField(item, key, scalar(value));
  });
}

/** Keys nobody sets are left out of the comparison. */
function validKeys(all: readonly (readonly string[])[], values: readonly string[], keys: readonly string[]): Chosen {
  const used = keys.filter((_, at) => all.some((each) => (each[at] ?? '') !== ''));
  if (used.length === 0) return { keys, values };
  const at = keys.flatMap((key, index) => (used.includes(key) ? [index] : []));
  return { keys: at.map((index) => keys[index] as string), values: at.map((index) => values[index] ?? '') };
}

/** Items that differ only in a key one of them does not set are one: a port without a protocol. */
function unified(all: readonly (readonly string[])[]): string[][] {
  const list = all.map((values) => [...values]);
  for (let i = 0; i < list.length; i++) {
    for (let j = 0; j < list.length; j++) {
      const both = together(list[i] as string[], list[j] as string[]);
      if (both === undefined) continue;
      list[i] = both;
      list[j] = both;
    }
  }
  return list;
}

function together(a: readonly string[], b: readonly string[]): string[] | undefined {
  const agrees = a.every((value, at) => value === b[at] || value === '' || b[at] === '');
  if (!agrees || !a.some((value, at) => value === b[at])) return undefined;
  return a.map((value, at) => value || (b[at] ?? ''));
}

function itemWith(list: Node | undefined, { keys, values }: Chosen): Node | undefined {
  if (list === undefined) return undefined;
  if (keys[0] === '') return list.content.find(({ value }) => value === values[0]);
  return list.content.find(
    (item) => item.kind === 'mapping' && keys.every((key, at) => fieldOf(item, key)?.value === values[at]),
  );
}

/** Replaces the items that are found by keys, or adds one; takes them away when there is no item. */
function setItem(list: Node, { keys, values }: Chosen, item: Node | undefined): void {
  const kept: Node[] = [];
  let found = false;
  for (const each of list.content) {
    if (isMissing(each) || (each.kind === 'mapping' && each.content.length === 0)) continue;
    if (each.kind !== 'mapping' && (keys[0] ?? '') !== '' && (values[0] ?? '') !== '') kept.push(each);
    else if (!isItem(each, keys, values)) kept.push(...(values.length > 0 ? [each] : []));
    else {
      found = true;
      if (item !== undefined) kept.push(item);
    }
  }
  if (!found && item !== undefined) kept.push(item);
  list.content = kept;
}

function isItem(item: Node, keys: readonly string[], values: readonly string[]): boolean {
  if (values.length === 0) return false;
  return keys.every((key, at) => {
    const value = values[at];
    // Kustomize looks no further than the values go.
    if (value === undefined) return true;
    if (key === '') return textOf(item) === value;
    const field = fieldOf(item, key);
    return field !== undefined && (value === '' || field.value === value);
  });
}

function appendItem(list: Node, item: Node, keys: readonly string[]): void {
  if (keys[0] === '') return setItem(list, { keys: [''], values: [item.value] }, item);
  const values: string[] = [];
  for (const key of keys) {
    const field = fieldOf(item, key);
    if (field === undefined) list.content.push(item);
    else values.push(field.value);
  }
  if (keys.length > 1) setItem(list, { keys, values }, undefined);
  setItem(list, { keys, values }, item);
}
