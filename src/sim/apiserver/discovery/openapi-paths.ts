import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { schemaName } from './openapi-schemas.js';

const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];
const NAMES: Readonly<Record<string, string>> = {
  create: 'post',
  delete: 'delete',
  get: 'get',
  patch: 'patch',
  update: 'put',
};

/** The paths of a kind with their operations: what clients ask an OpenAPI document for before they send something. */
export function operationsOf(kind: ServedKind): Record<string, object> {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${apiVersionOf(kind)}`;
  const base = kind.namespaced ? `${root}/namespaces/{namespace}/${kind.plural}` : `${root}/${kind.plural}`;
  const collection: Record<string, object> = {};
  const single: Record<string, object> = {};
  if (kind.verbs.includes('list')) collection['get'] = operation(kind, 'list');
  if (kind.verbs.includes('create')) collection['post'] = operation(kind, 'create');
  if (kind.verbs.includes('deletecollection')) collection['delete'] = operation(kind, 'deletecollection');
  for (const verb of ['get', 'update', 'patch', 'delete'] as const) {
    if (kind.verbs.includes(verb)) single[NAMES[verb] as string] = operation(kind, verb);
  }
  return { [base]: collection, [`${base}/{name}`]: single };
}

function operation(kind: ServedKind, verb: string): object {
  const write = ['create', 'update', 'patch'].includes(verb);
  const reference = { schema: { $ref: `#/components/schemas/${schemaName(kind)}` } };
  const body =
    verb === 'patch'
      ? Object.fromEntries(PATCH_TYPES.map((type) => [type, { schema: { type: 'object' } }]))
      : { 'application/json': reference };
  return {
    tags: [kind.group === '' ? `core_${kind.version}` : `${kind.group}_${kind.version}`],
    operationId: `${verb}${kind.kind}`,
    parameters: write ? WRITE_PARAMETERS : [],
    ...(write ? { requestBody: { content: body, required: true } } : {}),
    responses: { 200: { description: 'OK', content: { 'application/json': reference } } },
    'x-kubernetes-action': verb === 'create' ? 'post' : verb === 'update' ? 'put' : verb,
    'x-kubernetes-group-version-kind': { group: kind.group, kind: kind.kind, version: kind.version },
  };
}

const WRITE_PARAMETERS = [
  parameter(
    'dryRun',
    'When present, indicates that modifications should not be persisted. An invalid or unrecognized dryRun directive will result in an error response and no further processing of the request. Valid values are: - All: all dry run stages will be processed',
  ),
  parameter('fieldManager', 'fieldManager is a name associated with the actor or entity that is making these changes.'),
  parameter(
    'fieldValidation',
    'fieldValidation instructs the server on how to handle objects in the request (POST/PUT/PATCH) containing unknown or duplicate fields. Valid values are: Ignore, Warn, Strict.',
  ),
];

function parameter(name: string, description: string): object {
  return { name, in: 'query', description, schema: { type: 'string', uniqueItems: true } };
}
