import { deepCopy } from '../../api/object.js';
import { formatTime } from '../../api/time.js';
import type { Secret } from '../../api/types/config.js';
import { DAY } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { updateAsServer } from '../start/system-request.js';
import { CredentialError, type Credentialed, type TokenAuthenticator } from './authenticator.js';
import { readCore } from './bound-objects.js';
import { type TokenKeys, verifyClaims } from './token-claims.js';

/** Who issues tokens that are kept in Secrets. */
const LEGACY_ISSUER = 'kubernetes/serviceaccount';

const CLAIMS = 'kubernetes.io/serviceaccount';
const LAST_USED_LABEL = 'kubernetes.io/legacy-token-last-used';
const INVALID_SINCE_LABEL = 'kubernetes.io/legacy-token-invalid-since';
const AUTO_WARNING =
  'Use tokens from the TokenRequest API or manually created secret-based tokens instead of auto-generated secret-based tokens.';

interface Named {
  readonly namespace: string;
  readonly account: string;
  readonly uid: string;
  readonly secret: string;
}

/** Tokens without end that are kept in Secrets of type kubernetes.io/service-account-token, good while those are there. */
export function legacyTokenAuthenticator(trusted: Omit<TokenKeys, 'issuers'>): TokenAuthenticator {
  const keys = { ...trusted, issuers: [LEGACY_ISSUER] };
  return {
    name: 'legacy-serviceaccount',
    authenticate: (token, request) => {
      const verified = verifyClaims(token, keys, request);
      if (!verified || verified instanceof CredentialError) return verified;
      const named = namedBy(verified.claims);
      if (named instanceof CredentialError) return named;
      const secret = secretOf(token, request, named);
      if (secret instanceof CredentialError) return secret;
      const wrong = accountError(request, named, secret);
      if (wrong) return wrong;
      const { namespace, account: name, uid } = named;
      const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
      return {
        user: { name: `system:serviceaccount:${namespace}:${name}`, uid, groups },
        audiences: verified.audiences,
        note: () => noteUse(request, secret),
      };
    },
  };
}

function namedBy(claims: Readonly<Record<string, unknown>>): Named | CredentialError {
  const claim = (name: string) => String(claims[name] ?? '');
  const missing = (name: string) => new CredentialError(`${name} claim is missing`);
  const subject = claim('sub');
  const namespace = claim(`${CLAIMS}/namespace`);
  const secret = claim(`${CLAIMS}/secret.name`);
  const account = claim(`${CLAIMS}/service-account.name`);
  const uid = claim(`${CLAIMS}/service-account.uid`);
  if (subject === '') return missing('sub');
  if (namespace === '') return missing('namespace');
  if (secret === '') return missing('secretName');
  if (account === '') return missing('serviceAccountName');
  if (uid === '') return missing('serviceAccountUID');
  if (subject !== `system:serviceaccount:${namespace}:${account}`) return new CredentialError('sub claim is invalid');
  return { namespace, account, uid, secret };
}

function secretOf(token: string, request: Credentialed, named: Named): Secret | CredentialError {
  const secret = readCore(request, `secrets/${named.namespace}/${named.secret}`) as Secret | undefined;
  if (!secret || secret.metadata.deletionTimestamp) return new CredentialError('Token has been invalidated');
  if (Buffer.from(secret.data?.['token'] ?? '', 'base64').toString('utf8') !== token) {
    return new CredentialError("Token does not match server's copy");
  }
  return secret;
}

function accountError(request: Credentialed, named: Named, secret: Secret): CredentialError | undefined {
  const { namespace, account: name, uid } = named;
  const account = readCore(request, `serviceaccounts/${namespace}/${name}`);
  if (!account) return new CredentialError(`serviceaccounts "${name}" not found`);
  if (account.metadata.deletionTimestamp) {
    return new CredentialError(`ServiceAccount ${namespace}/${name} has been deleted`);
  }
  if (account.metadata.uid !== uid) {
    return new CredentialError(`ServiceAccount UID (${account.metadata.uid}) does not match claim (${uid})`);
  }
  if (secret.metadata.labels?.[INVALID_SINCE_LABEL]) {
    return new CredentialError(
      `the token in secret ${namespace}/${named.secret} for service account ${namespace}/${name} has been marked invalid. Use tokens from the TokenRequest API or manually created secret-based tokens, or remove the '${INVALID_SINCE_LABEL}' label from the secret to temporarily allow use of this token`,
    );
  }
  const { secrets = [] } = account as { secrets?: readonly { name?: string }[] };
  if (secrets.some((one) => one.name === named.secret)) request.warnings.add(AUTO_WARNING);
  return undefined;
}

/** Writes down the day on which a token was last used, once a day. */
function* noteUse({ parts, now }: Credentialed, secret: Secret): Waiting<void> {
  const today = formatTime(now).slice(0, 10);
  const tomorrow = formatTime(now + DAY).slice(0, 10);
  const noted = secret.metadata.labels?.[LAST_USED_LABEL];
  if (noted === today || noted === tomorrow) return;
  const kind = parts.kinds.kind('v1', 'Secret');
  if (!kind) return;
  const changed = deepCopy(secret);
  changed.metadata.labels = { ...changed.metadata.labels, [LAST_USED_LABEL]: today };
  yield* updateAsServer(parts, kind, changed);
}
