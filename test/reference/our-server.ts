import { admissionChain } from '../../src/sim/apiserver/admission/chain.js';
import { bearerAuthenticators } from '../../src/sim/apiserver/authentication/bearer.js';
import { tokenFileAuthenticator } from '../../src/sim/apiserver/authentication/token-file.js';
import { authorizersOf } from '../../src/sim/apiserver/authorization/modes.js';
import type { ServerParts } from '../../src/sim/apiserver/parts.js';
import { prepareCluster } from '../../src/sim/apiserver/start/prepare-cluster.js';
import type { HttpResponse } from '../../src/sim/kernel/network.js';
import { type TestServer, testServer } from '../sim/apiserver/harness.js';
import { type Played, play, type Received, type Sequence } from './by-hand/sequence.js';
import { type Answer, masked } from './masked.js';
import { readAnswer } from './recording.js';
import { type ReferenceRequest, SET_UP } from './requests.js';

/** Who asks, as the real server's token file has it. */
const TOKEN = 'reference-token';
/** Later than every time that an object of the requests names, as the real server's clock was. */
const CLOCK = Date.UTC(2026, 10, 1, 10, 20, 30) * 1000;
const UTF8 = new TextDecoder();
const BYTES = new TextEncoder();

/** Our request handler on a store of its own, as far as the real server was when it was asked. */
export function ourServer(parts: Partial<ServerParts> = {}): TestServer {
  const server = testServer({
    admission: admissionChain(),
    authenticators: bearerAuthenticators([tokenFileAuthenticator(`${TOKEN},admin,admin,system:masters\n`)]),
    authorizers: authorizersOf(['RBAC']),
    issueToken: () => 'token',
    ...parts,
  });
  server.clock = CLOCK;
  server.run(prepareCluster(server.parts));
  for (const { collection, object } of SET_UP) {
    ask(server, { id: 'set up', kind: '', method: 'POST', target: collection, body: object });
  }
  return server;
}

/** One answer of ours, masked as the recorded ones are. */
export function ask(server: TestServer, request: ReferenceRequest): Answer {
  const text = request.body === undefined ? undefined : JSON.stringify(request.body);
  const answer = answered(server, request, text);
  if (answer.status === -1) return { status: -1, body: answer.body };
  return masked(request, answer.status, answer.body, answer.warnings);
}

/** Plays a sequence on our server. */
export function playOurs(server: TestServer, sequence: Sequence): Played[] {
  const game = play(sequence);
  for (let next = game.next(); ; ) {
    if (next.done) return next.value;
    next = game.next(answered(server, next.value.request, next.value.text));
  }
}

/** One answer as it came. An exception is a defect of ours, and is shown as the answer, with the status -1. */
export function answered(
  server: TestServer,
  { method, target, headers: given }: ReferenceRequest,
  text?: string,
): Received {
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    ...given,
  };
  const body = text === undefined ? {} : { body: BYTES.encode(text) };
  try {
    const answer = server.request({ method, target, headers, ...body });
    return { status: answer.status, body: bodyOf(server, answer), warnings: answer.headers['warning'] ?? '' };
  } catch (error) {
    return { status: -1, body: `${(error as Error).stack}`.split('\n').slice(0, 3).join(' '), warnings: '' };
  }
}

/** A stream is read to its end, as if its time were over. */
function bodyOf(server: TestServer, answer: HttpResponse): unknown {
  if (answer.object !== undefined) return JSON.parse(JSON.stringify(answer.object));
  if (!answer.stream) return readAnswer(UTF8.decode(answer.body ?? new Uint8Array()));
  server.parts.watches.closeAll();
  let text = '';
  for (;;) {
    const item = answer.stream.items.tryReceive();
    if (item === undefined || item === 'end') return readAnswer(text);
    text += UTF8.decode(item as Uint8Array);
  }
}
