import { admissionChain } from '../src/sim/apiserver/admission/chain.js';
import { Metrics } from '../src/sim/apiserver/metrics/metrics.js';
import type { HttpResponse } from '../src/sim/kernel/network.js';
import { type TestServer, testServer } from '../test/sim/apiserver/harness.js';
import { type Ask, PODS, pod, podPath } from './api-requests.js';

/** An API server in this process, with its admission and metrics, and how to ask it. */
export interface BenchServer {
  readonly server: TestServer;
  readonly ask: Ask<HttpResponse>;
}

/** A server with a namespace and its account, and nothing else. */
export function emptyServer(): BenchServer {
  const server = testServer({ admission: admissionChain(), metrics: new Metrics(0) });
  const ask: BenchServer['ask'] = (method, target, body, headers) => {
    const response = server.request({
      method,
      target,
      headers: { accept: 'application/json', 'user-agent': 'bench/v1', ...headers },
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
    });
    if (response.status >= 300) throw new Error(`${method} ${target} ended with ${response.status}`);
    return response;
  };
  const json = { 'content-type': 'application/json' };
  ask('POST', '/api/v1/namespaces', { metadata: { name: 'default' } }, json);
  ask('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } }, json);
  return { server, ask };
}

/**
 * A server with so many pods. All but the first are copies that go into the store directly: a hundred thousand creates
 * would be longer than all that is measured.
 */
export function serverWith(pods: number): BenchServer {
  const filled = emptyServer();
  const { store } = filled.server;
  filled.ask('POST', PODS, pod(0), { 'content-type': 'application/json' });
  const first = store.get(keyOf(0))?.value as ReturnType<typeof pod>;
  for (let index = 1; index < pods; index += 1) {
    const copy = structuredClone(first);
    const { name, labels } = pod(index).metadata;
    const metadata = { ...copy.metadata, name, labels, resourceVersion: String(store.nextRevision) };
    store.put(keyOf(index), { ...copy, metadata });
  }
  return filled;
}

function keyOf(index: number): string {
  return `/registry/pods/${podPath(index).slice('/api/v1/namespaces/'.length).replace('/pods/', '/')}`;
}
