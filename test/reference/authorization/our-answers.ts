import type { KubeObject } from '../../../src/sim/api/object.js';
import type { ClusterRole } from '../../../src/sim/api/types/rbac.js';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { bearerAuthenticators } from '../../../src/sim/apiserver/authentication/bearer.js';
import { tokenFileAuthenticator } from '../../../src/sim/apiserver/authentication/token-file.js';
import { authorizersOf } from '../../../src/sim/apiserver/authorization/modes.js';
import { prepareCluster } from '../../../src/sim/apiserver/start/prepare-cluster.js';
import { aggregatedRules } from '../../../src/sim/controllers/clusterrole-aggregation/aggregated-rules.js';
import { type TestServer, testServer } from '../../sim/apiserver/harness.js';
import { type Answer, answerOf } from './answers.js';
import { FIXTURES } from './fixtures.js';
import type { Question } from './questions.js';
import { ADMIN_TOKEN, TOKENS } from './subjects.js';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` };
const TEXT = new TextDecoder();
const BYTES = new TextEncoder();

/** A server with what every server makes, its gathered roles, and the fixtures when they are wanted. */
export function ourServer(withFixtures = true): TestServer {
  const server = testServer({
    admission: admissionChain(),
    authenticators: bearerAuthenticators([tokenFileAuthenticator(TOKENS)]),
    authorizers: authorizersOf(['Node', 'RBAC']),
    issueToken: () => 'token',
  });
  server.run(prepareCluster(server.parts));
  gather(server);
  if (!withFixtures) return server;
  for (const { collection, object } of FIXTURES) {
    const { status, body } = send(server, { method: 'POST', target: collection, headers: ADMIN, body: object });
    if (status >= 300 && status !== 409) throw new Error(`${object.metadata.name}: ${status} ${JSON.stringify(body)}`);
  }
  gather(server);
  return server;
}

/** One answer of ours. */
export function ask(server: TestServer, question: Question): Answer {
  const { status, body } = send(server, question);
  return answerOf(question.id, status, body);
}

/** All objects of a kind of RBAC. */
export function listOf<T extends KubeObject>(server: TestServer, plural: string): T[] {
  const { body } = send(server, { method: 'GET', target: `${RBAC}/${plural}`, headers: ADMIN });
  return (body as { items: T[] }).items;
}

/** Does once what the controller of gathered roles does all the time. */
function gather(server: TestServer): void {
  for (let round = 0; round < 3; round += 1) {
    const items = listOf<ClusterRole>(server, 'clusterroles');
    for (const role of items.filter(({ aggregationRule }) => aggregationRule)) {
      const target = `${RBAC}/clusterroles/${role.metadata.name}`;
      send(server, { method: 'PATCH', target, headers: ADMIN, body: { rules: aggregatedRules(role, items) } });
    }
  }
}

function send(
  server: TestServer,
  { method, target, headers, body }: Omit<Question, 'id'>,
): { status: number; body: unknown } {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const sent = body === undefined ? {} : { body: BYTES.encode(JSON.stringify(body)) };
  const answer = server.request({
    method,
    target,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
    ...sent,
  });
  return { status: answer.status, body: read(answer.object, answer.body) };
}

function read(object: unknown, body: Uint8Array | undefined): unknown {
  if (object !== undefined) return JSON.parse(JSON.stringify(object));
  const text = TEXT.decode(body ?? new Uint8Array());
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
