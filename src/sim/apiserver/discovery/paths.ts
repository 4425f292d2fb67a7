import { ownField } from '../../api/set-field.js';
import { methodNotAllowed, notFoundPath, StatusError } from '../../api/status.js';
import { VERSION_INFO } from '../../api/version.js';
import { encodeText } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Metrics } from '../metrics/metrics.js';
import { metricsText } from '../metrics/text.js';
import type { ServerParts } from '../parts.js';
import type { RequestContext } from '../request/context.js';
import { accepts, notRouted } from '../request/media-type.js';
import { type Answer, objectAnswer, responseAnswer } from '../respond/answer.js';
import { aggregated, coreVersions, groupList, oneGroup } from './groups.js';
import { health } from './health.js';
import { ISSUER_CACHE_CONTROL, ISSUER_PATHS } from './issuer-documents.js';
import { openapi } from './openapi.js';
import { resourceList } from './resources.js';

/** Serves the paths that are no resources: discovery, version, health, schemas. Throws 404. */
export function* nonResourcePath(context: RequestContext): Waiting<Answer> {
  const { info, parts, query } = context;
  const path = info.path.replace(/\/+$/, '') || '/';
  if (path === '/') return objectAnswer({ paths: knownPaths(context) });
  if (READ_ONLY.test(path) && context.request.method !== 'GET' && context.request.method !== 'HEAD') {
    throw new StatusError(methodNotAllowed());
  }
  const issuer = issuerDocument(context, path);
  if (issuer) return issuer;
  if (path === '/version') return jsonText(VERSION_INFO);
  const checked = health(parts, path, query);
  if (checked) return text(checked.code, checked.text, PLAIN_TEXT);
  if (path === '/metrics' && parts.metrics) return text(200, yield* metrics(parts, parts.metrics), METRICS_TYPE);
  const schemas = openapi(context, info.path);
  if (schemas) return schemas;
  const found = discovery(context, path);
  return found ? objectAnswer(found) : notServed(context);
}

/** What the router serves itself, and lets be read only. */
const READ_ONLY = /^\/(?:version|api|apis)(?:\/|$)/;
const PLAIN_TEXT = 'text/plain; charset=utf-8';

/**
 * The answer to a path that nobody serves: a group's own router says so with a Status, which is thrown, the one in front of
 * all groups in plain words.
 */
export function notServed({ info, parts }: RequestContext): Answer {
  const [prefix, group = ''] = info.path.split('/').filter((part) => part !== '');
  const isKnown =
    prefix === 'api' || prefix === 'version' || (prefix === 'apis' && parts.kinds.isBuiltIn(decoded(group)));
  if (info.isResource && info.parts.length < 2 && (info.resource === 'watch' || info.resource === 'proxy')) {
    const why = `failed to create RequestInfo: unable to determine kind and namespace from url, ${info.path}`;
    return text(500, `Internal Server Error: ${JSON.stringify(info.path)}: ${why}\n`, PLAIN_TEXT);
  }
  if (!isKnown || info.path.startsWith('//')) return text(404, '404 page not found\n', PLAIN_TEXT);
  throw new StatusError(notFoundPath());
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores';

function* metrics(parts: ServerParts, counted: Metrics): Waiting<string> {
  const store = yield* parts.etcd.store('read');
  const objects = new Map<string, number>();
  for (const kind of parts.kinds.all()) {
    if (kind.storedAs || kind.storagePrefix === '') continue;
    const { count } = store.range({ prefix: `/registry/${kind.storagePrefix}/`, limit: 1, countAll: true });
    objects.set(kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`, count);
  }
  return metricsText(parts, counted, objects);
}

function discovery(context: RequestContext, path: string): object | undefined {
  const { parts, accept } = context;
  const [prefix, group, version, ...more] = path.slice(1).split('/');
  if (more.length > 0) return undefined;
  if (prefix === 'api') {
    if (group === undefined) {
      return accept.as === 'APIGroupDiscoveryList' ? aggregated(parts, 'api', accept.asVersion) : coreVersions(parts);
    }
    const known = version === undefined && parts.kinds.groups().get('')?.includes(group);
    return known ? resourceList(parts.kinds.all(), '', group) : undefined;
  }
  if (prefix !== 'apis') return undefined;
  if (group === undefined) {
    return accept.as === 'APIGroupDiscoveryList' ? aggregated(parts, 'apis', accept.asVersion) : groupList(parts);
  }
  if (version === undefined) return oneGroup(parts, group);
  const known = parts.kinds.groups().get(group)?.includes(version);
  return known ? resourceList(parts.kinds.all(), group, version) : undefined;
}

/** What the server tells of the issuer of its tokens: anybody may keep it for a while. */
function issuerDocument({ parts, request }: RequestContext, path: string): Answer | undefined {
  const [document, type] = ownField(ISSUER_PATHS, path) ?? [];
  if (!parts.issuer || document === undefined || type === undefined) return undefined;
  if (request.method !== 'GET') throw new StatusError(methodNotAllowed());
  if (!accepts(request.headers['accept'], type)) throw new StatusError(notRouted([type]));
  return text(200, parts.issuer()[document], type, ISSUER_CACHE_CONTROL);
}

function knownPaths(context: RequestContext): string[] {
  const paths = new Set([
    '/api',
    '/api/v1',
    '/apis',
    '/apis/',
    '/healthz',
    '/livez',
    '/metrics',
    '/openapi/v2',
    '/openapi/v3',
    '/openapi/v3/',
    '/readyz',
    '/version',
  ]);
  if (context.parts.issuer) for (const path of Object.keys(ISSUER_PATHS)) paths.add(path);
  for (const [group, versions] of context.parts.kinds.groups()) {
    if (group === '') continue;
    paths.add(`/apis/${group}`);
    for (const version of versions) paths.add(`/apis/${group}/${version}`);
  }
  return [...paths].sort();
}

function jsonText(object: object): Answer {
  return text(200, JSON.stringify(object, null, 2), 'application/json');
}

function text(status: number, content: string, type: string, cacheControl = 'no-cache, private'): Answer {
  const headers = { 'content-type': type, 'cache-control': cacheControl, 'x-content-type-options': 'nosniff' };
  return responseAnswer({ status, headers, body: encodeText(content) });
}
