import { createHash } from 'node:crypto';
import { certificateIdentity } from '../../../api/pki/certificate-identity.js';
import { readCertificates } from '../../../client/tls/certificates.js';
import { verifyCertificate } from '../../../client/tls/verify.js';
import { isErrno } from '../../../kernel/errno.js';
import type { HttpRequest, Peer } from '../../../kernel/network.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { KubeletContext } from '../../context.js';
import { readText } from '../../pods/host-files.js';
import { ExpiringCache } from './expiring-cache.js';
import { askReview, ReviewError } from './review.js';

/** Who asks, in the words of a SubjectAccessReview. */
export interface KubeletUser {
  readonly name: string;
  readonly uid?: string;
  readonly groups: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** Somebody; nobody that anything is known of; or what is wrong with what was shown. */
type Authentication = KubeletUser | 'unknown' | { readonly problem: string };

type Authenticate = (request: HttpRequest, peer: Peer) => Waiting<Authentication>;

const ANONYMOUS: KubeletUser = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
const AUTHENTICATED = 'system:authenticated';

/**
 * Who asks (app.BuildAuthn): client certificates of the authority, tokens that the API server knows, anybody where that
 * is allowed and nothing wrong was shown. Throws an Error when the configuration leaves no way at all.
 */
export function authenticator(context: KubeletContext): Authenticate {
  const { anonymousAuth, clientCAFile, webhookAuthentication } = context.config;
  const authorities = clientCAFile === undefined ? undefined : authoritiesOf(context, clientCAFile);
  const tokens = webhookAuthentication ? tokenReviewer(context) : undefined;
  if (!authorities && !tokens && !anonymousAuth) throw new Error('no authentication method configured');
  return function* authenticate(request, peer) {
    const problems: string[] = [];
    const ways = [
      () => byCertificate(peer, authorities?.(), context.sys.now()),
      tokens && (() => tokens(bearerToken(request.headers['authorization']))),
    ];
    for (const way of ways) {
      const found = way?.();
      const outcome = found === undefined || 'name' in found || 'problem' in found ? found : yield* found;
      if (outcome === undefined) continue;
      if ('name' in outcome) return { ...outcome, groups: [...new Set([...outcome.groups, AUTHENTICATED])] };
      problems.push(outcome.problem);
    }
    if (problems.length > 0) return { problem: problems.length > 1 ? `[${problems.join(', ')}]` : `${problems[0]}` };
    return anonymousAuth ? ANONYMOUS : 'unknown';
  };
}

/** The authority's file as it was last readable. */
function authoritiesOf(context: KubeletContext, path: string): () => string {
  let known = '';
  return () => {
    try {
      const text = readText(context, path);
      if (readCertificates(text).length > 0) known = text;
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
    return known;
  };
}

type Outcome = KubeletUser | { readonly problem: string } | undefined;

/** Certificates are asked for and not demanded, so that a foreign one is judged here and not in the handshake. */
function byCertificate({ certificate }: Peer, authorities: string | undefined, now: number): Outcome {
  const leaf = certificate === undefined ? undefined : readCertificates(certificate)[0];
  if (certificate === undefined || !leaf || authorities === undefined) return undefined;
  const { identifier, uids } = certificateIdentity(leaf.raw);
  const failure = verifyCertificate(certificate, authorities, 'client', undefined, now);
  if (failure) return { problem: `verifying certificate ${identifier} failed: x509: ${failure.message}` };
  if (leaf.commonName === '') return undefined;
  const fingerprint = createHash('sha256').update(leaf.raw).digest('hex');
  return {
    name: leaf.commonName,
    ...(uids[0] ? { uid: uids[0] } : {}),
    groups: leaf.organizations,
    extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${fingerprint}`] },
  };
}

function bearerToken(header = ''): string | undefined {
  const [scheme = '', token = ''] = header.trim().split(' ');
  return scheme.toLowerCase() === 'bearer' && token !== '' ? token : undefined;
}

/** Has the API server say whose tokens are, and remembers it for a time; problems are not remembered. */
function tokenReviewer(context: KubeletContext): (token: string | undefined) => Waiting<Outcome> {
  const { config, sys } = context;
  const known = new ExpiringCache<KubeletUser | 'invalid'>();
  const invalid = { problem: 'invalid bearer token' };
  return function* review(token) {
    if (token === undefined) return undefined;
    const kept = known.get(token, sys.now());
    if (kept !== undefined) return kept === 'invalid' ? invalid : kept;
    try {
      const status = yield* askReview(context, 'authentication.k8s.io', 'TokenReview', { token });
      if (status['authenticated'] !== true && status['error']) return { problem: String(status['error']) };
      const user = status['authenticated'] === true ? reviewedUser(status['user']) : undefined;
      known.set(token, user ?? 'invalid', sys.now() + config.tokenCacheTtl);
      return user ?? invalid;
    } catch (error) {
      if (!(error instanceof ReviewError)) throw error;
      return { problem: error.message };
    }
  };
}

function reviewedUser(value: unknown): KubeletUser {
  const { username = '', uid, groups = [], extra } = (value ?? {}) as Partial<KubeletUser> & { username?: string };
  return { name: username, ...(uid ? { uid } : {}), groups, ...(extra ? { extra } : {}) };
}
