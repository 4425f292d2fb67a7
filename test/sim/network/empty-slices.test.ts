import { describe, expect, test } from 'vitest';
import { settleEmpties } from '../../../src/sim/api/stored-empties.js';
import type { EndpointSlice } from '../../../src/sim/api/types/endpoints.js';
import type { Service } from '../../../src/sim/api/types/service.js';
import type { InformerFactory } from '../../../src/sim/client/informer-factory.js';
import { ObjectCache } from '../../../src/sim/client/object-cache.js';
import { clusterCache } from '../../../src/sim/network/dns/cluster-cache.js';
import { findNamed } from '../../../src/sim/network/dns/cluster-names.js';
import { ServiceTable } from '../../../src/sim/network/services/service-table.js';

const ports = [{ name: 'http', port: 80, protocol: 'TCP' }];

/** A service, with cluster address or without, and its slice as the server stores it: null for each empty list. */
function stored(clusterIP: string, slicePorts: EndpointSlice['ports']): { service: Service; slice: EndpointSlice } {
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { clusterIP, clusterIPs: [clusterIP], ports },
  };
  const slice: EndpointSlice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-x', namespace: 'default', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    endpoints: [],
    ...(slicePorts ? { ports: slicePorts } : {}),
  };
  settleEmpties(slice);
  return { service, slice };
}

describe.each([
  ['without ports', []],
  ['with ports', ports],
])('a slice without endpoints, %s', (_, slicePorts) => {
  test('is a list of none', () => {
    const { slice } = stored('10.96.0.9', slicePorts);
    expect([slice.endpoints, slice.ports]).toEqual([null, slicePorts.length > 0 ? slicePorts : null]);
  });

  test('lets kube-proxy reject', () => {
    const table = new ServiceTable({
      nodeName: 'node01',
      mode: 'iptables',
      addresses: [],
      clusterRanges: [],
      masqueradeAll: false,
      nodePortRanges: [],
      localhostNodePorts: true,
      scheduler: 'rr',
    });
    const { service, slice } = stored('10.96.0.9', slicePorts);
    table.set('default/web', service, [slice]);
    expect(table.lookup({ address: '10.96.0.9', port: 80, protocol: 'tcp', source: '10.244.1.2', own: false })).toBe(
      'reject',
    );
  });

  test('gives no headless name', () => {
    const { service, slice } = stored('None', slicePorts);
    const caches = new Map<string, ObjectCache>();
    const informer = ({ resource }: { resource: string }) => {
      const cache = new ObjectCache();
      caches.set(resource, cache);
      return cache;
    };
    const options = { pods: false, endpoints: true, labels: undefined, namespaceLabels: undefined };
    const view = clusterCache({ informer } as unknown as InformerFactory, options, () => 0);
    caches.get('namespaces')?.replace([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } }]);
    caches.get('services')?.replace([service]);
    caches.get('endpointslices')?.replace([slice]);
    const naming = {
      pods: 'disabled',
      namespaces: new Set<string>(),
      endpointPodNames: false,
      ignoreEmpty: false,
    } as const;
    expect(findNamed(view, naming, 'web.default.svc.cluster.local.', 'cluster.local.')).toBeUndefined();
    expect(view.endpoints('default', 'web')).toEqual([]);
    expect(view.endpointsAt('10.244.0.9')).toEqual([]);
  });
});
