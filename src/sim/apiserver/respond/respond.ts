import type { KubeObject } from '../../api/object.js';
import type { Status } from '../../api/status.js';
import { encodeText } from '../../kernel/bytes.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { RequestContext } from '../request/context.js';
import type { MediaType } from '../request/media-type.js';
import { fromStored } from '../served-kind.js';
import type { Answer } from './answer.js';
import { partialOf } from './partial.js';
import { tableOf } from './table.js';
import { objectResponse } from './write-object.js';

/** Writes what a verb ended in the way the client accepts it, with the warnings it earned. */
export function respond(context: RequestContext, answer: Answer): HttpResponse {
  if (answer.type === 'response') return withWarnings(answer.response, context.warnings);
  const object = transform(context, answer.object, answer.kind);
  context.audit?.answered(object);
  const { accept } = context;
  const response = objectResponse(answer.code, object, accept.encoding, accept.pretty);
  return withWarnings(
    accept.as === 'APIGroupDiscoveryList' ? asDiscovery(response, accept) : response,
    context.warnings,
  );
}

/** Clients of aggregated discovery tell it from the old one by the content type alone. */
function asDiscovery(response: HttpResponse, accept: MediaType): HttpResponse {
  const [group = '', version = ''] = accept.asVersion.split('/');
  const type = `${response.headers['content-type']};g=${group};v=${version};as=${accept.as}`;
  return { ...response, headers: { ...response.headers, 'content-type': type } };
}

/** A refusal. Its encoding is the client's when that could be found out, else JSON. */
export function refuse(
  status: Status,
  accept: MediaType | undefined,
  warnings: ReadonlySet<string> = new Set(),
): HttpResponse {
  const code = status.code ?? 500;
  const response = accept ? objectResponse(code, status, accept.encoding, accept.pretty) : unread(code, status);
  const retry = status.details?.retryAfterSeconds;
  const headers = retry ? { ...response.headers, 'retry-after': String(retry) } : response.headers;
  return withWarnings({ ...response, headers }, warnings);
}

/** Who accepts nothing we have gets what a person can read. */
function unread(code: number, status: Status): HttpResponse {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache, private' };
  return { status: code, headers, body: encodeText(JSON.stringify(status, null, 2)) };
}

function transform(context: RequestContext, object: object, kind: Extract<Answer, { type: 'object' }>['kind']): object {
  const { accept } = context;
  if (accept.as === undefined || accept.as === 'APIGroupDiscoveryList' || (object as KubeObject).kind === 'Status')
    return fromStored(kind, object);
  if (accept.as === 'Table') {
    return tableOf(
      kind,
      object as KubeObject,
      context.query.get('includeObject') ?? 'Metadata',
      accept.asVersion,
      context.parts.now(),
    );
  }
  return partialOf(object as KubeObject, accept.asVersion);
}

function withWarnings(response: HttpResponse, warnings: ReadonlySet<string>): HttpResponse {
  if (warnings.size === 0) return response;
  const warning = [...warnings]
    .map((text) => `299 - "${text.replace(/["\\]/g, '\\$&').replace(/[\r\n]+/g, ' ')}"`)
    .join(', ');
  return { ...response, headers: { ...response.headers, warning } };
}
