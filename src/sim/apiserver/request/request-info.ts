/** What a request's path and method mean (apiserver pkg/endpoints/request, RequestInfoFactory). */
export interface RequestInfo {
  readonly isResource: boolean;
  readonly path: string;
  readonly verb: string;
  readonly prefix: string;
  readonly group: string;
  readonly version: string;
  readonly namespace: string;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string;
  /** From the resource on; what stands behind a proxy subresource is here. */
  readonly parts: readonly string[];
  /** What a list, a watch or a deletion of many is narrowed to, as it was given. */
  readonly fieldSelector?: string | undefined;
  readonly labelSelector?: string | undefined;
}

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);

/** Reads the grammar of REST paths. Paths outside /api and /apis are not resources; their verb is the method. */
export function readRequestInfo(method: string, path: string, query: URLSearchParams): RequestInfo {
  const plain: RequestInfo = {
    isResource: false,
    path,
    verb: method.toLowerCase(),
    prefix: '',
    group: '',
    version: '',
    namespace: '',
    resource: '',
    subresource: '',
    name: '',
    parts: [],
  };
  let parts = splitPath(path);
  const prefix = parts[0] ?? '';
  if (parts.length < 3 || (prefix !== 'api' && prefix !== 'apis')) return plain;
  parts = parts.slice(1);
  let group = '';
  if (prefix === 'apis') {
    if (parts.length < 3) return plain;
    group = parts[0] ?? '';
    parts = parts.slice(1);
  }
  const version = parts[0] ?? '';
  parts = parts.slice(1);
  let verb = VERBS[method] ?? '';
  const viaPath = parts[0] === 'watch' && parts.length > 1;
  if (viaPath) {
    verb = 'watch';
    parts = parts.slice(1);
  }
  let namespace = '';
  if (parts[0] === 'namespaces' && parts.length > 1) {
    namespace = parts[1] ?? '';
    if (parts.length > 2 && !NAMESPACE_SUBRESOURCES.has(parts[2] ?? '')) parts = parts.slice(2);
  }
  const [resource = '', given = '', subresource = ''] = parts;
  let name = given;
  if (name === '' && verb === 'get') {
    verb = isWatch(query) ? 'watch' : 'list';
    name = exactName(query);
  } else if (name === '' && verb === 'delete') verb = 'deletecollection';
  const info = { isResource: true, path, verb, prefix, group, version, namespace, resource, subresource, name, parts };
  return viaPath || !SELECTING.has(verb) ? info : { ...info, ...selectors(query) };
}

/** The verbs whose objects may be selected. A watch that the path asks for looks at none. */
const SELECTING = new Set(['list', 'watch', 'deletecollection']);

function selectors(query: URLSearchParams): Pick<RequestInfo, 'fieldSelector' | 'labelSelector'> {
  const fieldSelector = query.get('fieldSelector');
  const labelSelector = query.get('labelSelector');
  return { ...(fieldSelector ? { fieldSelector } : {}), ...(labelSelector ? { labelSelector } : {}) };
}

function splitPath(path: string): string[] {
  const trimmed = decodePath(path).replace(/^\/|\/+$/g, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

/** Go decodes a path before anybody takes it apart: what was an escaped slash divides as well. */
function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function isWatch(query: URLSearchParams): boolean {
  const value = query.get('watch');
  return value !== null && value.toLowerCase() !== 'false' && value !== '0';
}

/** A list of one name by field selector counts as a request for that name. */
function exactName(query: URLSearchParams): string {
  const match = /(?:^|,)metadata\.name={1,2}([^,!=\\]+)(?:,|$)/.exec(query.get('fieldSelector') ?? '');
  return match?.[1] ?? '';
}
