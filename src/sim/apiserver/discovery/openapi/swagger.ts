/** The OpenAPI v2 document: definitions from the schemas of v3, and paths in the words of v2. */
import { isJsonObject, type JsonObject } from '../../../api/object.js';
import { OPENAPI_VERSION } from '../../../api/version.js';
import { CODE_WORDS, METHODS, type Operation, type OperationKind, type Paths } from './operation.js';
import { bodyParameter, parameterObject, type SharedParameters, sharedNames } from './swagger-parameters.js';
import { keyOf, sharedParameters } from './v3.js';

const V3_PREFIX = '#/components/schemas/';
const V2_PREFIX = '#/definitions/';
const SECURITY = { description: 'Bearer Token authentication', type: 'apiKey', name: 'authorization', in: 'header' };

/** The document of all paths; `schemas` are those of v3. */
export function swagger(paths: Paths, schemas: Readonly<Record<string, JsonObject>>): JsonObject {
  const shared = sharedNames(paths);
  const sorted = [...paths].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: OPENAPI_VERSION },
    paths: Object.fromEntries(sorted.map(([path, operations]) => [path, pathItem(operations, shared)])),
    definitions: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, convert(schema)])),
    parameters: shared.definitions,
    securityDefinitions: { BearerToken: SECURITY },
    security: [{ BearerToken: [] }],
  };
}

function pathItem(operations: readonly Operation[], names: SharedParameters): JsonObject {
  const shared = sharedParameters(operations);
  const item: JsonObject = {};
  for (const method of METHODS) {
    const operation = operations.find((one) => one.method === method);
    if (operation) item[method] = operationObject(operation, shared, names);
  }
  const ofAll = (operations[0]?.parameters ?? []).filter((one) => shared.has(keyOf(one)));
  if (ofAll.length > 0) item['parameters'] = ofAll.map((one) => names.of(parameterObject(one)));
  return item;
}

function operationObject(operation: Operation, shared: ReadonlySet<string>, names: SharedParameters): JsonObject {
  const { description, id, tag, body, consumes, types, answers, action, kind } = operation;
  const own = operation.parameters.filter((one) => !shared.has(keyOf(one))).map(parameterObject);
  const all = body ? [bodyParameter(body), ...own] : own;
  const responses: JsonObject = {};
  for (const [code, { name }] of answers) {
    const schema = name === undefined ? { type: 'string' } : { $ref: `${V2_PREFIX}${name}` };
    responses[String(code)] = { description: CODE_WORDS[code], schema };
  }
  return {
    description,
    ...(consumes.length > 0 ? { consumes } : {}),
    produces: types,
    schemes: ['https'],
    tags: [tag],
    operationId: id,
    ...(all.length > 0 ? { parameters: all.map(names.of) } : {}),
    responses: { ...responses, 401: { description: 'Unauthorized' } },
    ...(action === undefined ? {} : { 'x-kubernetes-action': action }),
    ...(kind ? { 'x-kubernetes-group-version-kind': inMergedOrder(kind) } : {}),
  };
}

/** The aggregator sorts the fields of what other servers' documents say; APIServices are its own. */
function inMergedOrder(kind: OperationKind): OperationKind {
  if (kind.group === 'apiregistration.k8s.io') return kind;
  return { group: kind.group, kind: kind.kind, version: kind.version };
}

/** A schema of v3 as v2 has it: references stand alone, what may be of two types is a string, and nothing has a default. */
function convert(schema: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$ref') result['$ref'] = String(value).replace(V3_PREFIX, V2_PREFIX);
    else if (key === 'allOf' && Array.isArray(value)) Object.assign(result, convert(value[0] as JsonObject));
    else if (key === 'properties') result[key] = convertAll(value as JsonObject);
    else if ((key === 'items' || key === 'additionalProperties') && isJsonObject(value)) result[key] = convert(value);
    else if (key === 'format' && schema['oneOf']) Object.assign(result, { type: 'string', format: value });
    else if (key === 'oneOf') result['type'] = 'string';
    else if (key !== 'default') result[key] = value;
  }
  return result;
}

function convertAll(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, convert(schema as JsonObject)]));
}
