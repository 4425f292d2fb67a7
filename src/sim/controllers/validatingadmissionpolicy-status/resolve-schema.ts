import { builtInSchema, type ObjectSchema } from '../../api/kinds/admission/type-schema.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import type { ApiClient } from '../../client/client.js';
import { decodeText } from '../../kernel/bytes.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { GroupVersionKind } from './kinds-of.js';

const PREFIX = '#/components/schemas/';

/** What a kind's objects look like: of built-in ones that is known, of others the server's documents tell. */
export function* resolveSchema(
  client: ApiClient,
  { group, version, kind }: GroupVersionKind,
): Waiting<ObjectSchema | undefined> {
  const builtIn = builtInSchema(group === '' ? version : `${group}/${version}`, kind);
  if (builtIn || group === '') return builtIn;
  const target = `/openapi/v3/apis/${group}/${version}`;
  const response: HttpResponse = yield* client.raw({ method: 'GET', target, headers: { accept: 'application/json' } });
  if (response.status !== 200) return undefined;
  const document = (response.object ?? JSON.parse(decodeText(response.body ?? new Uint8Array()))) as {
    components?: { schemas?: Record<string, JsonObject> };
  };
  const schemas = document.components?.schemas ?? {};
  const root = Object.values(schemas).find((schema) => isOf(schema, { group, version, kind }));
  return root && (inlined(root, schemas, []) as ObjectSchema);
}

function isOf(schema: JsonObject, wanted: GroupVersionKind): boolean {
  const names = schema['x-kubernetes-group-version-kind'];
  if (!Array.isArray(names)) return false;
  return names.some(
    (name) =>
      isJsonObject(name) &&
      name['group'] === wanted.group &&
      name['version'] === wanted.version &&
      name['kind'] === wanted.kind,
  );
}

/** A schema with what it refers to in place; what refers to itself ends there. */
function inlined(value: unknown, schemas: Readonly<Record<string, JsonObject>>, above: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => inlined(item, schemas, above));
  if (!isJsonObject(value)) return value;
  const { allOf, $ref } = value;
  const [only] = Array.isArray(allOf) && allOf.length === 1 ? allOf : [];
  const given = $ref ?? (isJsonObject(only) ? only['$ref'] : undefined);
  if (typeof given === 'string' && given.startsWith(PREFIX)) {
    const name = given.slice(PREFIX.length);
    return above.includes(name) ? {} : inlined(schemas[name] ?? {}, schemas, [...above, name]);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inlined(inner, schemas, above)]));
}
