import { apiVersionOf, type ServedKind } from '../../served-kind.js';
import { subresourcesOf } from '../resources.js';
import {
  type Content,
  capital,
  listOf,
  METHODS,
  type Method,
  type Operation,
  type OperationKind,
  ofKind,
  ofType,
  PATCH,
  type Paths,
  placeWords,
  TEXT,
} from './operation.js';
import { inOrder, optionParameters, pathParameters, pretty } from './parameters.js';

const OBJECT_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const STREAM_TYPES = [
  ...OBJECT_TYPES,
  'application/json;stream=watch',
  'application/vnd.kubernetes.protobuf;stream=watch',
];
const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];
const ANY = ['*/*'];
/** What custom objects can be written in, and patched by. */
const CUSTOM_TYPES = ['application/json', 'application/yaml'];
const CUSTOM_PATCHES = PATCH_TYPES.filter((type) => !type.includes('strategic'));
const NOT_FOR_COLLECTIONS = new Set(['allowWatchBookmarks', 'watch']);
const LISTS = 'meta.v1.ListOptions';
const DELETES = 'meta.v1.DeleteOptions';

/** Subresources that are spoken with rather than read: by which methods, and with which options. */
const CONNECTED: Readonly<Record<string, readonly Method[]>> = {
  attach: ['get', 'post'],
  exec: ['get', 'post'],
  portforward: ['get', 'post'],
  proxy: METHODS,
};

/** One path of a resource, and what the words of its operations need. */
interface Place {
  readonly path: string;
  readonly kind: ServedKind;
  readonly subresource: string;
  /** The kind of the body, which is another one than the kind for some subresources. */
  readonly body: OperationKind;
  readonly allNamespaces: boolean;
}

/** What an action does to the rest of an operation. */
interface Action {
  readonly method: Method;
  readonly action: string;
  /** The verb of the id. */
  readonly id: string;
  readonly words: string;
  readonly options: readonly string[];
  readonly answers: readonly (readonly [code: number, content: Content])[];
  readonly types?: readonly string[];
  readonly body?: Operation['body'];
  readonly suffix?: string;
}

/** The paths of a resource with their operations, those of its subresources and of the older way to watch among them. */
export function pathsOf(kind: ServedKind): Paths {
  const paths: Paths = new Map();
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${apiVersionOf(kind)}`;
  const scope = kind.namespaced ? '/namespaces/{namespace}' : '';
  const place = (path: string, more: Partial<Place> = {}): Place => {
    return { path: root + path, kind, subresource: '', body: kind, allNamespaces: false, ...more };
  };
  const has = (verb: ServedKind['verbs'][number]) => kind.verbs.includes(verb);
  const add = (at: Place, actions: readonly Action[]) => {
    if (actions.length > 0)
      paths.set(
        at.path,
        actions.map((action) => operation(at, action)),
      );
  };
  const collection = `${scope}/${kind.plural}`;
  const one = `${collection}/{name}`;
  add(place(collection), [
    ...(has('list') ? [list(kind)] : []),
    ...(has('create') ? [create(kind, kind, '')] : []),
    ...(has('deletecollection') ? [deleteCollection(kind)] : []),
  ]);
  add(place(one), [
    ...(has('get') ? [read(kind, kind, '')] : []),
    ...(has('update') ? [replace(kind, kind, '')] : []),
    ...(has('delete') ? [remove(kind)] : []),
    ...(has('patch') ? [patch(kind, kind, '')] : []),
  ]);
  for (const { name, verbs, body } of subresourcesOf(kind)) {
    const of = { group: body.group || kind.group, version: body.version || kind.version, kind: body.kind };
    for (const path of name === 'proxy' ? [`${one}/proxy`, `${one}/proxy/{path}`] : [`${one}/${name}`])
      add(place(path, { subresource: name, body: of }), subresourceActions(kind, name, verbs, of, path));
  }
  if (kind.namespaced && has('list')) add(place(`/${kind.plural}`, { allNamespaces: true }), [list(kind)]);
  if (!has('watch') || kind.custom) return paths;
  if (kind.namespaced) add(place(`/watch/${kind.plural}`, { allNamespaces: true }), [watchList(kind)]);
  add(place(`/watch${collection}`), [watchList(kind)]);
  add(place(`/watch${one}`), [watch(kind)]);
  return paths;
}

function subresourceActions(
  kind: ServedKind,
  name: string,
  verbs: readonly string[],
  body: OperationKind,
  path: string,
): Action[] {
  const methods = CONNECTED[name];
  if (methods) return methods.map((method) => connect(kind, name, method, body, path));
  const known: Readonly<Record<string, (of: ServedKind, body: OperationKind, name: string) => Action>> = {
    get: name === 'log' ? readLog : read,
    update: replace,
    create,
    patch,
  };
  return verbs.flatMap((verb) => known[verb]?.(kind, body, name) ?? []);
}

function operation({ path, kind, subresource, body, allNamespaces }: Place, action: Action): Operation {
  const { words: place, tag } = placeWords(kind.group, kind.version);
  const namespaced = kind.namespaced && !allNamespaces ? 'Namespaced' : '';
  const suffix = `${action.suffix ?? ''}${allNamespaces ? 'ForAllNamespaces' : ''}`;
  const [verb = '', ...rest] = action.id.split(' ');
  const id = `${verb}${place}${rest.join('')}${namespaced}${kind.kind}${capital(subresource)}${suffix}`;
  const options = action.options.flatMap((one) => optionParameters(one));
  const seen = new Set<string>();
  const parameters = [...pathParameters(path, kind.custom ? kind.kind : body.kind), ...options].filter((one) => {
    const key = `${one.in} ${one.name}`;
    if (seen.has(key) || (action.action === 'deletecollection' && NOT_FOR_COLLECTIONS.has(one.name))) return false;
    seen.add(key);
    return true;
  });
  return {
    method: action.method,
    description: action.words,
    id,
    tag,
    parameters: inOrder(action.action === 'connect' ? parameters : [...parameters, pretty()]),
    ...(action.body ? { body: action.body } : {}),
    answers: action.answers,
    ...mediaTypes(kind, action),
    action: action.action,
    kind: kind.custom
      ? { group: kind.group, version: kind.version, kind: kind.kind }
      : { group: body.group, version: body.version, kind: body.kind },
  };
}

function mediaTypes({ custom }: ServedKind, { action, types }: Action): Pick<Operation, 'consumes' | 'types'> {
  if (custom) return { consumes: action === 'patch' ? CUSTOM_PATCHES : CUSTOM_TYPES, types: CUSTOM_TYPES };
  return { consumes: action === 'patch' ? PATCH_TYPES : ANY, types: types ?? OBJECT_TYPES };
}

/** `binding of `, or nothing where it is the object itself. */
function partOf(name: string): string {
  return name === '' ? '' : `${name} of `;
}

/** `an Event`; what ends as a plural has no article. */
function article({ kind }: ServedKind): string {
  if (kind.endsWith('s') && !kind.endsWith('ss')) return kind;
  return `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`;
}

function list(kind: ServedKind): Action {
  const words = `list ${kind.verbs.includes('watch') ? 'or watch ' : ''}objects of kind ${kind.kind}`;
  const answers = [[200, listOf(kind)]] as const;
  return { method: 'get', action: 'list', id: 'list', words, options: [LISTS], answers, types: STREAM_TYPES };
}

function create(kind: ServedKind, body: OperationKind, name: string): Action {
  const content = ofKind(body);
  return {
    method: 'post',
    action: 'post',
    id: 'create',
    words: `create ${partOf(name)}${article(kind)}`,
    options: ['meta.v1.CreateOptions'],
    body: { content, required: true },
    answers: [200, 201, 202].map((code) => [code, content] as const),
  };
}

function deleteCollection(kind: ServedKind): Action {
  return {
    method: 'delete',
    action: 'deletecollection',
    id: 'delete Collection',
    words: `delete collection of ${kind.kind}`,
    options: [DELETES, LISTS],
    body: { content: ofType(DELETES), required: false },
    answers: [[200, ofType('meta.v1.Status')]],
  };
}

function read(kind: ServedKind, body: OperationKind, name: string): Action {
  const words = `read ${partOf(name)}the specified ${kind.kind}`;
  return { method: 'get', action: 'get', id: 'read', words, options: [], answers: [[200, ofKind(body)]] };
}

function readLog(kind: ServedKind, body: OperationKind, name: string): Action {
  const types = ['text/plain', ...OBJECT_TYPES];
  return { ...read(kind, body, name), options: ['core.v1.PodLogOptions'], answers: [[200, TEXT]], types };
}

function replace(kind: ServedKind, body: OperationKind, name: string): Action {
  const content = ofKind(body);
  return {
    method: 'put',
    action: 'put',
    id: 'replace',
    words: `replace ${partOf(name)}the specified ${kind.kind}`,
    options: ['meta.v1.UpdateOptions'],
    body: { content, required: true },
    answers: [200, 201].map((code) => [code, content] as const),
  };
}

function patch(kind: ServedKind, body: OperationKind, name: string): Action {
  const content = ofKind(body);
  return {
    method: 'patch',
    action: 'patch',
    id: 'patch',
    words: `partially update ${partOf(name)}the specified ${kind.kind}`,
    options: ['meta.v1.PatchOptions'],
    body: { content: PATCH, required: true },
    answers: [200, 201].map((code) => [code, content] as const),
  };
}

function remove(kind: ServedKind): Action {
  // A namespace answers with itself until it is gone, and the documents do not say so.
  const returns = kind.returnsDeleted && kind.kind !== 'Namespace';
  const content = returns ? ofKind(kind) : ofType('meta.v1.Status');
  return {
    method: 'delete',
    action: 'delete',
    id: 'delete',
    words: `delete ${article(kind)}`,
    options: [DELETES],
    body: { content: ofType(DELETES), required: false },
    answers: [200, 202].map((code) => [code, content] as const),
  };
}

function watchList({ kind }: ServedKind): Action {
  const words = `watch individual changes to a list of ${kind}. deprecated: use the 'watch' parameter with a list operation instead.`;
  return { ...watched(words), action: 'watchlist', suffix: 'List' };
}

function watch({ kind }: ServedKind): Action {
  return watched(
    `watch changes to an object of kind ${kind}. deprecated: use the 'watch' parameter with a list operation instead, filtered to a single item with the 'fieldSelector' parameter.`,
  );
}

function watched(words: string): Action {
  const answers = [[200, ofType('meta.v1.WatchEvent')]] as const;
  return { method: 'get', action: 'watch', id: 'watch', words, options: [LISTS], answers, types: STREAM_TYPES };
}

function connect({ kind }: ServedKind, name: string, method: Method, body: OperationKind, path: string): Action {
  return {
    method,
    action: 'connect',
    id: `connect ${capital(method)}`,
    words: `connect ${method.toUpperCase()} requests to ${name} of ${kind}`,
    options: [`core.v1.${body.kind}`],
    answers: [[200, TEXT]],
    types: ANY,
    suffix: path.endsWith('{path}') ? 'WithPath' : '',
  };
}
