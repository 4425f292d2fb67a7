import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import type { OutgoingCall } from './outgoing-access.js';
import { postJson } from './post-json.js';
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
  const { url, resolve, ...call } = describeCall(parts, store, hook, timeoutSeconds);
  return yield* postJson(parts, url, body, () => ({
    ...call,
    headers: { 'user-agent': 'kube-apiserver-admission' },
    deadline: parts.now() + timeoutSeconds * SECOND,
    ...(resolve ? { dial: resolve() } : {}),
  }));
}

interface Described extends Pick<OutgoingCall, 'url' | 'serverName' | 'authorities'> {
  /** Where a Service is; throws when it is nowhere. */
  readonly resolve?: () => { host: string; port: number };
}

function describeCall(parts: ServerParts, store: Store, hook: HookAddress, timeoutSeconds: number): Described {
  const authorities = hook.caBundle ? Buffer.from(hook.caBundle, 'base64').toString('utf8') : '';
  const query = `?timeout=${timeoutSeconds}s`;
  const { service } = hook;
  if (service) {
    const { namespace, name, path = '', port = 443 } = service;
    const serverName = `${name}.${namespace}.svc`;
    const url = `https://${serverName}:${port}${path === '' ? '' : withSlash(path)}${query}`;
    const resolve = () => serviceAddress(store, { namespace, name, port }, { port: parts.advertise.port });
    return { url, serverName, authorities, resolve };
  }
  return { url: `${hook.url ?? ''}${query}`, authorities };
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
