import { notFoundPath, StatusError } from '../../api/status.js';
import { VERSION_INFO } from '../../api/version.js';
import { encodeText } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Metrics } from '../metrics/metrics.js';
import { metricsText } from '../metrics/text.js';
import type { ServerParts } from '../parts.js';
import type { RequestContext } from '../request/context.js';
import { type Answer, objectAnswer, responseAnswer } from '../respond/answer.js';
import { aggregated, coreVersions, groupList, oneGroup } from './groups.js';
import { health } from './health.js';
import { openapi } from './openapi.js';
import { resourceList } from './resources.js';

/** Serves the paths that are no resources: discovery, version, health, schemas. Throws 404. */
export function* nonResourcePath(context: RequestContext): Waiting<Answer> {
  const { info, parts, query } = context;
  const path = info.path.replace(/\/+$/, '') || '/';
  if (path === '/') return objectAnswer({ paths: knownPaths(context) });
  if (path === '/version') return jsonText(VERSION_INFO);
  const checked = health(parts, path, query);
  if (checked) return text(checked.code, checked.text, 'text/plain; charset=utf-8');
  if (path === '/metrics' && parts.metrics) return text(200, yield* metrics(parts, parts.metrics), METRICS_TYPE);
  const schemas = openapi(context, info.path);
  if (schemas) return schemas;
  const found = discovery(context, path);
  if (found) return objectAnswer(found);
  throw new StatusError(notFoundPath());
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

function text(status: number, content: string, type: string): Answer {
  const headers = { 'content-type': type, 'cache-control': 'no-cache, private', 'x-content-type-options': 'nosniff' };
  return responseAnswer({ status, headers, body: encodeText(content) });
}
