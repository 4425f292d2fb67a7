import type { Endpoint } from '../../api/types/endpoints.js';

/** What tells endpoints apart: address, host name, node and pod, but not the pod's state. */
export function endpointKey({ addresses, hostname, nodeName, targetRef }: Endpoint): string {
  return JSON.stringify([
    addresses,
    hostname ?? null,
    nodeName ?? null,
    targetRef?.name ?? null,
    targetRef?.uid ?? null,
  ]);
}
