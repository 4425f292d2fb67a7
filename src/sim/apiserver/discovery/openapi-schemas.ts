import { type FactType, factType, kindType } from '../../api/facts/fact-types.js';
import type { JsonObject } from '../../api/object.js';
import { openApiSchemas } from '../../api/openapi.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { subresourcesOf } from './resources.js';

/** Types that travel with every kind. */
const COMMON: readonly string[] = ['meta.v1.DeleteOptions', 'meta.v1.Status', 'meta.v1.WatchEvent'];

/** What a patch is made of is nobody's type. */
export const PATCH = 'io.k8s.apimachinery.pkg.apis.meta.v1.Patch';

/** The name of a kind's schema, as Kubernetes names Go types: `io.k8s.api.apps.v1.Deployment`. */
export function schemaName(kind: Pick<ServedKind, 'group' | 'version' | 'kind'>): string {
  const known = kindType(apiVersionOf(kind), kind.kind);
  if (known) return known.openApiName;
  return `${kind.group.split('.').reverse().join('.')}.${kind.version}.${kind.kind}`;
}

/** The schemas of kinds, of their lists and subresources, and of everything these are made of. */
export function schemasOf(kinds: readonly ServedKind[]): Record<string, JsonObject> {
  const roots = new Map<string, FactType>();
  const add = (type: FactType | undefined) => type && roots.set(type.id, type);
  const unknown: ServedKind[] = [];
  for (const kind of kinds) {
    const apiVersion = apiVersionOf(kind);
    const type = kindType(apiVersion, kind.kind);
    if (!type) unknown.push(kind);
    add(type);
    add(kindType(apiVersion, `${kind.kind}List`));
    for (const { body } of subresourcesOf(kind)) {
      add(kindType(body.version === '' ? apiVersion : apiVersionOf(body), body.kind));
    }
  }
  for (const id of COMMON) add(factType(id));
  const schemas = openApiSchemas([...roots.values()]);
  schemas[PATCH] = { type: 'object' };
  for (const kind of unknown) schemas[schemaName(kind)] = openSchema(kind);
  return schemas;
}

/** Of a kind whose fields nobody told: anything may stand in it. */
function openSchema({ group, kind, version }: ServedKind): JsonObject {
  return {
    type: 'object',
    properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } },
    'x-kubernetes-preserve-unknown-fields': true,
    'x-kubernetes-group-version-kind': [{ group, kind, version }],
  };
}
