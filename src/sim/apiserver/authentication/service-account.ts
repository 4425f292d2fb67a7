import type { UserInfo } from '../request/user-info.js';
import { CredentialError, type Credentialed, type TokenAuthenticator } from './authenticator.js';
import { boundObjectError, isLongDeleted, type Reference, readCore } from './bound-objects.js';
import { type TokenKeys, timeError, verifyClaims } from './token-claims.js';

interface Private {
  readonly namespace?: string;
  readonly serviceaccount?: Reference;
  readonly pod?: Reference;
  readonly secret?: Reference;
  readonly node?: Reference;
}

const EXTRA = 'authentication.kubernetes.io';

/** Tokens that the server gave out for service accounts: good while the account is there, and what they are bound to. */
export function serviceAccountAuthenticator(trusted: TokenKeys): TokenAuthenticator {
  return {
    name: 'serviceaccount',
    authenticate: (token, request) => {
      const verified = verifyClaims(token, trusted, request);
      if (!verified || verified instanceof CredentialError) return verified;
      const { claims, audiences } = verified;
      const late = timeError(claims, request.now);
      if (late) return late;
      const bound = (claims['kubernetes.io'] ?? {}) as Private;
      const wrong = accountError(request, bound) ?? bindingError(request, bound);
      return wrong ?? { user: userOf(bound, claims['jti']), audiences };
    },
  };
}

function accountError(request: Credentialed, { namespace = '', serviceaccount = {} }: Private) {
  const { name = '', uid = '' } = serviceaccount;
  const account = readCore(request, `serviceaccounts/${namespace}/${name}`);
  if (!account) return new CredentialError(`serviceaccounts "${name}" not found`);
  if (account.metadata.uid !== uid) {
    return new CredentialError(`service account UID (${account.metadata.uid}) does not match claim (${uid})`);
  }
  if (!isLongDeleted(account, request.now)) return undefined;
  return new CredentialError(`service account ${namespace}/${name} has been deleted`);
}

function bindingError(request: Credentialed, { namespace = '', secret, pod, node }: Private) {
  if (secret) {
    const wrong = boundObjectError(request, 'Secret', `secrets/${namespace}/${secret.name}`, secret);
    if (wrong) return wrong;
  }
  if (pod) return boundObjectError(request, 'Pod', `pods/${namespace}/${pod.name}`, pod);
  return node && boundObjectError(request, 'Node', `minions/${node.name}`, node);
}

/** The user that a service account is. */
function userOf({ namespace = '', serviceaccount = {}, pod, node }: Private, id: unknown): UserInfo {
  const { name = '', uid = '' } = serviceaccount;
  const extra: Record<string, readonly string[]> = {};
  if (id) extra[`${EXTRA}/credential-id`] = [`JTI=${String(id)}`];
  if (node) {
    extra[`${EXTRA}/node-name`] = [node.name ?? ''];
    if (node.uid) extra[`${EXTRA}/node-uid`] = [node.uid];
  }
  if (pod) {
    extra[`${EXTRA}/pod-name`] = [pod.name ?? ''];
    extra[`${EXTRA}/pod-uid`] = [pod.uid ?? ''];
  }
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    ...(uid === '' ? {} : { uid }),
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  };
}
