import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API server whose nodes are there and never get ready: what kubelets say while no network was made. */
export class HalfReadyApi {
  private constructor(private readonly server: Server) {}

  static async start(): Promise<HalfReadyApi> {
    const server = createServer((request, response) => {
      if (request.url === '/readyz') return void response.end('ok');
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify(request.url === '/api/v1/nodes' ? NODES : { kind: 'Status', apiVersion: 'v1', code: 404 }),
      );
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return new HalfReadyApi(server);
  }

  get kubeconfig(): string {
    const { port } = this.server.address() as AddressInfo;
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'kind', cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ name: 'kind', context: { cluster: 'kind', user: 'kind' } }],
      users: [{ name: 'kind', user: {} }],
      'current-context': 'kind',
    });
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const WAITS =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
const NODES = {
  kind: 'NodeList',
  apiVersion: 'v1',
  metadata: {},
  items: ['kd1', 'kd1-node1', 'kd1-node2'].map((name) => ({
    metadata: { name },
    status: { conditions: [{ type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: WAITS }] },
  })),
};
