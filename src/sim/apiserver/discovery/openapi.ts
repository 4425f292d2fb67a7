import { encodeText } from '../../kernel/bytes.js';
import type { ServerParts } from '../parts.js';
import type { RequestContext } from '../request/context.js';
import { accepts } from '../request/media-type.js';
import { type Answer, responseAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';
import { type Document, groupVersionDocument, swaggerDocument, swaggerProtobuf } from './openapi-documents.js';
import { SWAGGER_PROTOBUF, SWAGGER_PROTOBUF_SENT } from './openapi-protobuf.js';

const KEEP = `public, immutable, max-age=${365 * 24 * 3600}`;

/** Serves /openapi/v3, its documents, and /openapi/v2; undefined for other paths. */
export function openapi(context: RequestContext, path: string): Answer | undefined {
  if (path === '/openapi/v2') return swagger(context);
  if (path === '/openapi/v3') return index(context.parts);
  const match = /^\/openapi\/v3\/((?:api|apis\/[^/]+)\/[^/]+)$/.exec(path);
  if (!match) return undefined;
  const place = match[1] as string;
  const kinds = kindsAt(context.parts, place);
  return kinds.length > 0 ? groupVersion(context, place, groupVersionDocument(kinds)) : undefined;
}

/** The v2 document, as protobuf for who asks for that before JSON, as kubectl does. */
function swagger(context: RequestContext): Answer {
  const kinds = context.parts.kinds.all();
  const accept = context.request.headers['accept'] ?? '';
  const wantsMessage = [SWAGGER_PROTOBUF, SWAGGER_PROTOBUF_SENT].some((type) => accept.startsWith(type));
  if (!wantsMessage) return documentAnswer(context, swaggerDocument(kinds));
  return documentAnswer(context, swaggerProtobuf(kinds), {}, SWAGGER_PROTOBUF_SENT);
}

/** Where the documents are, with a hash that changes with what they say. */
function index(parts: ServerParts): Answer {
  const paths: Record<string, object> = {};
  for (const [group, versions] of parts.kinds.groups()) {
    for (const version of versions) {
      const place = group === '' ? `api/${version}` : `apis/${group}/${version}`;
      paths[place] = { serverRelativeURL: locationOf(place, groupVersionDocument(kindsAt(parts, place))) };
    }
  }
  const body = encodeText(JSON.stringify({ paths }));
  return responseAnswer({ status: 200, headers: { 'content-type': 'application/json' }, body });
}

function locationOf(place: string, { hash }: Document): string {
  return `/openapi/v3/${place}?hash=${hash}`;
}

/** A document that was asked for by its hash may be kept for ever; an old hash leads to the new one. */
function groupVersion(context: RequestContext, place: string, document: Document): Answer {
  const hash = context.query.get('hash');
  if (hash && hash !== document.hash) {
    return responseAnswer({ status: 301, headers: { location: locationOf(place, document) } });
  }
  return documentAnswer(context, document, hash ? { 'cache-control': KEEP } : {});
}

/** Documents are sent as JSON unless said otherwise; who does not accept that is told 406, without a word, as the real server does. */
function documentAnswer(
  { request }: RequestContext,
  { body, hash }: Document,
  headers: Readonly<Record<string, string>> = {},
  type = 'application/json',
): Answer {
  const vary = { vary: 'Accept' };
  if (type === 'application/json' && !accepts(request.headers['accept'], type))
    return responseAnswer({ status: 406, headers: vary });
  const etag = `"${hash}"`;
  const all = { 'content-type': type, etag, ...vary, ...headers };
  if (request.headers['if-none-match'] === etag) return responseAnswer({ status: 304, headers: all });
  return responseAnswer({ status: 200, headers: all, body });
}

function kindsAt(parts: ServerParts, place: string): ServedKind[] {
  const [prefix, first = '', second = ''] = place.split('/');
  const [group, version] = prefix === 'api' ? ['', first] : [first, second];
  return parts.kinds.all().filter((kind) => kind.group === group && kind.version === version);
}
