import { createHandler, type Handler } from '../../../src/sim/apiserver/handler.js';
import { KindRegister } from '../../../src/sim/apiserver/kind-register.js';
import { KINDS } from '../../../src/sim/apiserver/kinds/index.js';
import type { ServerParts } from '../../../src/sim/apiserver/parts.js';
import { localEtcd } from '../../../src/sim/apiserver/storage/etcd-access.js';
import { WatchHub } from '../../../src/sim/apiserver/verbs/watch-hub.js';
import type { Transport } from '../../../src/sim/client/client.js';
import { createClient } from '../../../src/sim/client/create-client.js';
import type { HttpRequest, HttpResponse } from '../../../src/sim/kernel/network.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import { HOUR } from '../../../src/sim/kernel/time.js';
import type { Wait, Waiting } from '../../../src/sim/kernel/wait.js';
import { Store } from '../../../src/sim/store/store.js';

const PEER = { address: { address: '10.0.0.9', port: 40000 } };

/** A server without a machine: its waits move a clock of its own. */
export interface TestServer {
  readonly store: Store;
  readonly handler: Handler;
  readonly parts: ServerParts;
  clock: number;
  /** Runs a step to its end; whatever it waits for must be time. */
  run<T>(step: Waiting<T>): T;
  request(request: Partial<HttpRequest> & { target: string }): HttpResponse;
  client: ReturnType<typeof createClient>;
}

export function testServer(overrides: Partial<ServerParts> = {}): TestServer {
  const store = new Store();
  const parts: ServerParts = {
    now: () => server.clock,
    random: createRandom('test'),
    etcd: localEtcd(store),
    kinds: new KindRegister(KINDS),
    authenticators: [{ name: 'test', authenticate: () => ({ user: { name: 'admin', groups: ['system:masters'] } }) }],
    anonymousAuth: true,
    authorizers: [{ mode: 'AlwaysAllow', authorize: () => ({ decision: 'allow' }) }],
    admission: [],
    kubelets: undefined,
    watches: new WatchHub(),
    advertise: { address: '172.30.1.2', port: 6443 },
    serviceRanges: ['10.96.0.0/12'],
    nodePortRange: [30000, 32767],
    issueToken: undefined,
    eventTtl: HOUR,
    requestCost: 0,
    ...overrides,
  };
  const handler = createHandler(parts);
  const transport: Transport = { request: (request) => handler(request, PEER) };
  const server: TestServer = {
    store,
    handler,
    parts,
    clock: Date.UTC(2026, 0, 1) * 1000,
    run: (step) => drive(step, server),
    request: (request) => server.run(handler({ method: 'GET', headers: {}, ...request }, PEER)),
    client: createClient(transport, { userAgent: 'test/v1' }),
  };
  return server;
}

function drive<T>(step: Waiting<T>, server: TestServer): T {
  for (;;) {
    const { done, value } = step.next();
    if (done) return value as T;
    const until =
      typeof value === 'object' && 'until' in (value as object) ? (value as { until?: number }).until : undefined;
    if (until === undefined) throw new Error(`a step waits for something that never comes: ${String(value as Wait)}`);
    server.clock = Math.max(server.clock, until);
  }
}
