import { createPublicKey, type KeyObject } from 'node:crypto';
import { publicKeyName } from '../../client/pki/legacy-token.js';

/** What others need to check tokens of the server's service accounts, as JSON. */
export interface IssuerDocuments {
  /** What stands at /.well-known/openid-configuration. */
  readonly configuration: string;
  /** What stands at /openid/v1/jwks. */
  readonly keys: string;
}

/** Where the issuer's documents are, and with which content type. */
export const ISSUER_PATHS: Readonly<Record<string, readonly [document: keyof IssuerDocuments, type: string]>> = {
  '/.well-known/openid-configuration': ['configuration', 'application/json'],
  '/openid/v1/jwks': ['keys', 'application/jwk-set+json'],
};

/** Others may keep the documents for an hour, which is more than for anything else the server tells. */
export const ISSUER_CACHE_CONTROL = 'public, max-age=3600';

const CURVES: Readonly<Record<string, string>> = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };

/**
 * The documents of an issuer (--service-account-issuer) whose tokens are checked with these keys, in their order; undefined
 * for an issuer that OpenID does not allow, whose server says nothing of itself. Made when they are first asked for.
 */
export function issuerDocuments(
  issuer: string,
  jwksUri: string,
  keys: readonly KeyObject[],
): (() => IssuerDocuments) | undefined {
  if (!/^https:\/\/[^?#]*$/.test(issuer)) return undefined;
  let made: IssuerDocuments | undefined;
  return () => {
    made ??= documentsOf(issuer, jwksUri, keys);
    return made;
  };
}

function documentsOf(issuer: string, jwksUri: string, keys: readonly KeyObject[]): IssuerDocuments {
  const told = keys.map(webKey);
  const configuration = {
    issuer,
    jwks_uri: jwksUri,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [...new Set(told.map(({ alg }) => alg))].sort(),
  };
  return { configuration: JSON.stringify(configuration), keys: JSON.stringify({ keys: told }) };
}

/** The public half of a key as a JSON web key, its fields in the server's order. */
function webKey(key: KeyObject): { readonly alg: string; readonly [field: string]: string | undefined } {
  const { kty, crv, x, y, n, e } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  const alg = kty === 'EC' ? (CURVES[crv ?? ''] ?? '') : 'RS256';
  return { use: 'sig', kty, kid: publicKeyName(key), crv, alg, x, y, n, e };
}
