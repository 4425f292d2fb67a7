import { createServer, type Server } from 'node:https';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import { Authority } from '../../../src/sim/client/pki/authority.js';
import type { RealServer } from '../real-server.js';
import { answerMetrics, METRICS_APIS, type Measuring, metricsQuestion } from './measured.js';

const PORT = 26450;
const PATIENCE_MS = 30_000;
const JSON_TYPE = { 'content-type': 'application/json' };
const NAMESPACE = 'kube-system';
const SERVICE = 'played-metrics';

/** Who is asked about a namespace, as long as a scenario plays in it. */
export type MeasuredNamespaces = Map<string, () => Omit<Measuring, 'now'>>;

/** Serves the APIs of metrics beside a real API server, and gives back what ends it. */
export async function serveMetrics(server: RealServer, namespaces: MeasuredNamespaces): Promise<() => Promise<void>> {
  const listening = listen(server, namespaces);
  // The server goes where the name of such a service leads.
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: SERVICE },
    spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port: PORT }] },
  };
  await server.send('POST', `/api/v1/namespaces/${NAMESPACE}/services`, JSON_TYPE, JSON.stringify(service));
  for (const { group, version } of METRICS_APIS) {
    const spec = {
      group,
      version,
      insecureSkipTLSVerify: true,
      groupPriorityMinimum: 100,
      versionPriority: 100,
      service: { namespace: NAMESPACE, name: SERVICE, port: PORT },
    };
    const metadata = { name: `${version}.${group}` };
    const body = { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata, spec };
    await server.send('POST', '/apis/apiregistration.k8s.io/v1/apiservices', JSON_TYPE, JSON.stringify(body));
  }
  for (const api of METRICS_APIS) await served(server, `/apis/${api.group}/${api.version}`);
  return async () => {
    for (const { group, version } of METRICS_APIS)
      await server.send('DELETE', `/apis/apiregistration.k8s.io/v1/apiservices/${version}.${group}`, {});
    await server.send('DELETE', `/api/v1/namespaces/${NAMESPACE}/services/${SERVICE}`, {});
    listening.close();
    listening.closeAllConnections();
  };
}

async function served(server: RealServer, target: string): Promise<void> {
  for (const began = Date.now(); Date.now() - began < PATIENCE_MS; await new Promise((done) => setTimeout(done, 200)))
    if ((await server.send('GET', target, {})).status === 200) return;
  throw new Error(`${target} is not served`);
}

function listen(server: RealServer, namespaces: MeasuredNamespaces): Server {
  const authority = new Authority('recording', 'metrics', { commonName: 'metrics' }, Date.now() * 1000);
  const leaf = authority.issue({
    name: 'metrics',
    subject: { commonName: 'metrics' },
    usages: ['server'],
    addresses: ['127.0.0.1'],
  });
  const answering = createServer({ cert: leaf.certificate(), key: leaf.privateKey() }, (request, response) => {
    void answer(server, namespaces, request.url ?? '/').then(({ status, body }) => {
      response.writeHead(status, JSON_TYPE);
      response.end(JSON.stringify(body));
    });
  });
  return answering.listen(PORT, '127.0.0.1');
}

async function answer(
  server: RealServer,
  namespaces: MeasuredNamespaces,
  target: string,
): Promise<{ status: number; body: object }> {
  const question = metricsQuestion(target);
  const measuring = question && namespaces.get(question.namespace)?.();
  if (!question || !measuring) return discovery(target);
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const query = question.selector ? `?labelSelector=${encodeURIComponent(question.selector)}` : '';
  const { text } = await server.send('GET', `/api/v1/namespaces/${question.namespace}/pods${query}`, {});
  const { items } = JSON.parse(text) as { items: Pod[] };
  return answerMetrics(question, items, { ...measuring, now });
}

function discovery(target: string): { status: number; body: object } {
  const api = METRICS_APIS.find(({ group, version }) => target.split('?')[0] === `/apis/${group}/${version}`);
  if (!api) return { status: 404, body: { apiVersion: 'v1', kind: 'Status', status: 'Failure', code: 404 } };
  const resources =
    api.group === 'metrics.k8s.io'
      ? [{ name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] }]
      : [];
  const groupVersion = `${api.group}/${api.version}`;
  return { status: 200, body: { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources } };
}
