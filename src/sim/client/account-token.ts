import { isJsonObject, type JsonObject } from '../api/object.js';
import { parseTime } from '../api/time.js';
import type { Sys } from '../kernel/sys.js';
import { DAY, type Micros, SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import type { ApiClient, ResourceType } from './client.js';

/** Service accounts as clients address them. */
export const ACCOUNTS: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};
/** A token is replaced when a fifth of its life is left. */
const REFRESH_AFTER = 0.8;

/** What is asked of a token: spec of TokenRequest. */
export interface TokenWishes extends JsonObject {
  readonly expirationSeconds: number;
}

/** However long a token lives: after a day there is to be another. */
const REFRESH_AFTER_MAX = DAY;

/** A token, the instant from which another is to be asked for, and that at which it ends. */
export interface AccountToken {
  readonly token: string;
  readonly refreshAt: Micros;
  readonly endsAt: Micros;
}

/** Asks for a token of a service account (TokenRequest). Throws what the server refuses it with. */
export function* requestToken(
  sys: Pick<Sys, 'now'>,
  client: ApiClient,
  account: { readonly namespace: string | undefined; readonly name: string },
  spec: TokenWishes,
): Waiting<AccountToken> {
  const answer = yield* client.createSubresource(ACCOUNTS, account.name, account.namespace, 'token', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: {},
    spec,
  });
  const status = isJsonObject(answer['status']) ? answer['status'] : {};
  const now = sys.now();
  const ends = parseTime(String(status['expirationTimestamp'] ?? '')) ?? now + spec.expirationSeconds * SECOND;
  const refreshAt = now + Math.min(Math.floor((ends - now) * REFRESH_AFTER), REFRESH_AFTER_MAX);
  return { token: String(status['token'] ?? ''), refreshAt, endsAt: ends };
}
