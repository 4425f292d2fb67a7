import type { EndpointSlice } from '../src/sim/api/types/endpoints.js';
import type { Service } from '../src/sim/api/types/service.js';
import { ServiceTable } from '../src/sim/network/services/service-table.js';
import type { Benchmark } from './benchmark.js';
import { cpuMs } from './machine.js';

const FEW = 1000;
const MANY = 10_000;
const ASKED = 200;
const LOOKUPS = 1_000_000;
const MICROS_PER_MS = 1000;

const tables = new Map<number, ServiceTable>();

function addressOf(number: number): string {
  return `10.${96 + Math.floor(number / 65_536)}.${Math.floor(number / 256) % 256}.${number % 256}`;
}

/** A node's rules for so many services with two endpoints each. */
function tableOf(services: number): ServiceTable {
  const known = tables.get(services);
  if (known) return known;
  const table = new ServiceTable({
    nodeName: 'node01',
    mode: 'iptables',
    addresses: ['172.30.1.3'],
    clusterRanges: [],
    masqueradeAll: false,
    nodePortRanges: [],
    localhostNodePorts: true,
    scheduler: 'rr',
  });
  for (let number = 1; number <= services; number += 1) {
    const metadata = { namespace: 'default', name: `service-${number}` };
    const clusterIP = addressOf(number);
    const spec = { clusterIP, clusterIPs: [clusterIP], ports: [{ port: 80 }] };
    const service: Service = { apiVersion: 'v1', kind: 'Service', metadata, spec };
    const slice: EndpointSlice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata,
      addressType: 'IPv4',
      ports: [{ name: '', port: 8080, protocol: 'TCP' }],
      endpoints: [1, 2].map((last) => ({ addresses: [`10.244.${last}.${number % 250}`], conditions: { ready: true } })),
    };
    table.set(`default/${metadata.name}`, service, [slice]);
  }
  tables.set(services, table);
  return table;
}

/** What one lookup costs among so many services; some from all over the range are asked for in turn. */
function lookupMicros(services: number): number {
  const table = tableOf(services);
  const asked = Array.from({ length: ASKED }, (_, at) => addressOf(1 + at * Math.floor(services / ASKED)));
  const ask = (count: number): void => {
    for (let at = 0; at < count; at += 1) {
      const address = asked[at % ASKED] as string;
      const packet = { address, port: 80, protocol: 'tcp', source: '10.244.1.9', own: false } as const;
      if (typeof table.lookup(packet) !== 'object') throw new Error(`${address} has no rule`);
    }
  };
  ask(LOOKUPS / 10);
  const started = cpuMs();
  ask(LOOKUPS);
  return ((cpuMs() - started) * MICROS_PER_MS) / LOOKUPS;
}

/** Whether it costs more to find a service among many. */
export const serviceLookups: Benchmark = {
  name: `finding one of ${MANY} services`,
  unit: 'µs',
  against: { name: `one of ${FEW}`, measure: () => lookupMicros(FEW) },
  aimMax: 1.5,
  measure: () => lookupMicros(MANY),
};
