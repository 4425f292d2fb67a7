import { isJsonObject, type JsonObject } from '../../api/object.js';

const V3_PREFIX = '#/components/schemas/';
const V2_PREFIX = '#/definitions/';

/** Schemas of OpenAPI v3 as v2 has them: references stand alone, and what may be of two types is a string. */
export function swaggerDefinitions(schemas: Readonly<Record<string, JsonObject>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, convert(schema)]));
}

/** Paths of OpenAPI v3 as v2 has them: parameters tell their type themselves; bodies and answers are left out. */
export function swaggerPaths(paths: Readonly<Record<string, JsonObject>>): Record<string, unknown> {
  const ofOperation = ({ requestBody: _body, parameters, ...rest }: JsonObject): JsonObject => ({
    ...rest,
    ...(Array.isArray(parameters) ? { parameters: parameters.map(swaggerParameter) } : {}),
    responses: { 200: { description: 'OK' }, 401: { description: 'Unauthorized' } },
  });
  const ofPath = ({ parameters: _names, ...operations }: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [method, ofOperation(operation as JsonObject)]),
    );
  return Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, ofPath(item)]));
}

function swaggerParameter({ schema, ...parameter }: JsonObject): JsonObject {
  return { ...parameter, ...(schema as JsonObject) };
}

function convert(schema: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$ref') result['$ref'] = String(value).replace(V3_PREFIX, V2_PREFIX);
    else if (key === 'allOf' && Array.isArray(value)) Object.assign(result, convert(value[0] as JsonObject));
    else if (key === 'oneOf') result['type'] = 'string';
    else if (key === 'properties') result[key] = convertAll(value as JsonObject);
    else if ((key === 'items' || key === 'additionalProperties') && isJsonObject(value)) result[key] = convert(value);
    // Defaults and enumerations are not part of the v2 document.
    else if (key !== 'default' && key !== 'enum') result[key] = value;
  }
  return result;
}

function convertAll(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, convert(schema as JsonObject)]));
}
