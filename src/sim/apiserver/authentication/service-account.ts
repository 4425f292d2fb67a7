import type { KeyObject } from 'node:crypto';
import { type Claims, verifyToken } from '../../client/pki/jwt.js';
import type { Store } from '../../store/store.js';
import { objectOf } from '../storage/stored-object.js';
import type { Authenticator } from './authenticator.js';
import { bearerToken } from './bearer.js';

interface Private {
  readonly namespace?: string;
  readonly serviceaccount?: { name?: string; uid?: string };
  readonly pod?: { name?: string; uid?: string };
  readonly secret?: { name?: string; uid?: string };
  readonly node?: { name?: string; uid?: string };
}

/** Tokens of service accounts (JWT): valid while the account, and the pod it is bound to, are there. */
export function serviceAccountAuthenticator(
  keys: readonly KeyObject[],
  issuers: readonly string[],
  audiences: readonly string[],
): Authenticator {
  return {
    name: 'serviceaccount',
    authenticate: (request) => {
      const token = bearerToken(request);
      if (token === undefined) return undefined;
      const claims = verifyToken(token, keys);
      if (!claims || !issuers.includes(String(claims['iss']))) return undefined;
      const store = request.parts.etcd.current;
      if (!isCurrent(claims, request.now) || !meantForUs(claims, audiences) || !store) return 'invalid';
      return userOf(claims, store) ?? 'invalid';
    },
  };
}

function isCurrent(claims: Claims, now: number): boolean {
  const seconds = now / 1_000_000;
  const { exp, nbf } = claims as { exp?: number; nbf?: number };
  return (exp === undefined || seconds < exp) && (nbf === undefined || seconds >= nbf - 1);
}

function meantForUs(claims: Claims, audiences: readonly string[]): boolean {
  const given = claims['aud'];
  const listed = Array.isArray(given) ? given : [given];
  return audiences.some((audience) => listed.includes(audience));
}

function userOf(claims: Claims, store: Store): ReturnType<Authenticator['authenticate']> {
  const bound = claims['kubernetes.io'] as Private | undefined;
  const namespace = bound?.namespace ?? '';
  const account = bound?.serviceaccount ?? {};
  if (!exists(store, `serviceaccounts/${namespace}/${account.name}`, account.uid)) return undefined;
  if (bound?.pod && !exists(store, `pods/${namespace}/${bound.pod.name}`, bound.pod.uid)) return undefined;
  if (bound?.secret && !exists(store, `secrets/${namespace}/${bound.secret.name}`, bound.secret.uid)) return undefined;
  const extra: Record<string, string[]> = {};
  if (claims['jti']) extra['authentication.kubernetes.io/credential-id'] = [`JTI=${String(claims['jti'])}`];
  for (const [what, value] of [
    ['node', bound?.node],
    ['pod', bound?.pod],
  ] as const) {
    if (!value) continue;
    extra[`authentication.kubernetes.io/${what}-name`] = [value.name ?? ''];
    extra[`authentication.kubernetes.io/${what}-uid`] = [value.uid ?? ''];
  }
  return {
    name: `system:serviceaccount:${namespace}:${account.name}`,
    ...(account.uid ? { uid: account.uid } : {}),
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
    extra,
  };
}

function exists(store: Store, path: string, uid: string | undefined): boolean {
  const entry = store.get(`/registry/${path}`);
  return entry !== undefined && (uid === undefined || objectOf(entry).metadata.uid === uid);
}
