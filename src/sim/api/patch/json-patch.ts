import { deepCopy, deepEqual, isJsonObject } from '../object.js';
import { ownField, setField } from '../set-field.js';

/** A JSON patch that cannot be read (400) or does not fit the object (422). */
export class JsonPatchError extends Error {
  readonly code: 400 | 422;

  constructor(code: 400 | 422, message: string) {
    super(message);
    this.code = code;
  }
}

interface Operation {
  readonly op?: unknown;
  readonly path?: unknown;
  readonly from?: unknown;
  readonly value?: unknown;
}

type Holder = Record<string, unknown> | unknown[];
type Root = { document: unknown };

const MISSING = 'missing value';
const INVALID_INDEX = 'invalid index referenced';

/** What a reader calls a patch and one operation of it, for its errors. */
export interface PatchTypes {
  readonly list: string;
  readonly item: string;
}

const LIBRARY_TYPES: PatchTypes = { list: 'jsonpatch.Patch', item: 'jsonpatch.Operation' };

/**
 * Applies a JSON patch (RFC 6902) and gives the result; the object itself stays as it is. Throws `JsonPatchError`.
 * Rules and words are those of evanphx/json-patch 4.13, which API server, kubectl and kustomize use: `replace` sets a
 * field that is not there yet, and `copy` of such a field adds null.
 */
export function applyJsonPatch(object: unknown, patch: unknown, types?: PatchTypes): unknown {
  const root: Root = { document: deepCopy(object) };
  for (const operation of operationsIn(patch, types)) applyOne(root, operation);
  return root.document;
}

/** The operations of a patch. Throws `JsonPatchError` with 400 for what is no list of objects. */
export function operationsIn(patch: unknown, types = LIBRARY_TYPES): readonly Operation[] {
  if (!Array.isArray(patch)) throw unreadable(patch, types.list);
  return patch.map((item) => {
    if (item !== null && !isJsonObject(item)) throw unreadable(item, types.item);
    return item ?? {};
  });
}

function unreadable(value: unknown, type: string): JsonPatchError {
  const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return new JsonPatchError(400, `json: cannot unmarshal ${kind} into Go value of type ${type}`);
}

function applyOne(root: Root, operation: Operation): void {
  const value = deepCopy(operation.value ?? null);
  switch (operation.op) {
    case 'add':
      return add(root, textOf(operation.path, 'add operation failed to decode path'), value);
    case 'remove':
      return remove(root, textOf(operation.path, 'remove operation failed to decode path'));
    case 'replace':
      return replace(root, pathOf(operation, 'replace'), value);
    case 'move':
      return move(root, operation);
    case 'copy':
      return copy(root, operation);
    case 'test':
      return test(root, pathOf(operation, 'test'), value);
    default:
      throw refusal(`Unexpected kind: ${typeof operation.op === 'string' ? operation.op : 'unknown'}`);
  }
}

const refusal = (message: string): JsonPatchError => new JsonPatchError(422, message);

function textOf(text: unknown, failed: string): string {
  if (typeof text === 'string') return text;
  throw refusal(`${failed}: ${MISSING}`);
}

function pathOf({ path }: Operation, op: string): string {
  return textOf(path, `${op} operation failed to decode path: operation missing path field`);
}

function fromOf({ from }: Operation, op: string): string {
  return textOf(from, `${op} operation failed to decode from: operation, missing from field`);
}

function add(root: Root, path: string, value: unknown): void {
  const place = find(root, path);
  if (!place) throw refusal(`add operation does not apply: doc is missing path: "${path}": ${MISSING}`);
  within(`error in add for path: '${path}'`, () => insert(place, value));
}

function remove(root: Root, path: string): void {
  const place = find(root, path);
  if (!place) throw refusal(`remove operation does not apply: doc is missing path: "${path}": ${MISSING}`);
  within(`error in remove for path: '${path}'`, () => drop(place));
}

function replace(root: Root, path: string, value: unknown): void {
  if (path === '') {
    // The library formats an error that is not there.
    if (!isHolder(value)) throw refusal('replace operation value must be object or array: %!w(<nil>)');
    root.document = value;
    return;
  }
  const place = find(root, path);
  if (!place) throw refusal(`replace operation does not apply: doc is missing path: ${path}: ${MISSING}`);
  const { holder, key } = place;
  if (!Array.isArray(holder)) {
    setField(holder, key, value);
    return;
  }
  try {
    holder[indexIn(holder, key)] = value;
  } catch {
    throw refusal(`replace operation does not apply: doc is missing key: ${path}: ${MISSING}`);
  }
}

function move(root: Root, operation: Operation): void {
  const from = fromOf(operation, 'move');
  const source = find(root, from);
  if (!source) throw refusal(`move operation does not apply: doc is missing from path: ${from}: ${MISSING}`);
  const value = within(`error in move for path: '${source.key}'`, () => {
    const found = look(source);
    drop(source);
    return found;
  });
  const path = pathOf(operation, 'move');
  const place = find(root, path);
  if (!place) throw refusal(`move operation does not apply: doc is missing destination path: ${path}: ${MISSING}`);
  within(`error in move for path: '${path}'`, () => insert(place, value));
}

function copy(root: Root, operation: Operation): void {
  const from = fromOf(operation, 'copy');
  const source = find(root, from);
  if (!source) throw refusal(`copy operation does not apply: doc is missing from path: ${from}: ${MISSING}`);
  const value = within(`error in copy for from: '${from}'`, () => look(source));
  const path = textOf(operation.path, 'copy operation failed to decode path');
  const place = find(root, path);
  if (!place) throw refusal(`copy operation does not apply: doc is missing destination path: ${path}: ${MISSING}`);
  within('error while adding value during copy', () => insert(place, deepCopy(value)));
}

function test(root: Root, path: string, expected: unknown): void {
  const place = path === '' ? { holder: root as Record<string, unknown>, key: 'document' } : find(root, path);
  if (!place) throw refusal(`test operation does not apply: is missing path: ${path}: ${MISSING}`);
  const actual = within(`error in test for path: '${path}'`, () => look(place));
  if (!deepEqual(actual, expected)) throw refusal(`testing value ${path} failed: test failed`);
}

interface Place {
  readonly holder: Holder;
  readonly key: string;
}

/** What holds the last part of a path; undefined when a part before it is not there. */
function find(root: Root, path: string): Place | undefined {
  const [, ...keys] = path.split('/').map((part) => part.replace(/~[01]/g, (code) => (code === '~1' ? '/' : '~')));
  const key = keys.pop();
  if (key === undefined) return undefined;
  let holder = root.document;
  for (const part of keys) {
    if (!isHolder(holder)) return undefined;
    try {
      holder = look({ holder, key: part });
    } catch (error) {
      if (error instanceof JsonPatchError) return undefined;
      throw error;
    }
  }
  return isHolder(holder) ? { holder, key } : undefined;
}

const isHolder = (value: unknown): value is Holder => Array.isArray(value) || isJsonObject(value);

/** Puts what was being done before the words of a refusal. */
function within<T>(doing: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof JsonPatchError) throw refusal(`${doing}: ${error.message}`);
    throw error;
  }
}

/** The value at a place; null for a field that is not there. Throws for an item that is not. */
function look({ holder, key }: Place): unknown {
  if (Array.isArray(holder)) return holder[indexIn(holder, key)] ?? null;
  return ownField(holder, key) ?? null;
}

function insert({ holder, key }: Place, value: unknown): void {
  if (!Array.isArray(holder)) {
    setField(holder, key, value);
    return;
  }
  if (key === '-') holder.push(value);
  else {
    const wrong = `value was not a proper array index: '${key}': `;
    const index = numberOf(key, wrong);
    const from = index < 0 ? holder.length + 1 + index : index;
    if (from < 0 || from > holder.length) throw refusal(`Unable to access invalid index: ${index}: ${INVALID_INDEX}`);
    holder.splice(from, 0, value);
  }
}

function drop({ holder, key }: Place): void {
  if (Array.isArray(holder)) {
    holder.splice(indexIn(holder, key), 1);
    return;
  }
  if (!Object.hasOwn(holder, key)) throw refusal(`Unable to remove nonexistent key: ${key}: ${MISSING}`);
  delete holder[key];
}

/** Counted from 0, or from the end when negative. Throws when there is no such item. */
function indexIn(list: readonly unknown[], key: string): number {
  const index = numberOf(key, '');
  const at = index < 0 ? list.length + index : index;
  if (at < 0 || at >= list.length) throw refusal(`Unable to access invalid index: ${index}: ${INVALID_INDEX}`);
  return at;
}

function numberOf(key: string, before: string): number {
  if (!/^[-+]?\d+$/.test(key)) throw refusal(`${before}strconv.Atoi: parsing ${JSON.stringify(key)}: invalid syntax`);
  return Number(key);
}
