import { describe, expect, it } from 'vitest';
import { keepAvailability } from '../../../../src/sim/apiserver/extensions/aggregation/availability.js';
import type { OutgoingCall } from '../../../../src/sim/apiserver/outgoing/outgoing-access.js';
import { encodeText } from '../../../../src/sim/kernel/bytes.js';
import { type TestServer, testServer } from '../harness.js';

const SERVICES = '/apis/apiregistration.k8s.io/v1/apiservices';
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** A server beside whose Service another one answers, and what that one was asked. */
function withRemote(): { server: TestServer; asked: OutgoingCall[] } {
  const asked: OutgoingCall[] = [];
  const server = testServer({
    outgoing: {
      *request(call) {
        asked.push(call);
        const resources = [{ name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get'] }];
        const object = call.url.endsWith('/v1beta1') ? { kind: 'APIResourceList', resources } : { kind: 'NodeMetrics' };
        return { status: 200, headers: {}, body: encodeText(JSON.stringify(object)) };
      },
    },
  });
  const post = (target: string, object: object) =>
    server.request({ method: 'POST', target, headers: {}, body: encodeText(JSON.stringify(object)) });
  post('/api/v1/namespaces', { metadata: { name: 'kube-system' } });
  post(SERVICES, {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1beta1.metrics.example.com' },
    spec: {
      group: 'metrics.example.com',
      version: 'v1beta1',
      service: { namespace: 'kube-system', name: 'metrics' },
      insecureSkipTLSVerify: true,
      groupPriorityMinimum: 100,
      versionPriority: 100,
    },
  });
  return { server, asked };
}

function available({ request }: TestServer): unknown {
  const { body, object } = request({ target: `${SERVICES}/v1beta1.metrics.example.com` });
  const service = object ?? JSON.parse(new TextDecoder().decode(body));
  return (service as { status: { conditions: { reason: string }[] } }).status.conditions[0];
}

function makeService(server: TestServer): void {
  const post = (target: string, object: object) =>
    server.request({ method: 'POST', target, headers: {}, body: encodeText(JSON.stringify(object)) });
  post('/api/v1/namespaces/kube-system/services', {
    metadata: { name: 'metrics' },
    spec: { clusterIP: '10.96.0.77', ports: [{ name: 'https', port: 443 }] },
  });
  post('/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices', {
    metadata: { name: 'metrics-1', labels: { 'kubernetes.io/service-name': 'metrics' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.1.1.1'] }],
    ports: [{ name: 'https', port: 8443 }],
  });
}

describe('an APIService of a Service', () => {
  it('says what is missing, and lets nobody through', () => {
    const { server } = withRemote();
    expect(available(server)).toMatchObject({ status: 'False', reason: 'ServiceNotFound' });
    const refused = server.request({ target: '/apis/metrics.example.com/v1beta1/nodes' });
    expect([refused.status, new TextDecoder().decode(refused.body)]).toEqual([503, 'service unavailable\n']);
    const told = server.request({ target: '/apis', headers: { accept: AGGREGATED } });
    const text = told.object ? JSON.stringify(told.object) : new TextDecoder().decode(told.body);
    expect(text).toContain(
      '{"metadata":{"name":"metrics.example.com"},"versions":[{"version":"v1beta1","freshness":"Stale"}]}',
    );
  });

  it('is asked for what it serves, and gets requests with who asks', () => {
    const { server, asked } = withRemote();
    makeService(server);
    keepAvailability(server.parts).next();
    expect(available(server)).toMatchObject({ status: 'True', reason: 'Passed', message: 'all checks passed' });
    const answer = server.request({ target: '/apis/metrics.example.com/v1beta1/nodes?limit=1', headers: {} });
    expect(answer.status).toBe(200);
    const last = asked.at(-1);
    expect(last?.url).toBe('https://10.96.0.77:443/apis/metrics.example.com/v1beta1/nodes?limit=1');
    expect(last?.headers).toMatchObject({
      'x-remote-user': 'admin',
      'x-remote-group': 'system:masters, system:authenticated',
    });
    expect(last?.serverName).toBe('metrics.kube-system.svc');
  });
});
