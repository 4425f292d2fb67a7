import type { HttpRequest } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import { ANONYMOUS, type UserInfo } from '../request/user-info.js';
import { type Authenticated, type Authenticator, CredentialError, type Credentialed } from './authenticator.js';

/** Who asks, and the request without what told so. */
interface Known {
  readonly user: UserInfo;
  readonly request: HttpRequest;
}

const FRONT_PROXY_HEADER = /^x-remote-(?:user|uid|group|extra-)/;
const TOKEN_PROTOCOL = 'base64url.bearer.authorization.k8s.io.';

/** Who makes a request: somebody known, or nobody where that is allowed. A failure's text is what logs say; it is a 401. */
export function* authenticate(request: Credentialed): Waiting<Known | CredentialError> {
  const found = identify(request.parts.authenticators, request);
  if (found instanceof CredentialError) return found;
  if (!found) {
    const { anonymousAuth, anonymousPaths } = request.parts;
    const [path = ''] = request.request.target.split('?');
    if (!anonymousAuth || anonymousPaths?.includes(path) === false) return new CredentialError('');
    return { user: ANONYMOUS, request: request.request };
  }
  if (found.note) yield* found.note();
  return { user: found.user, request: withoutCredentials(request.request) };
}

/**
 * Asks each authenticator in turn. The first that knows somebody decides, whatever others hold against the request
 * (a bad certificate beside a good token); else their complaints are told together.
 */
export function identify(
  authenticators: readonly Authenticator[],
  request: Credentialed,
): Authenticated | CredentialError | undefined {
  const complaints = new Set<string>();
  for (const authenticator of authenticators) {
    const outcome = authenticator.authenticate(request);
    if (outcome instanceof CredentialError) complaints.add(outcome.message);
    else if (outcome) return { ...outcome, user: withAuthenticated(outcome.user) };
  }
  if (complaints.size === 0) return undefined;
  const all = [...complaints];
  return new CredentialError(all.length === 1 ? (all[0] as string) : `[${all.join(', ')}]`);
}

function withAuthenticated(user: UserInfo): UserInfo {
  if (user.name === ANONYMOUS.name) return user;
  if (user.groups.includes('system:authenticated') || user.groups.includes('system:unauthenticated')) return user;
  return { ...user, groups: [...user.groups, 'system:authenticated'] };
}

/** What comes after is not to see by what somebody was known, and still less to pass it on. */
function withoutCredentials(request: HttpRequest): HttpRequest {
  const names = Object.keys(request.headers);
  const isCredential = (name: string) => name === 'authorization' || FRONT_PROXY_HEADER.test(name);
  const protocols = request.headers['sec-websocket-protocol'];
  const hidden = protocols?.includes(TOKEN_PROTOCOL) === true;
  if (!hidden && !names.some(isCredential)) return request;
  const headers: Record<string, string> = {};
  for (const name of names) if (!isCredential(name)) headers[name] = request.headers[name] as string;
  if (hidden) headers['sec-websocket-protocol'] = withoutToken(protocols as string);
  return { ...request, headers };
}

function withoutToken(protocols: string): string {
  const all = protocols.split(',').map((one) => one.trim());
  return all.filter((one) => !one.startsWith(TOKEN_PROTOCOL)).join(',');
}
