import { type Micros, SECOND } from '../../kernel/time.js';
import {
  type Authenticated,
  type Authenticator,
  CredentialError,
  type Credentialed,
  type Outcome,
  type TokenAuthenticator,
} from './authenticator.js';

const INVALID = 'invalid bearer token';
const TOKEN_PROTOCOL = 'base64url.bearer.authorization.k8s.io.';
const SPACE_WARNING = 'the provided Authorization header contains extra space before the bearer token, and is ignored';
/** How long a token that was found good is not looked at again. */
const CACHE_SPAN = 10 * SECOND;
/** Tokens remembered; more than a cluster of ours has at a time. */
const CACHE_ENTRIES_MAX = 1024;

/** Bearer tokens, in the Authorization header or among the protocols of a WebSocket, judged by each way in turn. */
export function bearerAuthenticators(ways: readonly TokenAuthenticator[]): Authenticator[] {
  const judge = remembering((token, request) => judgeByAll(ways, token, request));
  const orInvalid = (token: string, request: Credentialed) => judge(token, request) ?? new CredentialError(INVALID);
  return [
    // The token of the server's own loopback client, which nobody else has, is judged before all others.
    {
      name: 'loopback',
      authenticate: (request) => (headerToken(request) === undefined ? undefined : new CredentialError(INVALID)),
    },
    {
      name: 'bearertoken',
      authenticate: (request) => {
        const token = headerToken(request);
        return token === undefined ? undefined : orInvalid(token, request);
      },
    },
    {
      name: 'websocket',
      authenticate: (request) => {
        const token = protocolToken(request);
        return typeof token === 'string' ? orInvalid(token, request) : token;
      },
    },
  ];
}

function judgeByAll(ways: readonly TokenAuthenticator[], token: string, request: Credentialed): Outcome {
  const complaints = new Set<string>();
  for (const way of ways) {
    const outcome = way.authenticate(token, request);
    if (outcome instanceof CredentialError) complaints.add(outcome.message);
    else if (outcome) return outcome;
  }
  return complaints.size === 0 ? undefined : new CredentialError([...complaints].join(', '));
}

/** Remembers what was found good: a token goes on for some seconds after what it is bound to has gone. */
function remembering(judge: (token: string, request: Credentialed) => Outcome): typeof judge {
  const known = new Map<
    string,
    { readonly found: Authenticated; readonly warnings: string[]; readonly until: Micros }
  >();
  return (token, request) => {
    const key = JSON.stringify([token, ...request.audiences]);
    const kept = known.get(key);
    if (kept && request.now < kept.until) {
      for (const warning of kept.warnings) request.warnings.add(warning);
      return kept.found;
    }
    known.delete(key);
    const warnings = new Set<string>();
    const outcome = judge(token, { ...request, warnings });
    if (!outcome || outcome instanceof CredentialError) return outcome;
    const { note: _, ...found } = outcome;
    if (known.size >= CACHE_ENTRIES_MAX) known.delete(known.keys().next().value as string);
    known.set(key, { found, warnings: [...warnings], until: request.now + CACHE_SPAN });
    for (const warning of warnings) request.warnings.add(warning);
    return outcome;
  };
}

/** The token of the Authorization header. */
function headerToken({ request, warnings }: Credentialed): string | undefined {
  const header = (request.headers['authorization'] ?? '').trim();
  const [scheme = '', token, ...rest] = header.split(' ');
  if (token === undefined || scheme.toLowerCase() !== 'bearer') return undefined;
  if (token !== '') return token;
  if (rest.length > 0) warnings.add(SPACE_WARNING);
  return undefined;
}

/** The token that a browser's WebSocket hides among its protocols, where it can send no header. */
function protocolToken({ request }: Credentialed): string | CredentialError | undefined {
  const { connection = '', upgrade = '', 'sec-websocket-protocol': given } = request.headers;
  if (given === undefined || !/(?:^|[\s,])upgrade\b/i.test(connection) || upgrade.toLowerCase() !== 'websocket') {
    return undefined;
  }
  const protocols = given.split(',').map((one) => one.trim());
  const hidden = protocols.filter((one) => one.startsWith(TOKEN_PROTOCOL));
  if (hidden.length > 1) return new CredentialError('multiple base64.bearer.authorization tokens specified');
  const encoded = hidden[0]?.slice(TOKEN_PROTOCOL.length);
  if (encoded === undefined) return undefined;
  if (!/^[\w-]*$/.test(encoded) || encoded.length % 4 === 1) {
    return new CredentialError('invalid base64.bearer.authorization token encoding');
  }
  const token = Buffer.from(encoded, 'base64url').toString('utf8');
  if (token.includes('\ufffd')) return new CredentialError('invalid base64.bearer.authorization token');
  if (token === '') return undefined;
  return protocols.length > 1 ? token : new CredentialError('missing additional subprotocol');
}
