import { isAlreadyExists, isNotFound } from '../api/status.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { ACCOUNTS, type AccountToken, requestToken } from './account-token.js';
import type { ApiClient, Transport } from './client.js';
import { createClient } from './create-client.js';

const TOKEN_SECONDS = 3600;

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
      if (!isAlreadyExists(refused)) throw refused;
    }
  }
}

/**
 * A client that acts as a service account, with tokens it asks for when it first needs one and again before they end
 * (controller-manager's DynamicControllerClientBuilder).
 */
export function accountClient(options: AccountOptions): ApiClient {
  const { sys, root, bare, namespace, name, userAgent } = options;
  let held: AccountToken | undefined;
  function* freshToken(): Waiting<string> {
    if (!held || held.token === '' || sys.now() >= held.refreshAt) {
      held = yield* requestToken(sys, root, { namespace, name }, { expirationSeconds: TOKEN_SECONDS });
    }
    return held.token;
  }
  const transport: Transport = {
    *request(request) {
      const authorization = `Bearer ${yield* freshToken()}`;
      const answer = yield* bare.request({ ...request, headers: { ...request.headers, authorization } });
      // Whoever took the account away and made it anew ended its tokens: the next request asks for another.
      if (answer.status === 401) held = undefined;
      return answer;
    },
  };
  return createClient(transport, { userAgent });
}
