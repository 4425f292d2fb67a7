/** Operations and paths in the words of OpenAPI v3. */
import type { JsonObject } from '../../../api/object.js';
import { CODE_WORDS, type Content, METHODS, type Operation, type Parameter, type Paths } from './operation.js';

/** Paths by name; what all operations of a path may be told stands beside them. */
export function pathObjects(paths: Paths): JsonObject {
  return Object.fromEntries(
    [...paths].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, operations]) => [path, pathObject(operations)]),
  );
}

function pathObject(operations: readonly Operation[]): JsonObject {
  const shared = sharedParameters(operations);
  const item: JsonObject = {};
  for (const method of METHODS) {
    const operation = operations.find((one) => one.method === method);
    if (operation) item[method] = operationObject(operation, shared);
  }
  if (shared.size > 0) item['parameters'] = [...shared].map((key) => parameterObject(key, operations));
  return item;
}

/** Parameters that every operation of a path has, in their order, by what is said of them. */
export function sharedParameters(operations: readonly Operation[]): ReadonlySet<string> {
  const [first, ...others] = operations.map(({ parameters }) => parameters.map(keyOf));
  return new Set((first ?? []).filter((key) => others.every((keys) => keys.includes(key))));
}

/** Tells parameters apart that have one name. */
export function keyOf({ name, in: place, description }: Parameter): string {
  return `${name} ${place} ${description}`;
}

function parameterObject(key: string, operations: readonly Operation[]): JsonObject {
  const found = operations[0]?.parameters.find((one) => keyOf(one) === key) as Parameter;
  return parameterOf(found);
}

function parameterOf({ name, in: place, description, type }: Parameter): JsonObject {
  const required = place === 'path' ? { required: true } : {};
  return { name, in: place, description, ...required, schema: { type, uniqueItems: true } };
}

function operationObject(operation: Operation, shared: ReadonlySet<string>): JsonObject {
  const { tag, description, id, body, answers, types, action, kind } = operation;
  const parameters = operation.parameters.filter((one) => !shared.has(keyOf(one))).map(parameterOf);
  const responses: JsonObject = {};
  for (const [code, content] of answers) {
    responses[String(code)] = { description: CODE_WORDS[code], content: contentObject(types, content) };
  }
  return {
    tags: [tag],
    description,
    operationId: id,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: bodyObject(body, operation.consumes) } : {}),
    responses: { ...responses, 401: { description: 'Unauthorized' } },
    ...(action === undefined ? {} : { 'x-kubernetes-action': action }),
    ...(kind ? { 'x-kubernetes-group-version-kind': kind } : {}),
  };
}

function bodyObject({ content, required }: NonNullable<Operation['body']>, types: readonly string[]): JsonObject {
  return { content: contentObject(types, content), ...(required ? { required } : {}) };
}

function contentObject(types: readonly string[], { name }: Content): JsonObject {
  const schema = name === undefined ? { type: 'string' } : { $ref: `#/components/schemas/${name}` };
  return Object.fromEntries([...types].sort().map((type) => [type, { schema }]));
}
