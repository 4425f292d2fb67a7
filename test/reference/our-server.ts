import { admissionChain } from '../../src/sim/apiserver/admission/chain.js';
import { tokenFileAuthenticator, UNKNOWN_TOKEN } from '../../src/sim/apiserver/authentication/token-file.js';
import { MODES, PRIVILEGED } from '../../src/sim/apiserver/authorization/modes.js';
import { prepareCluster } from '../../src/sim/apiserver/start/prepare-cluster.js';
import { type TestServer, testServer } from '../sim/apiserver/harness.js';
import { type Answer, masked } from './masked.js';
import { type ReferenceRequest, SET_UP } from './requests.js';

/** Who asks, as the real server's token file has it. */
const TOKEN = 'reference-token';
/** Later than every time that an object of the requests names, as the real server's clock was. */
const CLOCK = Date.UTC(2026, 10, 1, 10, 20, 30) * 1000;
const UTF8 = new TextDecoder();
const BYTES = new TextEncoder();

/** Our request handler on a store of its own, as far as the real server was when it was asked. */
export function ourServer(): TestServer {
  const server = testServer({
    admission: admissionChain(),
    authenticators: [tokenFileAuthenticator(`${TOKEN},admin,admin,system:masters\n`), UNKNOWN_TOKEN],
    authorizers: [PRIVILEGED, MODES['RBAC'] as (typeof MODES)[string]],
    issueToken: () => 'token',
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
  const { method, target } = request;
  const body = request.body === undefined ? undefined : BYTES.encode(JSON.stringify(request.body));
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    ...(body ? { 'content-type': 'application/json' } : {}),
    ...request.headers,
  };
  const answer = answered(() => server.request({ method, target, headers, ...(body ? { body } : {}) }));
  if (answer instanceof Error) return { status: -1, body: `${answer.stack}`.split('\n').slice(0, 3).join(' ') };
  return masked(request, answer.status, bodyOf(answer), answer.headers['warning']);
}

/** An exception is a defect of ours, and is shown as the answer. */
function answered<T>(step: () => T): T | Error {
  try {
    return step();
  } catch (error) {
    return error as Error;
  }
}

function bodyOf(answer: { readonly body?: Uint8Array; readonly object?: unknown }): unknown {
  if (answer.object !== undefined) return JSON.parse(JSON.stringify(answer.object));
  const text = UTF8.decode(answer.body ?? new Uint8Array());
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
