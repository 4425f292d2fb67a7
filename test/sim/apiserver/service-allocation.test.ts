import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { StatusError } from '../../../src/sim/api/status.js';
import type { Service, ServiceSpec } from '../../../src/sim/api/types/service.js';
import { type TestServer, testServer } from './harness.js';

const SERVICES = { group: '', version: 'v1', resource: 'services', kind: 'Service', namespaced: true };
const ADDRESSES = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ipaddresses',
  kind: 'IPAddress',
  namespaced: false,
};
const SINGLE = ['10.96.0.0/24'];
const DUAL = ['10.96.0.0/24', 'fd00:10:96::/112'];
const PORTS = [{ port: 80 }];

function create(server: TestServer, name: string, spec: Partial<ServiceSpec>): string {
  const object: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { ports: PORTS.map((port) => ({ ...port })), ...spec },
  };
  return said(() => server.run(server.client.create<Service>(SERVICES, object)));
}

/** What was allocated, or the server's words. */
function said(write: () => Service): string {
  try {
    const { spec } = write();
    const ports = (spec.ports ?? []).map(({ nodePort }) => nodePort ?? '-').join();
    return `${(spec.clusterIPs ?? []).join()} ${(spec.ipFamilies ?? []).join()} ${spec.ipFamilyPolicy ?? '-'} ${ports} ${spec.healthCheckNodePort ?? '-'}`;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error.message;
  }
}

function update(server: TestServer, name: string, change: (spec: ServiceSpec) => void): string {
  const object = structuredClone(server.run(server.client.get<Service>(SERVICES, name, 'default')));
  change(object.spec);
  return said(() => server.run(server.client.update<Service>(SERVICES, object)));
}

const refused = (name: string, why: string) => `Service "${name}" is invalid: ${why}`;
const V4 = '10\\.96\\.0\\.\\d+';
const V6 = 'fd00:10:96::[0-9a-f]+';

/** Ranges, what is asked, and the allocators' answer (core/service alloc.go of v1.36) as a pattern or exact words. */
const CREATED: readonly (readonly [readonly string[], Partial<ServiceSpec>, RegExp | string])[] = [
  [SINGLE, {}, new RegExp(`^${V4} IPv4 SingleStack - -$`)],
  [SINGLE, { clusterIP: 'None', selector: { a: 'b' } }, 'None IPv4 SingleStack - -'],
  [SINGLE, { clusterIP: 'None' }, 'None IPv4,IPv6 RequireDualStack - -'],
  [SINGLE, { clusterIP: '10.96.0.20' }, '10.96.0.20 IPv4 SingleStack - -'],
  [
    SINGLE,
    { clusterIP: '10.96.0.1' },
    refused(
      'new',
      'spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated',
    ),
  ],
  [
    SINGLE,
    { clusterIP: '10.97.0.1' },
    refused(
      'new',
      'spec.clusterIPs: Invalid value: ["10.97.0.1"]: failed to allocate IP 10.97.0.1: the provided network does not match the current range',
    ),
  ],
  [
    SINGLE,
    { clusterIP: '10.96.0.255' },
    refused(
      'new',
      'spec.clusterIPs: Invalid value: ["10.96.0.255"]: failed to allocate IP 10.96.0.255: the provided network does not match the current range',
    ),
  ],
  [
    SINGLE,
    { clusterIP: 'fd00::5' },
    refused('new', 'spec.clusterIPs[0]: Invalid value: ["fd00::5"]: IPv6 is not configured on this cluster'),
  ],
  [
    SINGLE,
    { ipFamilies: ['IPv6'] },
    refused('new', 'spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster'),
  ],
  [
    SINGLE,
    { ipFamilyPolicy: 'RequireDualStack' },
    refused(
      'new',
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    ),
  ],
  [SINGLE, { ipFamilyPolicy: 'PreferDualStack' }, new RegExp(`^${V4} IPv4 PreferDualStack - -$`)],
  [DUAL, {}, new RegExp(`^${V4} IPv4 SingleStack - -$`)],
  [DUAL, { ipFamilies: ['IPv6'] }, new RegExp(`^${V6} IPv6 SingleStack - -$`)],
  [DUAL, { ipFamilyPolicy: 'PreferDualStack' }, new RegExp(`^${V4},${V6} IPv4,IPv6 PreferDualStack - -$`)],
  [
    DUAL,
    { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv6'] },
    new RegExp(`^${V6},${V4} IPv6,IPv4 RequireDualStack - -$`),
  ],
  [DUAL, { clusterIP: 'fd00:10:96::5' }, 'fd00:10:96::5 IPv6 SingleStack - -'],
  [
    DUAL,
    { clusterIP: '10.96.0.30', clusterIPs: ['10.96.0.30', 'fd00:10:96::6'], ipFamilyPolicy: 'RequireDualStack' },
    '10.96.0.30,fd00:10:96::6 IPv4,IPv6 RequireDualStack - -',
  ],
  [
    DUAL,
    { clusterIP: '10.96.0.30', clusterIPs: ['10.96.0.30', 'fd00:10:96::6'] },
    refused(
      'new',
      "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified",
    ),
  ],
  [
    DUAL,
    { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'SingleStack' },
    refused(
      'new',
      "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified",
    ),
  ],
  [SINGLE, { type: 'NodePort' }, new RegExp(`^${V4} IPv4 SingleStack 3[0-2]\\d{3} -$`)],
  [SINGLE, { type: 'NodePort', ports: [{ port: 80, nodePort: 30_007 }] }, /SingleStack 30007 -$/],
  [
    SINGLE,
    { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
    refused(
      'new',
      'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ),
  ],
  [
    SINGLE,
    { type: 'NodePort', ports: [{ port: 80, nodePort: 30_001 }] },
    refused('new', 'spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated'),
  ],
  [
    SINGLE,
    {
      type: 'NodePort',
      ports: [
        { name: 'a', port: 53, protocol: 'UDP', nodePort: 30_053 },
        { name: 'b', port: 53 },
      ],
    },
    /SingleStack 30053,30053 -$/,
  ],
  [SINGLE, { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }, /SingleStack 3\d{4} 3\d{4}$/],
  [SINGLE, { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }, /SingleStack - -$/],
  [
    SINGLE,
    { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port: 80, nodePort: 30_001 }] },
    refused('new', 'spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated'),
  ],
  [
    SINGLE,
    { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 30_001 },
    'Internal error occurred: failed to allocate requested HealthCheck NodePort 30001: provided port is already allocated',
  ],
];

describe('what a new service is given', () => {
  test.each(CREATED.map((row, index) => [index, ...row] as const))('%i: in %j %j', (_, serviceRanges, spec, wanted) => {
    const server = testServer({ serviceRanges });
    create(server, 'first', { clusterIP: '10.96.0.1', type: 'NodePort', ports: [{ port: 80, nodePort: 30_001 }] });
    const found = create(server, 'new', spec);
    if (typeof wanted === 'string') expect(found).toBe(wanted);
    else expect(found).toMatch(wanted);
  });

  test('until a range is full', () => {
    const server = testServer({ serviceRanges: ['10.96.0.0/30'], nodePortRange: [30_000, 30_002] });
    expect(create(server, 'a', {})).toMatch(/^10\.96\.0\.[12] /);
    expect(create(server, 'b', {})).toMatch(/^10\.96\.0\.[12] /);
    const full = 'Internal error occurred: failed to allocate a serviceIP for Service "c": range is full';
    expect(create(server, 'c', {})).toBe(full);
    server.run(server.client.delete(SERVICES, 'a', 'default'));
    expect(
      create(server, 'c', {
        type: 'NodePort',
        ports: [
          { name: 'a', port: 1 },
          { name: 'b', port: 2 },
          { name: 'c', port: 3 },
        ],
      }),
    ).toMatch(/3000\d,3000\d,3000\d/);
    server.run(server.client.delete(SERVICES, 'b', 'default'));
    expect(create(server, 'd', { type: 'NodePort' })).toBe(
      'Internal error occurred: failed to allocate a nodePort: range is full',
    );
  });
});

describe('what a change gives back and takes', () => {
  const free = (server: TestServer, address: string, nodePort: number) =>
    create(server, 'next', { clusterIP: address, type: 'NodePort', ports: [{ port: 80, nodePort }] });

  test('an ExternalName keeps neither address nor port', () => {
    const server = testServer({ serviceRanges: SINGLE });
    create(server, 'web', { clusterIP: '10.96.0.9', type: 'NodePort', ports: [{ port: 80, nodePort: 30_009 }] });
    expect(update(server, 'web', (spec) => Object.assign(spec, { type: 'ExternalName', externalName: 'a.b' }))).toBe(
      '  - - -',
    );
    expect(free(server, '10.96.0.9', 30_009)).toBe('10.96.0.9 IPv4 SingleStack 30009 -');
  });

  test('a ClusterIP keeps its address alone', () => {
    const server = testServer({ serviceRanges: SINGLE });
    create(server, 'web', { clusterIP: '10.96.0.9', type: 'NodePort', ports: [{ port: 80, nodePort: 30_009 }] });
    expect(update(server, 'web', (spec) => Object.assign(spec, { type: 'ClusterIP' }))).toBe(
      '10.96.0.9 IPv4 SingleStack - -',
    );
    expect(free(server, '10.96.0.8', 30_009)).toBe('10.96.0.8 IPv4 SingleStack 30009 -');
    expect(update(server, 'web', (spec) => Object.assign(spec, { type: 'NodePort' }))).toMatch(/ 3\d{4} -$/);
  });

  test('a service becomes dual-stack and single-stack again', () => {
    const server = testServer({ serviceRanges: DUAL });
    create(server, 'web', { clusterIP: '10.96.0.9' });
    expect(update(server, 'web', (spec) => Object.assign(spec, { ipFamilyPolicy: 'PreferDualStack' }))).toMatch(
      new RegExp(`^10\\.96\\.0\\.9,${V6} IPv4,IPv6 PreferDualStack`),
    );
    const taken = server.run(server.client.list(ADDRESSES)).items.map(({ metadata }: KubeObject) => metadata.name);
    expect(taken).toHaveLength(2);
    expect(update(server, 'web', (spec) => Object.assign(spec, { clusterIPs: ['10.96.0.9'] }))).toBe(
      refused(
        'web',
        'spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be \'SingleStack\' to release the secondary cluster IP',
      ),
    );
    expect(update(server, 'web', (spec) => Object.assign(spec, { ipFamilyPolicy: 'SingleStack' }))).toBe(
      '10.96.0.9 IPv4 SingleStack - -',
    );
    expect(server.run(server.client.list(ADDRESSES)).items.map(({ metadata }: KubeObject) => metadata.name)).toEqual([
      '10.96.0.9',
    ]);
  });

  test('an address is an IPAddress, and one made by hand is taken', () => {
    const server = testServer({ serviceRanges: SINGLE });
    create(server, 'web', { clusterIP: '10.96.0.9' });
    const [own] = server.run(server.client.list(ADDRESSES)).items as (KubeObject & { spec: object })[];
    expect(own?.spec).toEqual({ parentRef: { resource: 'services', namespace: 'default', name: 'web' } });
    expect(own?.metadata.labels).toEqual({
      'ipaddress.kubernetes.io/ip-family': 'IPv4',
      'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
    });
    const spec = { parentRef: { group: '', resource: 'services', namespace: 'default', name: 'other' } };
    server.run(
      server.client.create(ADDRESSES, {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IPAddress',
        metadata: { name: '10.96.0.7' },
        spec,
      }),
    );
    expect(create(server, 'new', { clusterIP: '10.96.0.7' })).toContain('provided IP is already allocated');
    server.run(server.client.delete(SERVICES, 'web', 'default'));
    expect(server.run(server.client.list(ADDRESSES)).items.map(({ metadata }: KubeObject) => metadata.name)).toEqual([
      '10.96.0.7',
    ]);
  });
});
