import type { Host } from '../../../src/sim/hosts/host.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import { executableImage } from '../../../src/sim/kernel/executable.js';
import type { DnsAnswer, DnsQuestion, DnsRecord, ListenSpec, RequestHandler } from '../../../src/sim/kernel/network.js';
import type { Program } from '../../../src/sim/kernel/sys.js';
import { WaitQueue } from '../../../src/sim/kernel/wait.js';
import { programs } from '../../../src/sim/programs/register.js';
import { TestNetwork } from './machine.js';

const ROOT = { uid: 0, gid: 0, groups: [] };

/** What the name server of these tests knows; names that start with `fail`, `refuse` and `slow` go wrong so. */
const ZONE: Readonly<Record<string, readonly [DnsQuestion['type'], string][]>> = {
  'web.default.svc.cluster.local': [['A', '10.96.3.4']],
  'one.example.com': [
    ['A', '1.2.3.4'],
    ['A', '1.2.3.5'],
    ['AAAA', '2001:db8::1'],
  ],
  'alias.example.com': [['CNAME', 'one.example.com.']],
  '4.3.96.10.in-addr.arpa': [['PTR', 'web.default.svc.cluster.local.']],
};

function* answer({ name, type }: DnsQuestion): Generator<{ until: number } | WaitQueue, DnsAnswer, void> {
  const key = name.replace(/\.$/, '').toLowerCase();
  if (key.startsWith('fail')) return { code: 'SERVFAIL', authoritative: true, records: [] };
  if (key.startsWith('refuse')) return { code: 'REFUSED', authoritative: true, records: [] };
  const records: DnsRecord[] = [];
  let owner = key;
  const [alias] = ZONE[key] ?? [];
  if (alias?.[0] === 'CNAME') {
    records.push({ name: `${key}.`, type: 'CNAME', ttl: 30, data: alias[1] });
    owner = alias[1].replace(/\.$/, '');
  }
  for (const [kind, data] of ZONE[owner] ?? []) {
    if (kind === type) records.push({ name: `${owner}.`, type, ttl: 30, data });
  }
  return { code: ZONE[key] ? 'NOERROR' : 'NXDOMAIN', authoritative: true, records };
}

/** A name server's handler. */
const nameServer: RequestHandler = function* nameServer(message) {
  if (message.kind !== 'dns') throw new Error('not DNS');
  return { kind: 'dns-answer', ...(yield* answer(message.question)) };
};

/** Holds a socket for ever. */
export function listen(network: TestNetwork, name: string, spec: ListenSpec): void {
  const program: Program = function* program(sys) {
    sys.listen(spec);
    for (;;) yield new WaitQueue();
  };
  startProcess(network.host(name).kernel, program, ['daemon']);
  network.kernel.advance(1000);
}

/** busybox as containers have it: applets in a /bin of its own. */
function putApplets(host: Host): void {
  host.files.unlink('/bin', ROOT);
  host.files.makeDirectory('/bin', 0o755, ROOT);
  for (const { name } of programs) host.files.put(`/bin/${name}`, executableImage(name), { mode: 0o755 });
}

/** Two machines: `host` with Debian's programs, `pod` with busybox's applets in /bin; a name server on `host`. */
export function twoMachines(
  resolver = 'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 192.168.1.10\noptions ndots:5\n',
): TestNetwork {
  const network = new TestNetwork(['host', 'pod'], (host) => {
    if (host.name === 'pod') putApplets(host);
  });
  for (const host of network.hosts.values()) host.files.put('/etc/resolv.conf', resolver);
  listen(network, 'host', { port: 53, protocol: 'udp', application: 'dns', handler: nameServer });
  return network;
}
