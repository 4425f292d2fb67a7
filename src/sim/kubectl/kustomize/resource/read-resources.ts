import { KustomizeError } from '../error.js';
import { fieldNames, fieldOf } from '../tree/fields.js';
import { isEmpty, type Node, textOf } from '../tree/node.js';
import { parseDocuments } from '../tree/parse.js';
import { fromValue, toValue } from '../tree/values.js';
import { Resource } from './resource.js';

/** Reads the objects of a file; lists become their items. Throws KustomizeError for what is no object. */
export function readResources(text: string): Resource[] {
  const nodes = parseDocuments(text).filter((node) => !isEmpty(node));
  for (const node of nodes) checkMetadata(node);
  return withoutLists(nodes).map((node) => new Resource(node));
}

/** Throws when kind or name is missing. */
export function checkMetadata(node: Node): void {
  const metadata = fieldOf(node, 'metadata');
  const present = (field: Node | undefined): string => (isEmpty(field) ? '' : textOf(field));
  const kind = present(fieldOf(node, 'kind'));
  const apiVersion = present(fieldOf(node, 'apiVersion'));
  const name = isEmpty(fieldOf(metadata, 'name')) ? '' : (fieldOf(metadata, 'name')?.value ?? '');
  const isThere = (field: Node | undefined): boolean => !isEmpty(field);
  const anything =
    ['kind', 'apiVersion'].some((field) => isThere(fieldOf(node, field))) ||
    ['name', 'namespace', 'labels', 'annotations'].some((field) => isThere(fieldOf(metadata, field)));
  if (!anything) throw new KustomizeError('missing Resource metadata');
  const shown = (): string => {
    const map = (field: string): string => `map[${goMap(fieldOf(metadata, field))}]`;
    const namespace = present(fieldOf(metadata, 'namespace'));
    return `{{${apiVersion} ${kind}} {{${name} ${namespace}} ${map('labels')} ${map('annotations')}}}`;
  };
  if (kind === '') throw new KustomizeError(`missing kind in object ${shown()}`);
  if (!kind.endsWith('List') && name === '') throw new KustomizeError(`missing metadata.name in object ${shown()}`);
}

function goMap(node: Node | undefined): string {
  if (node?.kind !== 'mapping') return '';
  const names = fieldNames(node).sort();
  return names.map((name) => `${name}:${textOf(fieldOf(node, name))}`).join(' ');
}

function withoutLists(nodes: readonly Node[]): Node[] {
  const queue = [...nodes];
  const found: Node[] = [];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    const items = itemsOf(node);
    if (items === undefined) found.push(node);
    else queue.push(...items);
  }
  return found;
}

/** The objects of a `FooList`; undefined for anything else. */
function itemsOf(node: Node): Node[] | undefined {
  const kind = fieldOf(node, 'kind')?.value ?? '';
  const items = fieldOf(node, 'items');
  if (!kind.endsWith('List') || items === undefined) return undefined;
  if (items.tag === '!!null') return [];
  if (items.kind !== 'sequence') {
    throw new KustomizeError(`expected array in ${kind}/items, but found ${goType(toValue(items))}`);
  }
  const objects = items.content.map((item) => fromValue(toValue(item))).filter((item) => !isEmpty(item));
  for (const object of objects) checkMetadata(object);
  return objects;
}

function goType(value: unknown): string {
  if (typeof value === 'object') return 'map[string]interface {}';
  return (
    { string: 'string', boolean: 'bool' }[typeof value as 'string' | 'boolean'] ??
    (Number.isInteger(value) ? 'int' : 'float64')
  );
}
