import { createPrivateKey, createPublicKey } from 'node:crypto';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { forAudiences } from '../../../src/sim/apiserver/authentication/audiences.js';
import { bearerAuthenticators } from '../../../src/sim/apiserver/authentication/bearer.js';
import { BOOTSTRAP_TOKENS } from '../../../src/sim/apiserver/authentication/bootstrap-token.js';
import { legacyTokenAuthenticator } from '../../../src/sim/apiserver/authentication/legacy-token.js';
import { requestHeaderAuthenticator } from '../../../src/sim/apiserver/authentication/request-header.js';
import { serviceAccountAuthenticator } from '../../../src/sim/apiserver/authentication/service-account.js';
import { tokenFileAuthenticator } from '../../../src/sim/apiserver/authentication/token-file.js';
import { x509Authenticator } from '../../../src/sim/apiserver/authentication/x509.js';
import { authorizersOf } from '../../../src/sim/apiserver/authorization/modes.js';
import { prepareCluster } from '../../../src/sim/apiserver/start/prepare-cluster.js';
import { tokenIssuer } from '../../../src/sim/apiserver/subresources/token-issuer.js';
import { deriveKey, privateKeyPem } from '../../../src/sim/client/pki/key.js';
import { type TestServer, testServer } from '../../sim/apiserver/harness.js';
import { type Played, play, type Received, type Sent, type Sequence } from '../by-hand/sequence.js';
import { readAnswer } from '../recording.js';
import { type Credentials, FRONT_PROXY, makeCredentials } from './credentials.js';
import { maskedCredentials } from './played.js';
import { AUTHENTICATION, RIGHTS } from './scenes/register.js';
import { CERTIFICATE_HEADER } from './steps.js';

const TOKEN = 'reference-token';
const ISSUER = 'https://kubernetes.default.svc.cluster.local';
const CLOCK = Date.UTC(2026, 10, 1, 10, 20, 30) * 1000;
const UTF8 = new TextDecoder();
const BYTES = new TextEncoder();
/** How long a step takes: tokens are remembered for a while, and have been forgotten when a sequence goes on. */
const STEP = 100_000;

/** A server of ours that knows the same credentials as the real one did. */
export function credentialedServer(): { readonly server: TestServer; readonly credentials: Credentials } {
  const credentials = makeCredentials(CLOCK);
  const signing = createPrivateKey(privateKeyPem(deriveKey('authentication', 'tokens')));
  const trusted = { keys: [createPublicKey(signing)], issuers: [ISSUER], audiences: [ISSUER] };
  const server = testServer({
    admission: admissionChain(['NodeRestriction']),
    anonymousAuth: true,
    audiences: [ISSUER],
    authenticators: [
      requestHeaderAuthenticator({ ...FRONT_PROXY, authorities: () => credentials.proxies }),
      x509Authenticator(() => credentials.clients),
      ...bearerAuthenticators([
        forAudiences([ISSUER], tokenFileAuthenticator(`${TOKEN},admin,admin,system:masters\n`)),
        legacyTokenAuthenticator(trusted),
        serviceAccountAuthenticator(trusted),
        forAudiences([ISSUER], BOOTSTRAP_TOKENS),
      ]),
    ],
    authorizers: authorizersOf(['RBAC']),
    issueToken: tokenIssuer(signing, ISSUER, [ISSUER]),
  });
  server.clock = CLOCK;
  server.run(prepareCluster(server.parts));
  return { server, credentials };
}

/** Plays all sequences on a server of ours. */
export function playAuthentication(): Played[] {
  const { server, credentials } = credentialedServer();
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  for (const [target, object] of RIGHTS) {
    server.request({ method: 'POST', target, headers, body: BYTES.encode(JSON.stringify(object)) });
  }
  return maskedCredentials(AUTHENTICATION.flatMap((sequence) => playOne(server, credentials, sequence)));
}

function playOne(server: TestServer, credentials: Credentials, sequence: Sequence): Played[] {
  const game = play(sequence);
  for (let next = game.next(); ; ) {
    if (next.done) return next.value;
    next = game.next(answered(server, credentials, next.value));
    server.clock += STEP;
  }
}

/** An exception is a defect of ours, and is shown as the answer, with the status -1. */
function answered(server: TestServer, credentials: Credentials, { request, text }: Sent): Received {
  const { [CERTIFICATE_HEADER]: name, ...given } = request.headers ?? {};
  const certificate = name === undefined ? undefined : credentials.certificates[name]?.certificate;
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    ...given,
  };
  const sent = {
    method: request.method,
    target: request.target,
    headers,
    ...(text === undefined ? {} : { body: BYTES.encode(text) }),
  };
  const peer = { address: { address: '10.0.0.9', port: 40000 }, certificate };
  try {
    const { status, body, object, headers: back } = server.run(server.handler(sent, peer));
    const read = object ?? readAnswer(UTF8.decode(body ?? new Uint8Array()));
    return { status, body: JSON.parse(JSON.stringify(read)), warnings: back['warning'] ?? '' };
  } catch (error) {
    return { status: -1, body: `${(error as Error).stack}`.split('\n').slice(0, 3).join(' '), warnings: '' };
  }
}
