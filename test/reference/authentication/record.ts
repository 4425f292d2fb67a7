/** `node scripts/run.mjs test/reference/authentication/record.ts`: asks a real kube-apiserver who may come in, and as whom. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask, type RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { type Played, play, type Received, type Sent, type Sequence } from '../by-hand/sequence.js';
import { REFERENCE_VERSION, type RealServer, startRealServer } from '../real-server.js';
import { readAnswer, writeRecording } from '../recording.js';
import { SEEDS } from '../seed.js';
import { type Credentials, FRONT_PROXY, makeCredentials } from './credentials.js';
import { maskedCredentials } from './played.js';
import { AUTHENTICATION, RIGHTS } from './scenes/register.js';
import { CERTIFICATE_HEADER } from './steps.js';

/** How long a write takes to the server's own caches, with room. */
const CACHE_LAG_MS = 60;
const TOKEN = 'Bearer reference-token';

function flagsFor(folder: string, credentials: Credentials): string[] {
  const clients = join(folder, 'clients.crt');
  const proxies = join(folder, 'proxies.crt');
  writeFileSync(clients, credentials.clients);
  writeFileSync(proxies, credentials.proxies);
  return [
    `--client-ca-file=${clients}`,
    `--requestheader-client-ca-file=${proxies}`,
    `--requestheader-allowed-names=${FRONT_PROXY.allowedNames}`,
    `--requestheader-username-headers=${FRONT_PROXY.userHeaders}`,
    `--requestheader-uid-headers=${FRONT_PROXY.uidHeaders}`,
    `--requestheader-group-headers=${FRONT_PROXY.groupHeaders}`,
    `--requestheader-extra-headers-prefix=${FRONT_PROXY.extraPrefixes}`,
    '--enable-bootstrap-token-auth',
    '--enable-admission-plugins=NodeRestriction',
  ];
}

/** Sends one request on a connection of its own, with the certificate that it names. */
function send(url: string, credentials: Credentials, { request, text }: Sent): Promise<Received> {
  const { [CERTIFICATE_HEADER]: name, ...given } = request.headers ?? {};
  const shown = name === undefined ? undefined : credentials.certificates[name];
  const options: RequestOptions = {
    method: request.method,
    agent: false,
    rejectUnauthorized: false,
    ...(shown ? { cert: shown.certificate, key: shown.key } : {}),
    headers: {
      authorization: TOKEN,
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      ...given,
    },
  };
  return new Promise((done, failed) => {
    const sent = ask(`${url}${request.target}`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () => {
        const body = readAnswer(Buffer.concat(chunks).toString('utf8'));
        const warnings = [response.headersDistinct['warning'] ?? []].flat().join(', ');
        done({ status: response.statusCode ?? 0, body, warnings });
      });
    });
    sent.on('error', failed);
    sent.end(text);
  });
}

async function playReal(server: RealServer, credentials: Credentials, sequence: Sequence): Promise<Played[]> {
  const game = play(sequence);
  for (let next = game.next(); ; ) {
    if (next.done) return next.value;
    next = game.next(await send(server.url, credentials, next.value));
    await after(CACHE_LAG_MS);
  }
}

const credentials = makeCredentials(Date.now() * 1000);
const folder = mkdtempSync(join(tmpdir(), 'kubedrill-authentication-'));
const server = await startRealServer({ flags: flagsFor(folder, credentials) });
try {
  for (const [path, object] of RIGHTS) {
    await server.send('POST', path, { 'content-type': 'application/json' }, JSON.stringify(object));
  }
  await after(1000);
  const played: Played[] = [];
  for (const sequence of AUTHENTICATION) played.push(...(await playReal(server, credentials, sequence)));
  const answers = maskedCredentials(played);
  writeRecording('authentication', SEEDS, `kube-apiserver ${REFERENCE_VERSION}`, answers);
  console.log(`${answers.length} answers`);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
