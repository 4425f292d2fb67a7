import { encodeText } from '../../kernel/bytes.js';
import type { ServerParts } from '../parts.js';
import type { RequestContext } from '../request/context.js';
import { accepts } from '../request/media-type.js';
import { type Answer, responseAnswer } from '../respond/answer.js';
import { type Document, documentAt, hashAt, places, swaggerDocument, swaggerProtobuf } from './openapi/documents.js';
import { SWAGGER_PROTOBUF, SWAGGER_PROTOBUF_SENT } from './openapi/swagger-protobuf.js';

const KEEP = `public, immutable, max-age=${365 * 24 * 3600}`;

/** Serves /openapi/v3, its documents, and /openapi/v2; undefined for other paths. */
export function openapi(context: RequestContext, path: string): Answer | undefined {
  if (path === '/openapi/v2') return swagger(context);
  if (path === '/openapi/v3') return index(context.parts);
  if (!path.startsWith('/openapi/v3/')) return undefined;
  const place = path.slice('/openapi/v3/'.length);
  const document = documentAt(context.parts.kinds.all(), place);
  return document ? placed(context, place, document) : responseAnswer({ status: 404, headers: {} });
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
  const kinds = parts.kinds.all();
  const paths: Record<string, object> = {};
  for (const place of places(kinds)) paths[place] = { serverRelativeURL: locationOf(place, hashAt(kinds, place)) };
  const body = encodeText(JSON.stringify({ paths }));
  return responseAnswer({ status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body });
}

function locationOf(place: string, hash: string): string {
  return `/openapi/v3/${place}?hash=${hash}`;
}

/** A document that was asked for by its hash may be kept for ever; an old hash leads to the new one. */
function placed(context: RequestContext, place: string, document: Document): Answer {
  const hash = context.query.get('hash');
  if (hash && hash !== document.hash) {
    return responseAnswer({ status: 301, headers: { location: locationOf(place, document.hash) } });
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
