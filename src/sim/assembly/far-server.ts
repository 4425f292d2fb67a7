import { type FarEvents, FarRequests } from '../outside/far-requests.js';
import type { ClusterParts } from './cluster-parts.js';

/** Makes the API server of a workstation: what it is asked goes outside. */
export function connectFarServer({ plan, hosts, pki, outside }: ClusterParts, events: FarEvents): FarRequests {
  const requests = new FarRequests(outside, events);
  const read = (path: string): string => pki.files.find((file) => file.path === path)?.read() ?? '';
  hosts.get(plan.hosts[0]?.name ?? '')?.network.listen({
    port: 6443,
    application: 'http',
    tls: { certificate: () => read('apiserver.crt'), key: () => read('apiserver.key') },
    handler: (message, peer) => requests.serve(message, peer),
  });
  return requests;
}
