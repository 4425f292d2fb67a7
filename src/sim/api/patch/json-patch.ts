import { deepCopy, deepEqual, isJsonObject } from '../object.js';

/** A JSON patch that cannot be read (400) or does not fit the object (422), in evanphx/json-patch's words. */
export class JsonPatchError extends Error {
  readonly code: 400 | 422;

  constructor(code: 400 | 422, message: string) {
    super(message);
    this.code = code;
  }
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

type Holder = Record<string, unknown> | unknown[];

const OPERATIONS = ['add', 'copy', 'move', 'remove', 'replace', 'test'];

/** Applies a JSON patch (RFC 6902) and gives the result; the object itself stays as it is. Throws `JsonPatchError`. */
export function applyJsonPatch(object: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    const type = isJsonObject(patch) ? 'object' : typeof patch;
    throw new JsonPatchError(
      400,
      `error decoding patch: json: cannot unmarshal ${type} into Go value of type []handlers.jsonPatchOp`,
    );
  }
  const root: { document: unknown } = { document: deepCopy(object) };
  for (const operation of patch as Operation[]) applyOne(root, operation);
  return root.document;
}

function applyOne(root: { document: unknown }, operation: Operation): void {
  const { op, path } = operation;
  if (!OPERATIONS.includes(op)) throw new JsonPatchError(422, `Unexpected kind: ${op ?? 'unknown'}`);
  switch (op) {
    case 'add':
      add(root, path, deepCopy(operation.value), 'add');
      return;
    case 'remove':
      take(root, path, 'remove');
      return;
    case 'replace':
      replace(root, path, deepCopy(operation.value));
      return;
    case 'move':
      add(root, path, take(root, operation.from ?? '', 'move'), 'move');
      return;
    case 'copy':
      add(root, path, deepCopy(look(root, operation.from ?? '', 'copy')), 'copy');
      return;
    default:
      test(root, path, operation.value);
  }
}

function refuse(op: string, path: string, why: string): JsonPatchError {
  return new JsonPatchError(422, `${op} operation does not apply: doc is missing ${why}: ${path}: missing value`);
}

function find(root: { document: unknown }, path: string, op: string): { holder: Holder; key: string } {
  const keys = path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = keys.pop();
  if (key === undefined) return { holder: root as Record<string, unknown>, key: 'document' };
  let holder: unknown = root.document;
  for (const part of keys)
    holder = Array.isArray(holder) ? holder[indexIn(holder, part)] : isJsonObject(holder) ? holder[part] : undefined;
  if (!Array.isArray(holder) && !isJsonObject(holder)) {
    const where = op === 'add' ? 'path' : 'path';
    throw new JsonPatchError(
      422,
      `${op} operation does not apply: doc is missing ${where}: ${JSON.stringify(path)}: missing value`,
    );
  }
  return { holder, key };
}

function indexIn(list: readonly unknown[], text: string): number {
  if (!/^-?\d+$/.test(text)) return -1;
  const index = Number(text);
  return index < 0 ? list.length + index : index;
}

function add(root: { document: unknown }, path: string, value: unknown, op: string): void {
  const { holder, key } = find(root, path, op);
  if (!Array.isArray(holder)) {
    holder[key] = value;
    return;
  }
  const index = key === '-' ? holder.length : indexIn(holder, key);
  if (index < 0 || index > holder.length) {
    throw new JsonPatchError(
      422,
      `${op} operation does not apply: error in add for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`,
    );
  }
  holder.splice(index, 0, value);
}

function look(root: { document: unknown }, path: string, op: string): unknown {
  const { holder, key } = find(root, path, op);
  const value = Array.isArray(holder) ? holder[indexIn(holder, key)] : holder[key];
  if (value === undefined) throw refuse(op, JSON.stringify(path), 'key');
  return value;
}

function take(root: { document: unknown }, path: string, op: string): unknown {
  const { holder, key } = find(root, path, op);
  if (Array.isArray(holder)) {
    const index = indexIn(holder, key);
    if (index < 0 || index >= holder.length) {
      throw new JsonPatchError(
        422,
        `error in ${op} for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`,
      );
    }
    return holder.splice(index, 1)[0];
  }
  if (!(key in holder)) {
    throw new JsonPatchError(
      422,
      `error in ${op} for path: '${path}': unable to remove nonexistent key: ${key}: missing value`,
    );
  }
  const value = holder[key];
  delete holder[key];
  return value;
}

function replace(root: { document: unknown }, path: string, value: unknown): void {
  const { holder, key } = find(root, path, 'replace');
  if (Array.isArray(holder)) {
    const index = indexIn(holder, key);
    if (index < 0 || index >= holder.length) throw refuse('replace', path, 'key');
    holder[index] = value;
    return;
  }
  if (!(key in holder)) throw refuse('replace', path, 'key');
  holder[key] = value;
}

function test(root: { document: unknown }, path: string, expected: unknown): void {
  const { holder, key } = find(root, path, 'test');
  const actual = Array.isArray(holder) ? holder[indexIn(holder, key)] : holder[key];
  if (!deepEqual(actual ?? null, expected ?? null))
    throw new JsonPatchError(422, `testing value ${path} failed: test failed`);
}
