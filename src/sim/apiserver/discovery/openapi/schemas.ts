import { type FactType, knownType } from '../../../api/facts/fact-types.js';
import { PATCH_TYPE } from '../../../api/facts/opaque-types.js';
import type { JsonObject } from '../../../api/object.js';
import { openApiSchemas, patchSchema } from '../../../api/openapi.js';
import type { ServedKind } from '../../served-kind.js';
import { customListSchema, customSchema, type Dialect } from './custom-schemas.js';
import { type Content, type GroupVersion, listOf, type OperationKind, ofKind, type Paths } from './operation.js';

/** Kinds of the machinery that belong to every group version. */
const EVERYWHERE = ['DeleteOptions', 'WatchEvent'];
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** The schemas of everything that operations take and give, and of what that is made of. `groups` besides the core have them. */
export function schemasFor(
  paths: Paths,
  kinds: readonly ServedKind[],
  groups: readonly GroupVersion[],
  dialect: Dialect = 'v3',
): Record<string, JsonObject> {
  const roots = new Map<string, FactType>();
  const others = new Set<string>();
  const add = ({ name, type }: Content) => {
    if (type) roots.set(type.id, type);
    else if (name !== undefined) others.add(name);
  };
  for (const operation of [...paths.values()].flat()) {
    if (operation.body) add(operation.body.content);
    for (const [, content] of operation.answers) add(content);
  }
  if (kinds.some(({ custom }) => custom)) {
    for (const name of ['ObjectMeta', 'ListMeta']) roots.set(`meta.v1.${name}`, knownType(`meta.v1.${name}`));
  }
  const schemas = openApiSchemas([...roots.values()]);
  if (others.delete(PATCH_TYPE)) schemas[PATCH_TYPE] = patchSchema();
  for (const kind of kinds) {
    const { name = '' } = ofKind(kind);
    const { name: list = '' } = listOf(kind);
    if (kind.custom && others.has(list)) schemas[list] = customListSchema(kind, name);
    if (others.has(name)) schemas[name] = kind.custom ? customSchema(kind, dialect) : openSchema(kind);
  }
  for (const kind of EVERYWHERE) {
    const schema = schemas[`${META}.${kind}`];
    if (schema) schema['x-kubernetes-group-version-kind'] = everywhere(kind, groups);
  }
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function everywhere(kind: string, groups: readonly GroupVersion[]): object[] {
  return [{ group: '', version: 'v1' }, ...groups].map(({ group, version }) => ({ group, kind, version }));
}

/** Of a kind whose fields nobody told: anything may stand in it. */
function openSchema({ group, kind, version }: OperationKind): JsonObject {
  return {
    type: 'object',
    properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } },
    'x-kubernetes-preserve-unknown-fields': true,
    'x-kubernetes-group-version-kind': [{ group, kind, version }],
  };
}
