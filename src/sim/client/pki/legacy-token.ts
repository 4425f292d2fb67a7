import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { concatBytes, encodeText } from '../../kernel/bytes.js';
import { bytesOf, sign as signDeterministic } from './ecdsa.js';

/** Whose token it is and where it is kept. */
export interface LegacyToken {
  readonly namespace: string;
  readonly secret: string;
  readonly account: string;
  readonly uid: string;
}

const CLAIMS = 'kubernetes.io/serviceaccount';

/** A token without end for a service account, which a Secret keeps. `key` is PEM. */
export function legacyToken(key: string, { namespace, secret, account, uid }: LegacyToken): string {
  return signClaims(createPrivateKey(key), {
    iss: 'kubernetes/serviceaccount',
    [`${CLAIMS}/namespace`]: namespace,
    [`${CLAIMS}/secret.name`]: secret,
    [`${CLAIMS}/service-account.name`]: account,
    [`${CLAIMS}/service-account.uid`]: uid,
    sub: `system:serviceaccount:${namespace}:${account}`,
  });
}

/** Signs claims as a JSON web token with RSA or P-256, in the order of their names: the same claims give the same token. */
export function signClaims(key: KeyObject, claims: object): string {
  const elliptic = key.asymmetricKeyType === 'ec';
  const part = (value: object) => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
  const sorted = Object.fromEntries(Object.entries(claims).sort(([a], [b]) => (a < b ? -1 : 1)));
  const signed = `${part({ alg: elliptic ? 'ES256' : 'RS256', kid: publicKeyName(key) })}.${part(sorted)}`;
  const signature = elliptic ? signElliptic(key, signed) : sign('sha256', encodeText(signed), key);
  return `${signed}.${Buffer.from(signature).toString('base64url')}`;
}

const names = new WeakMap<KeyObject, string>();

/** A key's name, the hash of its public half, as the header of a token gives it. */
export function publicKeyName(key: KeyObject): string {
  let name = names.get(key);
  if (name === undefined) {
    const open = key.type === 'private' ? createPublicKey(key) : key;
    name = createHash('sha256')
      .update(open.export({ type: 'spki', format: 'der' }))
      .digest('base64url');
    names.set(key, name);
  }
  return name;
}

const secrets = new WeakMap<KeyObject, Uint8Array>();

function secretOf(key: KeyObject): Uint8Array {
  const known = secrets.get(key);
  if (known) return known;
  const secret = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url');
  secrets.set(key, secret);
  return secret;
}

/** ECDSA with a nonce made from key and message (RFC 6979); node:crypto would draw a random one. */
function signElliptic(key: KeyObject, text: string): Uint8Array {
  const signature = signDeterministic(encodeText(text), secretOf(key));
  return concatBytes([bytesOf(signature.r), bytesOf(signature.s)]);
}
