/** Requests for versions of groups that another server serves go on to it, with who asks (kube-aggregator's proxyHandler). */
import type { APIService } from '../../../api/types/api-service.js';
import { errorText, joinHostPort } from '../../../client/go-errors.js';
import { encodeText } from '../../../kernel/bytes.js';
import type { HttpRequest, HttpResponse } from '../../../kernel/network.js';
import type { Micros } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { serviceAddress } from '../../outgoing/service-address.js';
import type { ServerParts } from '../../parts.js';
import type { RequestContext } from '../../request/context.js';
import { NOT_FORWARDED } from '../../request/not-forwarded.js';
import { type Answer, responseAnswer } from '../../respond/answer.js';
import { isAvailable } from './remote-services.js';

const PORT = 443;

/** Sends a request on to the server behind an APIService. Answers 503 when that cannot be asked. */
export function* forward(context: RequestContext, service: APIService): Waiting<Answer> {
  if (!isAvailable(service)) return unavailable('service unavailable');
  const { parts, request, user } = context;
  const kept = Object.entries(request.headers).filter(
    ([name]) => !NOT_FORWARDED.has(name) && !name.startsWith('x-remote-') && !name.startsWith('impersonate-'),
  );
  const extra = Object.entries(user.extra ?? {}).map(
    ([key, values]) => [`x-remote-extra-${encodeURIComponent(key.toLowerCase())}`, values.join(', ')] as const,
  );
  const headers = {
    ...Object.fromEntries(kept),
    'x-remote-user': user.name,
    ...(user.uid ? { 'x-remote-uid': user.uid } : {}),
    ...(user.groups.length > 0 ? { 'x-remote-group': user.groups.join(', ') } : {}),
    ...Object.fromEntries(extra),
    'x-forwarded-proto': 'https',
    ...(request.headers['host'] ? { 'x-forwarded-host': request.headers['host'] } : {}),
  };
  try {
    const sent = { method: request.method, target: request.target, headers, ...bodyOf(request) };
    return responseAnswer(yield* askRemote(parts, service, sent, undefined).answer);
  } catch (error) {
    return unavailable(`error trying to reach service: ${errorText(error)}`);
  }
}

function bodyOf({ body, object }: HttpRequest): Pick<HttpRequest, 'body'> {
  if (body) return { body };
  return object === undefined ? {} : { body: encodeText(JSON.stringify(object)) };
}

function unavailable(words: string): Answer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  return responseAnswer({ status: 503, headers, body: encodeText(`${words}\n`) });
}

/** A request under way to the server behind an APIService, and where it goes. Throws where the service is nowhere. */
export function askRemote(
  parts: ServerParts,
  { spec }: APIService,
  request: HttpRequest,
  deadline: Micros | undefined,
): { readonly url: string; readonly answer: Waiting<HttpResponse> } {
  const store = parts.etcd.current;
  if (!store || !parts.outgoing) throw new Error('dial tcp: connect: network is unreachable');
  const { namespace = '', name = '', port = PORT } = spec.service ?? {};
  const dial = serviceAddress(store, { namespace, name, port }, { port: parts.advertise.port });
  const url = `https://${joinHostPort(dial.host, dial.port)}${request.target}`;
  const answer = parts.outgoing.request({
    method: request.method,
    url,
    dial,
    authorities: spec.caBundle ? Buffer.from(spec.caBundle, 'base64').toString('utf8') : '',
    insecure: spec.insecureSkipTLSVerify === true,
    serverName: `${name}.${namespace}.svc`,
    headers: request.headers,
    ...parts.proxyPair,
    ...(request.body ? { body: request.body } : {}),
    deadline,
  });
  return { url, answer };
}
