import { Authority } from '../../../../src/sim/client/pki/authority.js';
import type { Host } from '../../../../src/sim/hosts/host.js';
import { startProcess } from '../../../../src/sim/kernel/boot.js';
import { etcdProgram } from '../../../../src/sim/store/etcd.js';
import { etcdutl } from '../../../../src/sim/store/etcdutl/etcdutl.js';
import { TestNetwork } from '../machine.js';

const NOW = Date.UTC(2026, 2, 1) * 1000;
const PKI = '/pki';

/** Files for a server, a client of its, and strangers. */
function putCertificates(host: Host): void {
  const put = (path: string, text: string) => host.files.put(path, text);
  const ca = new Authority('one', 'etcd/ca', { commonName: 'etcd-ca' }, NOW);
  const other = new Authority('two', 'other', { commonName: 'other-ca' }, NOW);
  put(`${PKI}/ca.crt`, ca.self.certificate());
  put(`${PKI}/other.crt`, other.self.certificate());
  for (const [name, authority] of [
    ['server', ca],
    ['client', ca],
    ['stranger', other],
  ] as const) {
    const leaf = authority.issue({
      name,
      subject: { commonName: name },
      usages: ['server', 'client'],
      addresses: ['127.0.0.1'],
      dnsNames: ['localhost'],
    });
    put(`${PKI}/${name}.crt`, leaf.certificate());
    put(`${PKI}/${name}.key`, leaf.privateKey());
  }
}

/** Starts a member on port 2379 with certificates, or another one. */
export function startMember(network: TestNetwork, dataDir: string, port = 2379): void {
  startProcess(
    network.host('controlplane').kernel,
    function* main(sys) {
      for (let descriptor = 0; descriptor < 3; descriptor += 1) sys.open('/dev/null', { read: true, write: true });
      sys.spawn('/usr/bin/etcd', [
        'etcd',
        '--name=controlplane',
        `--data-dir=${dataDir}`,
        `--listen-client-urls=https://127.0.0.1:${port}`,
        `--advertise-client-urls=https://127.0.0.1:${port}`,
        `--listen-peer-urls=http://127.0.0.1:${port + 1}`,
        `--initial-advertise-peer-urls=http://127.0.0.1:${port + 1}`,
        `--initial-cluster=controlplane=http://127.0.0.1:${port + 1}`,
        `--cert-file=${PKI}/server.crt`,
        `--key-file=${PKI}/server.key`,
        '--client-cert-auth=true',
        `--trusted-ca-file=${PKI}/ca.crt`,
      ]);
      yield* sys.wait('any');
      return 0;
    },
    ['starter'],
  );
}

/** One machine with a member of etcd that runs. */
export function machineWithEtcd(): TestNetwork {
  const etcd = { name: 'etcd', paths: ['/usr/bin/etcd'], run: etcdProgram({ start: 1000 }) };
  const network = new TestNetwork(['controlplane'], putCertificates, undefined, [etcd, etcdutl]);
  startMember(network, '/var/lib/etcd');
  network.kernel.advance(1_000_000);
  network.rethrow();
  return network;
}

/** Options that reach it. */
export const GOOD = [
  '--endpoints=https://127.0.0.1:2379',
  `--cacert=${PKI}/ca.crt`,
  `--cert=${PKI}/client.crt`,
  `--key=${PKI}/client.key`,
];
