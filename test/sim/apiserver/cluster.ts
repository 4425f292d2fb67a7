import { kubeApiserver } from '../../../src/sim/apiserver/kube-apiserver.js';
import { type ClusterPki, createPki } from '../../../src/sim/client/pki/kubeadm-pki.js';
import { handshake } from '../../../src/sim/client/tls/handshake.js';
import { Host } from '../../../src/sim/hosts/host.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import { decodeText } from '../../../src/sim/kernel/bytes.js';
import { Kernel } from '../../../src/sim/kernel/kernel.js';
import type { Process } from '../../../src/sim/kernel/process.js';
import type { Program, Sys } from '../../../src/sim/kernel/sys.js';
import { type Micros, SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { Fabric } from '../../../src/sim/network/fabric.js';
import { etcd } from '../../../src/sim/store/etcd.js';

export const ADDRESS = '172.30.1.2';
const EPOCH = Date.UTC(2026, 0, 1) * 1000;
const PKI = '/etc/kubernetes/pki';

export const ETCD_FLAGS = [
  '--name=controlplane',
  '--data-dir=/var/lib/etcd',
  `--listen-client-urls=https://127.0.0.1:2379,https://${ADDRESS}:2379`,
  `--advertise-client-urls=https://${ADDRESS}:2379`,
  `--listen-peer-urls=https://${ADDRESS}:2380`,
  `--initial-advertise-peer-urls=https://${ADDRESS}:2380`,
  `--initial-cluster=controlplane=https://${ADDRESS}:2380`,
  '--listen-metrics-urls=http://127.0.0.1:2381',
  `--cert-file=${PKI}/etcd/server.crt`,
  `--key-file=${PKI}/etcd/server.key`,
  `--trusted-ca-file=${PKI}/etcd/ca.crt`,
  '--client-cert-auth=true',
  `--peer-cert-file=${PKI}/etcd/peer.crt`,
  `--peer-key-file=${PKI}/etcd/peer.key`,
  `--peer-trusted-ca-file=${PKI}/etcd/ca.crt`,
  '--peer-client-cert-auth=true',
  '--snapshot-count=10000',
];

export const APISERVER_FLAGS = [
  `--advertise-address=${ADDRESS}`,
  '--allow-privileged=true',
  '--authorization-mode=Node,RBAC',
  `--client-ca-file=${PKI}/ca.crt`,
  '--enable-admission-plugins=NodeRestriction',
  '--etcd-servers=https://127.0.0.1:2379',
  `--etcd-cafile=${PKI}/etcd/ca.crt`,
  `--etcd-certfile=${PKI}/apiserver-etcd-client.crt`,
  `--etcd-keyfile=${PKI}/apiserver-etcd-client.key`,
  `--kubelet-client-certificate=${PKI}/apiserver-kubelet-client.crt`,
  `--kubelet-client-key=${PKI}/apiserver-kubelet-client.key`,
  '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
  '--secure-port=6443',
  '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
  `--service-account-key-file=${PKI}/sa.pub`,
  `--service-account-signing-key-file=${PKI}/sa.key`,
  '--service-cluster-ip-range=10.96.0.0/12',
  `--tls-cert-file=${PKI}/apiserver.crt`,
  `--tls-private-key-file=${PKI}/apiserver.key`,
];

/** A process that runs on the test's host, with what it wrote. */
export interface Running {
  readonly process: Process;
  output(): string;
  kill(signal: 'KILL' | 'TERM'): void;
  /** Exit status once it ended. */
  status(): number | undefined;
}

/** One host with etcd's and the server's files, nothing running yet. */
export class TestCluster {
  readonly kernel = new Kernel({ epoch: EPOCH, seed: 'test', programs: new Map(), handshake });
  readonly pki: ClusterPki = createPki({
    secret: 'test',
    now: EPOCH,
    controlPlaneName: 'controlplane',
    controlPlaneAddress: ADDRESS,
    serviceAddress: '10.96.0.1',
  });
  readonly host: Host;
  private files = 0;

  constructor() {
    const { kernel } = this;
    const fabric = new Fabric({ now: () => kernel.now(), handshake, random: kernel.random.fork('network') });
    const node = fabric.addNode('controlplane', [ADDRESS]);
    this.host = new Host({ kernel, name: 'controlplane', network: node.namespace, layout: () => {} });
    this.script(function* (sys) {
      for (const path of ['/etc', '/etc/kubernetes', PKI, `${PKI}/etcd`, '/var', '/var/lib', '/tmp'])
        makeDirectory(sys, path);
      sys.writeFile('/etc/hosts', '127.0.0.1 localhost\n172.30.1.2 controlplane\n');
    });
    this.script((sys) => this.writePki(sys));
  }

  private *writePki(sys: Sys): Waiting<void> {
    for (const file of this.pki.files) sys.writeFile(`${PKI}/${file.path}`, file.read(), file.mode);
  }

  /** Lets time pass. */
  advance(span: Micros): void {
    this.kernel.advance(span);
    const crash = this.kernel.crashes[0];
    if (crash) throw crash.error;
  }

  /** Starts a program; its standard output and error go to a file that `output` reads. */
  start(program: Program, args: readonly string[]): Running {
    this.files += 1;
    const path = `/tmp/out${this.files}`;
    let status: number | undefined;
    const process = startProcess(
      this.host.kernel,
      function* run(sys) {
        const descriptor = sys.open(path, { write: true, create: true, append: true }, 0o644);
        for (const to of [1, 2]) if (to !== descriptor) sys.duplicate(descriptor, { exactly: to });
        status = yield* program(sys);
        return status;
      },
      args,
    );
    return {
      process,
      kill: (signal) => {
        this.script(function* (sys) {
          sys.kill(process.pid, signal);
        });
        this.advance(SECOND);
      },
      status: () => status,
      output: () => {
        let text = '';
        this.script(function* (sys) {
          text = decodeText(sys.readFile(path));
        });
        return text;
      },
    };
  }

  startEtcd(flags: readonly string[] = ETCD_FLAGS): Running {
    return this.start(etcd, ['etcd', ...flags]);
  }

  startApiserver(flags: readonly string[] = APISERVER_FLAGS): Running {
    return this.start(kubeApiserver, ['kube-apiserver', ...flags]);
  }

  /** Both, up and serving. */
  startBoth(): { etcd: Running; apiserver: Running } {
    const etcd = this.startEtcd();
    const apiserver = this.startApiserver();
    this.advance(5 * SECOND);
    return { etcd, apiserver };
  }

  /** Runs a step in a process of its own and gives what it returns or throws what it throws. */
  script<T>(step: (sys: Sys) => Waiting<T>, patience: Micros = 120 * SECOND): T {
    let result: { value: T } | undefined;
    let failure: { error: unknown } | undefined;
    startProcess(
      this.host.kernel,
      function* run(sys) {
        try {
          result = { value: yield* step(sys) };
        } catch (error) {
          failure = { error };
        }
        return 0;
      },
      ['script'],
    );
    for (let waited = 0; !result && !failure && waited < patience; waited += SECOND / 10) this.advance(SECOND / 10);
    if (failure) throw failure.error;
    if (!result) throw new Error('the script did not come to its end');
    return result.value;
  }
}

function makeDirectory(sys: Sys, path: string): void {
  try {
    sys.makeDirectory(path, 0o755);
  } catch {
    // There already.
  }
}
