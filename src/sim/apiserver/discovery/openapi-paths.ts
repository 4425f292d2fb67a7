import { factType, kindType } from '../../api/facts/fact-types.js';
import type { JsonObject } from '../../api/object.js';
import { describeField } from '../../api/schema.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { PATCH, schemaName } from './openapi-schemas.js';
import { subresourcesOf } from './resources.js';

const PATCH_TYPES = [
  'application/apply-patch+yaml',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];
const ANSWER_TYPES = ['application/json', 'application/vnd.kubernetes.protobuf', 'application/yaml'];
const STREAM_TYPES = ['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'];

/** The HTTP method, the action documents name, and the words of the operation's id and description. */
interface Operation {
  readonly method: string;
  readonly action: string;
  readonly id: string;
  readonly words: string;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  create: { method: 'post', action: 'post', id: 'create', words: 'create' },
  delete: { method: 'delete', action: 'delete', id: 'delete', words: 'delete' },
  deletecollection: {
    method: 'delete',
    action: 'deletecollection',
    id: 'deleteCollection',
    words: 'delete collection of',
  },
  get: { method: 'get', action: 'get', id: 'read', words: 'read the specified' },
  list: { method: 'get', action: 'list', id: 'list', words: 'list or watch objects of kind' },
  patch: { method: 'patch', action: 'patch', id: 'patch', words: 'partially update the specified' },
  update: { method: 'put', action: 'put', id: 'replace', words: 'replace the specified' },
};
const WRITES = new Set(['create', 'patch', 'update']);
const WRITE_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation'];

/** The paths of a kind with their operations: what clients ask an OpenAPI document for before they send something. */
export function operationsOf(kind: ServedKind): Record<string, JsonObject> {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${apiVersionOf(kind)}`;
  const base = kind.namespaced ? `${root}/namespaces/{namespace}/${kind.plural}` : `${root}/${kind.plural}`;
  const served = (verbs: readonly string[]) =>
    Object.fromEntries(
      verbs
        .filter((verb) => (kind.verbs as readonly string[]).includes(verb))
        .map((verb) => [OPERATIONS[verb]?.method as string, operation(kind, verb)]),
    );
  const scope = kind.namespaced ? ['namespace'] : [];
  const paths: Record<string, JsonObject> = {
    [base]: at(scope, served(['list', 'create', 'deletecollection'])),
    [`${base}/{name}`]: at([...scope, 'name'], served(['get', 'update', 'patch', 'delete'])),
  };
  if (kind.namespaced) paths[`${root}/${kind.plural}`] = at([], served(['list']));
  for (const { name, verbs, body } of subresourcesOf(kind)) {
    const version = body.version === '' ? kind : body;
    const type = { group: version.group, version: version.version, kind: body.kind };
    const operations = verbs.flatMap((verb) => {
      const known = OPERATIONS[verb];
      return known ? [[known.method, operation(kind, verb, name, type)]] : [];
    });
    paths[`${base}/{name}/${name}`] = at([...scope, 'name'], Object.fromEntries(operations));
  }
  return paths;
}

type Body = Pick<ServedKind, 'group' | 'version' | 'kind'>;

function operation(kind: ServedKind, verb: string, subresource = '', body: Body = kind): JsonObject {
  const { id, action, words } = OPERATIONS[verb] as Operation;
  const name = verb === 'list' ? listName(kind) : schemaName(body);
  const group = kind.group === '' ? 'Core' : capital(kind.group.replace(/\.k8s\.io$/, '').split('.')[0] as string);
  const scoped = kind.namespaced ? 'Namespaced' : '';
  const returnsStatus = verb === 'delete' || verb === 'deletecollection';
  const result = returnsStatus ? 'io.k8s.apimachinery.pkg.apis.meta.v1.Status' : name;
  return {
    tags: [`${kind.group === '' ? 'core' : group.toLowerCase()}_${kind.version}`],
    description: `${words} ${kind.kind}`,
    operationId: `${id}${group}${capital(kind.version)}${scoped}${kind.kind}${capital(subresource)}`,
    ...(WRITES.has(verb) ? { parameters: writeParameters(verb) } : {}),
    ...(verb === 'list' ? { parameters: LIST_PARAMETERS.map(listParameter) } : {}),
    ...(WRITES.has(verb) || returnsStatus ? { requestBody: requestBody(verb, name) } : {}),
    responses: {
      200: {
        description: 'OK',
        content: content(verb === 'list' ? [...ANSWER_TYPES, ...STREAM_TYPES] : ANSWER_TYPES, result),
      },
      ...(WRITES.has(verb) ? { 201: { description: 'Created', content: content(ANSWER_TYPES, result) } } : {}),
      401: { description: 'Unauthorized' },
    },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group: body.group, kind: body.kind, version: body.version },
  };
}

function requestBody(verb: string, name: string): JsonObject {
  if (verb === 'patch') {
    return { content: content(PATCH_TYPES, PATCH), required: true };
  }
  if (WRITES.has(verb)) return { content: content(['*/*'], name), required: true };
  return { content: content(['*/*'], 'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions') };
}

function content(types: readonly string[], name: string): JsonObject {
  return Object.fromEntries(types.map((type) => [type, { schema: { $ref: `#/components/schemas/${name}` } }]));
}

function listName(kind: ServedKind): string {
  return kindType(apiVersionOf(kind), `${kind.kind}List`)?.openApiName ?? schemaName(kind);
}

/** Operations of one path with the names that stand in it. */
function at(names: readonly string[], operations: JsonObject): JsonObject {
  const words: Record<string, string> = { name: 'name of the object', namespace: 'object name and auth scope' };
  const parameters = names.map((name) => ({
    name,
    in: 'path',
    description: words[name],
    required: true,
    schema: { type: 'string', uniqueItems: true },
  }));
  return parameters.length > 0 ? { ...operations, parameters } : operations;
}

function writeParameters(verb: string): JsonObject[] {
  const options = `${verb === 'patch' ? 'Patch' : 'Create'}Options`;
  const names = verb === 'patch' ? [...WRITE_PARAMETERS, 'force'] : WRITE_PARAMETERS;
  return names.map((name) => parameter(options, name, name === 'force' ? 'boolean' : 'string'));
}

const LIST_PARAMETERS: readonly (readonly [string, string])[] = [
  ['allowWatchBookmarks', 'boolean'],
  ['continue', 'string'],
  ['fieldSelector', 'string'],
  ['labelSelector', 'string'],
  ['limit', 'integer'],
  ['resourceVersion', 'string'],
  ['resourceVersionMatch', 'string'],
  ['sendInitialEvents', 'boolean'],
  ['timeoutSeconds', 'integer'],
  ['watch', 'boolean'],
];

function listParameter([name, type]: readonly [string, string]): JsonObject {
  return parameter('ListOptions', name, type);
}

function parameter(options: string, name: string, type: string): JsonObject {
  const holder = factType(`meta.v1.${options}`);
  const description = holder ? describeField(holder, name) : '';
  return { name, in: 'query', ...(description ? { description } : {}), schema: { type, uniqueItems: true } };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
