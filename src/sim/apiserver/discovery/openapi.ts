import { createHash } from 'node:crypto';
import { notAcceptable, StatusError } from '../../api/status.js';
import { VERSION_INFO } from '../../api/version.js';
import { encodeText } from '../../kernel/bytes.js';
import type { ServerParts } from '../parts.js';
import type { RequestContext } from '../request/context.js';
import { type Answer, objectAnswer, responseAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { operationsOf } from './openapi-paths.js';
import { schemasOf } from './openapi-schemas.js';

/** Serves /openapi/v3, its documents, and refuses /openapi/v2's protobuf; undefined for other paths. */
export function openapi(context: RequestContext, path: string): Answer | undefined {
  if (path === '/openapi/v2') return v2(context);
  if (path === '/openapi/v3') return objectAnswer(index(context.parts));
  const match = /^\/openapi\/v3\/((?:api|apis\/[^/]+)\/[^/]+)$/.exec(path);
  if (!match) return undefined;
  const kinds = kindsAt(context.parts, match[1] as string);
  return kinds.length > 0 ? json(document(kinds)) : undefined;
}

/** The document of one group version. */
function document(kinds: readonly ServedKind[]): object {
  const paths: Record<string, object> = {};
  for (const kind of kinds) Object.assign(paths, operationsOf(kind));
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: VERSION_INFO.gitVersion },
    paths,
    components: { schemas: schemasOf(kinds) },
  };
}

/** Where the documents are, with a hash that changes with what they say. */
function index(parts: ServerParts): object {
  const paths: Record<string, object> = {};
  for (const [group, versions] of parts.kinds.groups()) {
    for (const version of versions) {
      const path = group === '' ? `api/${version}` : `apis/${group}/${version}`;
      const names = kindsAt(parts, path).map((kind) => kind.kind);
      const hash = createHash('sha512')
        .update(`${VERSION_INFO.gitVersion} ${path} ${names.join(' ')}`)
        .digest('hex')
        .toUpperCase();
      paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` };
    }
  }
  return { paths };
}

function kindsAt(parts: ServerParts, path: string): ServedKind[] {
  const [prefix, first = '', second = ''] = path.split('/');
  const [group, version] = prefix === 'api' ? ['', first] : [first, second];
  return parts.kinds.all().filter((kind) => kind.group === group && kind.version === version);
}

function v2(context: RequestContext): Answer {
  const accept = context.request.headers['accept'] ?? '';
  if (accept.includes('protobuf') && !accept.includes('application/json')) {
    throw new StatusError(notAcceptable(['application/json']));
  }
  const definitions = schemasOf(context.parts.kinds.all());
  return json({
    swagger: '2.0',
    info: { title: 'Kubernetes', version: VERSION_INFO.gitVersion },
    paths: {},
    definitions,
  });
}

function json(object: object): Answer {
  return responseAnswer({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: encodeText(JSON.stringify(object)),
  });
}
