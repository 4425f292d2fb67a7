import { isJsonObject } from '../api/object.js';
import { isNotFound, StatusError } from '../api/status.js';
import { parseTime } from '../api/time.js';
import type { Sys } from '../kernel/sys.js';
import type { Micros } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import type { ApiClient, ResourceType, Transport } from './client.js';
import { createClient } from './create-client.js';

const ACCOUNTS: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};
const TOKEN_SECONDS = 3600;
/** A token is replaced when a fifth of its life is left. */
const RENEW_AFTER = 0.8;

/** What it takes to act as a service account. */
export interface AccountOptions {
  readonly sys: Pick<Sys, 'now'>;
  /** Makes the account and its tokens. */
  readonly root: ApiClient;
  /** A connection without credentials of its own. */
  readonly bare: Transport;
  readonly namespace: string;
  readonly name: string;
  readonly userAgent: string;
}

/** Makes a service account where it is not there yet. Throws what the server refuses it with. */
export function* ensureAccount({ root, namespace, name }: AccountOptions): Waiting<void> {
  try {
    yield* root.get(ACCOUNTS, name, namespace);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    try {
      yield* root.create(ACCOUNTS, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
    } catch (refused) {
      if (!(refused instanceof StatusError) || refused.status.reason !== 'AlreadyExists') throw refused;
    }
  }
}

/**
 * A client that acts as a service account, with tokens it asks for when it first needs one and again before they end
 * (controller-manager's DynamicControllerClientBuilder).
 */
export function accountClient(options: AccountOptions): ApiClient {
  const { sys, root, bare, namespace, name, userAgent } = options;
  let token = '';
  let renewAt: Micros = 0;
  function* freshToken(): Waiting<string> {
    if (token !== '' && sys.now() < renewAt) return token;
    const asked = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      metadata: {},
      spec: { expirationSeconds: TOKEN_SECONDS },
    };
    const answer = yield* root.createSubresource(ACCOUNTS, name, namespace, 'token', asked);
    const status = isJsonObject(answer['status']) ? answer['status'] : {};
    const now = sys.now();
    const ends = parseTime(String(status['expirationTimestamp'] ?? '')) ?? now;
    renewAt = now + Math.floor((ends - now) * RENEW_AFTER);
    token = String(status['token'] ?? '');
    return token;
  }
  const transport: Transport = {
    *request(request) {
      const authorization = `Bearer ${yield* freshToken()}`;
      const answer = yield* bare.request({ ...request, headers: { ...request.headers, authorization } });
      // Whoever took the account away and made it anew ended its tokens: the next request asks for another.
      if (answer.status === 401) token = '';
      return answer;
    },
  };
  return createClient(transport, { userAgent });
}
