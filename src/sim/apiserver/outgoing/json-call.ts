import { isJsonObject } from '../../api/object.js';
import type { Status } from '../../api/status.js';
import { errorText } from '../../client/go-errors.js';
import { wordlessRefusal } from '../../client/wordless-refusal.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import type { HttpResponse } from '../../kernel/network.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import type { OutgoingCall } from './outgoing-access.js';
import { serviceAddress } from './service-address.js';

/** Where somebody is who answers questions of the server, as webhooks and converters are described. */
interface HookAddress {
  readonly url?: string | undefined;
  readonly service?:
    | { readonly namespace: string; readonly name: string; readonly path?: string; readonly port?: number }
    | undefined;
  /** Base64 of PEM. */
  readonly caBundle?: string | undefined;
}

/** Sends JSON to a hook and gives the answer's text. Throws `Error` in the words of client-go's REST client. */
export function* callJson(
  parts: ServerParts,
  store: Store,
  hook: HookAddress,
  body: unknown,
  timeoutSeconds: number,
): Waiting<string> {
  const { call, resolve } = describeCall(parts, store, hook, timeoutSeconds);
  const text = yield* post(parts, call, resolve, body, parts.now() + timeoutSeconds * SECOND);
  if (text === '') throw new Error('0-length response with status code: 200 and content type: application/json');
  return text;
}

type Described = {
  readonly call: Pick<OutgoingCall, 'url' | 'serverName' | 'authorities'>;
  /** Where a Service is; throws when it is nowhere. */
  readonly resolve: (() => { host: string; port: number }) | undefined;
};

function describeCall(parts: ServerParts, store: Store, hook: HookAddress, timeoutSeconds: number): Described {
  const authorities = hook.caBundle ? Buffer.from(hook.caBundle, 'base64').toString('utf8') : '';
  const query = `?timeout=${timeoutSeconds}s`;
  const { service } = hook;
  if (service) {
    const { namespace, name, path = '', port = 443 } = service;
    const serverName = `${name}.${namespace}.svc`;
    const url = `https://${serverName}:${port}${path === '' ? '' : withSlash(path)}${query}`;
    const resolve = () => serviceAddress(store, { namespace, name, port }, { port: parts.advertise.port });
    return { call: { url, serverName, authorities }, resolve };
  }
  return { call: { url: `${hook.url ?? ''}${query}`, authorities }, resolve: undefined };
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function* post(
  parts: ServerParts,
  call: Described['call'],
  resolve: Described['resolve'],
  body: unknown,
  deadline: number,
): Waiting<string> {
  let response: HttpResponse;
  try {
    const dial = resolve?.();
    if (!parts.outgoing) throw new Error('dial tcp: connect: network is unreachable');
    response = yield* parts.outgoing.request({
      ...call,
      method: 'POST',
      headers: {
        accept: 'application/json, */*',
        'content-type': 'application/json',
        'user-agent': 'kube-apiserver-admission',
      },
      body: encodeText(`${JSON.stringify(body)}\n`),
      deadline,
      ...(dial ? { dial } : {}),
    });
  } catch (error) {
    throw new Error(`Post ${JSON.stringify(call.url)}: ${errorText(error)}`);
  }
  const text =
    response.object === undefined ? decodeText(response.body ?? new Uint8Array()) : JSON.stringify(response.object);
  if (response.status < 200 || response.status > 206) throw new Error(refusalStatus(response, text).message ?? '');
  return text;
}

/** What the client makes of a refusal: the Status in the body, or one with words of its own. */
export function refusalStatus(response: HttpResponse, text: string): Partial<Status> {
  try {
    const status: unknown = JSON.parse(text);
    if (isJsonObject(status) && status['kind'] === 'Status' && status['apiVersion'] === 'v1') return status;
  } catch {
    // Words of the other side's own.
  }
  return wordlessRefusal(response);
}
