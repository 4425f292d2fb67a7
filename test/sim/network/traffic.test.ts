import { describe, expect, test } from 'vitest';
import type { Endpoint, EndpointSlice } from '../../../src/sim/api/types/endpoints.js';
import type { Service, ServiceSpec } from '../../../src/sim/api/types/service.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import { parseRange } from '../../../src/sim/network/addresses.js';
import { Fabric } from '../../../src/sim/network/fabric.js';
import { follow } from '../../../src/sim/network/path.js';
import { type ProxyMode, ServiceTable } from '../../../src/sim/network/services/service-table.js';

const CLUSTER = '10.96.0.9';
const BALANCER = '172.30.1.200';
const EXTERNAL = '172.30.1.99';

/** Two nodes with a pod each, an outsider, and a service `web` whose only endpoints are those of the row. */
function stage(spec: Partial<ServiceSpec>, endpoints: readonly Endpoint[], mode: ProxyMode = 'iptables') {
  const fabric = new Fabric({ now: () => 0, handshake: () => ({}), random: createRandom('1') });
  const hosts = ['node01', 'node02'].map((name, at) => {
    const node = fabric.addNode(name, [`172.30.1.${3 + at}`]);
    const range = parseRange(`10.244.${1 + at}.0/24`);
    node.podRanges = range ? [range] : [];
    const pod = fabric.addPod(node, [`10.244.${1 + at}.2`], `default/web-${name}`);
    pod.listen({ port: 8080, application: 'raw' });
    const client = fabric.addPod(node, [`10.244.${1 + at}.9`], `default/client-${name}`);
    const table = new ServiceTable({
      nodeName: name,
      mode,
      addresses: node.namespace.addresses(),
      clusterRanges: [{ text: '10.244.0.0/16', range: parseRange('10.244.0.0/16') as NonNullable<typeof range> }],
      masqueradeAll: false,
      nodePortRanges: [],
      localhostNodePorts: true,
      scheduler: 'rr',
    });
    node.services = table;
    return { node, client, table };
  });
  const outsider = fabric.addNode('base', ['172.30.1.10']);
  hosts[0]?.node.announced.add(BALANCER);
  hosts[0]?.node.announced.add(EXTERNAL);
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      type: 'LoadBalancer',
      clusterIP: CLUSTER,
      clusterIPs: [CLUSTER],
      externalIPs: [EXTERNAL],
      ports: [{ port: 80, nodePort: 30_080 }],
      ...spec,
    },
    status: { loadBalancer: { ingress: [{ ip: BALANCER, ipMode: 'VIP' }] } },
  };
  const slice: EndpointSlice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-1', namespace: 'default' },
    addressType: 'IPv4',
    ports: [{ name: '', port: 8080, protocol: 'TCP' }],
    endpoints: [...endpoints],
  };
  for (const { table } of hosts) table.set('default/web', service, [slice]);
  const namespaces = {
    node01: hosts[0]?.node.namespace,
    node02: hosts[1]?.node.namespace,
    pod01: hosts[0]?.client,
    pod02: hosts[1]?.client,
    base: outsider.namespace,
  };
  return (from: keyof typeof namespaces, address: string, port: number): string => {
    const namespace = namespaces[from];
    if (!namespace) throw new Error(from);
    const outcome = follow(namespace, address, port, 'tcp');
    return outcome.kind === 'reached' ? `${outcome.address} sees ${outcome.source}` : outcome.kind;
  };
}

const at = (
  node: 1 | 2,
  conditions: Endpoint['conditions'] = { ready: true },
  more: Partial<Endpoint> = {},
): Endpoint => ({
  addresses: [`10.244.${node}.2`],
  nodeName: `node0${node}`,
  conditions,
  ...more,
});
const LEAVING = { ready: false, serving: true, terminating: true };
const LOCAL: Partial<ServiceSpec> = { externalTrafficPolicy: 'Local' };
const INTERNAL: Partial<ServiceSpec> = { internalTrafficPolicy: 'Local' };

type From = 'node01' | 'node02' | 'pod01' | 'pod02' | 'base';
type Row = readonly [Partial<ServiceSpec>, readonly Endpoint[], From, string, number, string, ProxyMode?];

/** What kube-proxy v1.36 makes of each (pkg/proxy/iptables/proxier.go, topology.go). */
const ROWS: readonly Row[] = [
  [{}, [at(2)], 'pod01', CLUSTER, 80, '10.244.2.2 sees 10.244.1.9'],
  [{}, [at(2)], 'node01', CLUSTER, 80, '10.244.2.2 sees 172.30.1.3'],
  [{}, [at(2)], 'pod01', CLUSTER, 81, 'dropped'],
  [{}, [at(2)], 'pod01', CLUSTER, 81, 'refused', 'ipvs'],
  [{}, [at(2)], 'pod01', CLUSTER, 81, 'refused', 'nftables'],
  [{}, [at(2)], 'base', CLUSTER, 80, 'dropped'],
  [{}, [], 'pod01', CLUSTER, 80, 'refused'],
  [{}, [], 'base', '172.30.1.3', 30_080, 'refused'],
  [{}, [at(2)], 'base', '172.30.1.3', 30_080, '10.244.2.2 sees 172.30.1.3'],
  [{}, [at(2)], 'base', '172.30.1.4', 30_080, '10.244.2.2 sees 172.30.1.4'],
  [{}, [at(2)], 'node01', '127.0.0.1', 30_080, '10.244.2.2 sees 172.30.1.3'],
  [{}, [at(2)], 'node01', '127.0.0.1', 30_080, 'refused', 'nftables'],
  [{}, [at(2)], 'node01', '127.0.0.1', 30_080, 'refused', 'ipvs'],
  [{}, [at(2)], 'pod01', '127.0.0.1', 30_080, 'refused'],
  [{}, [at(2)], 'pod01', '172.30.1.3', 30_080, '10.244.2.2 sees 172.30.1.3'],
  [{}, [at(2)], 'pod01', '172.30.1.4', 30_080, '10.244.2.2 sees 172.30.1.4'],
  [{}, [at(2)], 'base', BALANCER, 80, '10.244.2.2 sees 172.30.1.3'],
  [{}, [at(2)], 'base', BALANCER, 81, 'dropped'],
  [{}, [at(2)], 'base', EXTERNAL, 80, '10.244.2.2 sees 172.30.1.3'],
  [{}, [at(2)], 'base', '172.30.1.201', 80, 'no-host'],
  [LOCAL, [at(1)], 'base', '172.30.1.3', 30_080, '10.244.1.2 sees 172.30.1.10'],
  [LOCAL, [at(2)], 'base', '172.30.1.3', 30_080, 'dropped'],
  [LOCAL, [at(2)], 'base', '172.30.1.3', 30_080, 'refused', 'ipvs'],
  [LOCAL, [at(2)], 'base', BALANCER, 80, 'dropped'],
  [LOCAL, [at(2)], 'node01', '172.30.1.3', 30_080, '10.244.2.2 sees 172.30.1.3'],
  [LOCAL, [at(2)], 'pod01', '172.30.1.3', 30_080, '10.244.2.2 sees 10.244.1.9'],
  [LOCAL, [at(2)], 'pod02', '172.30.1.3', 30_080, 'dropped'],
  [LOCAL, [at(2)], 'pod01', BALANCER, 80, '10.244.2.2 sees 10.244.1.9'],
  [LOCAL, [at(2)], 'pod01', CLUSTER, 80, '10.244.2.2 sees 10.244.1.9'],
  [LOCAL, [], 'base', '172.30.1.3', 30_080, 'refused'],
  [LOCAL, [at(1, LEAVING), at(2)], 'base', '172.30.1.3', 30_080, '10.244.1.2 sees 172.30.1.10'],
  [INTERNAL, [at(2)], 'pod01', CLUSTER, 80, 'dropped'],
  [INTERNAL, [at(2)], 'pod02', CLUSTER, 80, '10.244.2.2 sees 10.244.2.9'],
  [INTERNAL, [at(2)], 'base', '172.30.1.3', 30_080, '10.244.2.2 sees 172.30.1.3'],
  [INTERNAL, [], 'pod01', CLUSTER, 80, 'refused'],
  [{}, [at(1, LEAVING)], 'pod01', CLUSTER, 80, '10.244.1.2 sees 10.244.1.9'],
  [{}, [at(1, LEAVING), at(2)], 'pod01', CLUSTER, 80, '10.244.2.2 sees 10.244.1.9'],
  [{}, [at(1, { ready: false, serving: false, terminating: true })], 'pod01', CLUSTER, 80, 'refused'],
  [{}, [at(1, { ready: false, serving: false })], 'pod01', CLUSTER, 80, 'refused'],
  [{}, [at(1, { ready: true, serving: false })], 'pod02', CLUSTER, 80, '10.244.1.2 sees 10.244.2.9'],
  [{ loadBalancerSourceRanges: ['172.30.1.10/32'] }, [at(2)], 'base', BALANCER, 80, '10.244.2.2 sees 172.30.1.3'],
  [{ loadBalancerSourceRanges: ['10.0.0.0/8'] }, [at(2)], 'base', BALANCER, 80, 'dropped'],
  [{ loadBalancerSourceRanges: ['10.0.0.0/8'] }, [at(2)], 'base', '172.30.1.3', 30_080, '10.244.2.2 sees 172.30.1.3'],
  [{ loadBalancerSourceRanges: ['10.0.0.0/8'] }, [at(2)], 'pod01', BALANCER, 80, '10.244.2.2 sees 172.30.1.3'],
  [{ ports: [{ port: 80 }] }, [at(2)], 'base', '172.30.1.3', 30_080, 'refused'],
  [{ ports: [{ port: 80, name: 'http' }] }, [at(2)], 'pod01', CLUSTER, 80, 'refused'],
  [{ type: 'ExternalName' }, [at(2)], 'pod01', CLUSTER, 80, 'dropped'],
];

describe('where a first packet gets', () => {
  test.each(ROWS.map((row, index) => [index, ...row] as const))(
    '%i: %j %j from %s to %s:%i',
    (_, spec, endpoints, from, address, port, wanted, mode) => {
      expect(stage(spec, endpoints, mode)(from, address, port)).toBe(wanted);
    },
  );
});

describe('hints', () => {
  const zone = (name: string) => ({ hints: { forZones: [{ name }] } });
  const node = (name: string) => ({ hints: { forNodes: [{ name }], forZones: [{ name: 'a' }] } });
  test.each([
    ['of zones send to the own zone', [at(1, undefined, zone('a')), at(2, undefined, zone('b'))], ['10.244.2.2']],
    [
      'of other zones are ignored',
      [at(1, undefined, zone('a')), at(2, undefined, zone('c'))],
      ['10.244.1.2', '10.244.2.2'],
    ],
    ['that one endpoint lacks are ignored', [at(1), at(2, undefined, zone('b'))], ['10.244.1.2', '10.244.2.2']],
    [
      'of nodes come before those of zones',
      [at(1, undefined, node('node01')), at(2, undefined, node('node02'))],
      ['10.244.2.2'],
    ],
  ])('%s', (_, endpoints, wanted) => {
    const table = new ServiceTable({
      nodeName: 'node02',
      mode: 'iptables',
      addresses: [],
      clusterRanges: [],
      masqueradeAll: false,
      nodePortRanges: [],
      localhostNodePorts: true,
      scheduler: 'rr',
    });
    table.setZone('b');
    const service: Service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'default' },
      spec: { clusterIP: CLUSTER, ports: [{ port: 80 }] },
    };
    const slice: EndpointSlice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'web-1', namespace: 'default' },
      addressType: 'IPv4',
      ports: [{ name: '', port: 8080, protocol: 'TCP' }],
      endpoints,
    };
    table.set('default/web', service, [slice]);
    const found = table.lookup({ address: CLUSTER, port: 80, protocol: 'tcp', source: '10.244.1.9', own: false });
    expect(typeof found === 'object' ? found.backends.map(({ address }) => address) : found).toEqual(wanted);
  });
});

test('who has affinity comes back to the same endpoint, others may not', () => {
  const reach = stage({ sessionAffinity: 'ClientIP' }, [at(1), at(2)]);
  const of = (from: From) => new Set(Array.from({ length: 20 }, () => reach(from, CLUSTER, 80).split(' ')[0]));
  expect(of('pod01').size).toBe(1);
  expect(of('pod02').size).toBe(1);
  const free = stage({}, [at(1), at(2)]);
  expect(new Set(Array.from({ length: 20 }, () => free('pod01', CLUSTER, 80).split(' ')[0])).size).toBe(2);
});
