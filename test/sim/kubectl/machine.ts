import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { createHandler, type Handler } from '../../../src/sim/apiserver/handler.js';
import { createClient } from '../../../src/sim/client/create-client.js';
import { handshake } from '../../../src/sim/client/tls/handshake.js';
import { connectTransport } from '../../../src/sim/client/transport.js';
import { Host } from '../../../src/sim/hosts/host.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import type { Bytes } from '../../../src/sim/kernel/bytes.js';
import { executableImage } from '../../../src/sim/kernel/executable.js';
import { Kernel } from '../../../src/sim/kernel/kernel.js';
import type { Program, Sys } from '../../../src/sim/kernel/sys.js';
import { type Micros, SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { kubectl } from '../../../src/sim/kubectl/kubectl.js';
import { Fabric } from '../../../src/sim/network/fabric.js';
import { bash } from '../../../src/sim/shell/bash.js';
import { coreutils } from '../../../src/sim/shell/coreutils/index.js';
import { testServer } from '../apiserver/harness.js';
import { node } from '../controllers/simulation.js';
import { runKubelets } from '../controllers/test-kubelet.js';
import { startControllers } from './controllers.js';

/** What a command line wrote and how it ended. */
export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

export const HOME = '/root';
const ADDRESS = '172.30.1.2';
const CONFIG = `apiVersion: v1
clusters:
- cluster:
    server: http://${ADDRESS}:6443
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: kubernetes-admin
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
kind: Config
preferences: {}
users:
- name: kubernetes-admin
  user:
    token: admin
`;
const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['PATH', '/usr/bin:/bin'],
  ['LC_ALL', 'C.UTF-8'],
  ['TZ', 'UTC0'],
  ['HOME', HOME],
  ['KUBECONFIG', `${HOME}/config`],
];

/** A host with bash, coreutils and kubectl, beside an API server with controllers and stand-in kubelets on two nodes. */
export class KubectlMachine {
  readonly kernel: Kernel;
  readonly handler: Handler;
  readonly host: Host;
  private readonly server: ReturnType<typeof testServer>;

  constructor(epoch: Micros = Date.UTC(2026, 0, 1) * 1000, more: Readonly<Record<string, Program>> = {}) {
    const programs = new Map<string, Program>([
      ...Object.entries(coreutils),
      ...Object.entries(more),
      ['bash', bash],
      ['kubectl', kubectl],
    ]);
    const kernel = new Kernel({ epoch, seed: '1', programs, handshake });
    this.kernel = kernel;
    const fabric = new Fabric({ now: () => kernel.now(), handshake, random: kernel.random.fork('network') });
    const { namespace } = fabric.addNode('controlplane', [ADDRESS]);
    this.host = new Host({
      kernel,
      name: 'controlplane',
      network: namespace,
      layout: (files) => layOut(files, [...programs.keys()]),
    });
    this.server = testServer({ now: () => kernel.now(), requestCost: 1500, admission: admissionChain([], []) });
    this.handler = createHandler(this.server.parts);
    this.serve();
    this.prepare();
  }

  /** Lets time pass. Throws what a crashed program threw. */
  advance(span: Micros): void {
    this.kernel.advance(span);
    const crash = this.kernel.crashes[0];
    if (crash) throw crash.error;
  }

  /** Runs a line of bash in the home directory and lets everything it started settle. */
  shell(line: string, input = '', span: Micros = 120 * SECOND): Outcome {
    const out: Bytes[] = [];
    const err: Bytes[] = [];
    let code: number | undefined;
    startProcess(
      this.host.kernel,
      function* (sys) {
        sys.changeDirectory(HOME);
        sys.writeFile('/tmp/input', input);
        const from = sys.open('/tmp/input', { read: true });
        const outPipe = sys.pipe();
        const errPipe = sys.pipe();
        const descriptors = new Map([
          [0, from],
          [1, outPipe.write],
          [2, errPipe.write],
        ]);
        sys.thread(() => drain(sys, outPipe.read, out));
        sys.thread(() => drain(sys, errPipe.read, err));
        const pid = sys.spawn('/bin/bash', ['bash', '-c', line], { descriptors });
        sys.close(outPipe.write);
        sys.close(errPipe.write);
        const change = yield* sys.wait(pid);
        yield* sys.sleep(SECOND / 100);
        if (change?.kind === 'exited') code = 'code' in change.status ? change.status.code : 128;
        return 0;
      },
      ['init'],
      ENVIRONMENT,
    );
    this.kernel.advanceUntil(() => code !== undefined || this.kernel.crashes.length > 0, span);
    this.advance(0);
    const text = (chunks: readonly Bytes[]): string => Buffer.concat(chunks).toString('utf8');
    return { out: text(out), err: text(err), code: code ?? -1 };
  }

  /** Puts files into the home directory. */
  put(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) this.host.files.put(`${HOME}/${name}`, text);
  }

  private serve(): void {
    const { handler, host } = this;
    startProcess(
      host.kernel,
      function* (sys) {
        sys.listen({
          address: ADDRESS,
          port: 6443,
          application: 'http',
          handler: function* (message, peer) {
            if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: {} };
            return { kind: 'http-response', ...(yield* handler(message, peer)) };
          },
        });
        for (;;) yield {};
      },
      ['kube-apiserver'],
    );
  }

  private prepare(): void {
    const { run, client } = this.server;
    const type = { group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace', namespaced: false };
    for (const name of ['default', 'kube-system', 'kube-node-lease', 'kube-public']) {
      run(client.create(type, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
    }
    const nodes = { group: '', version: 'v1', resource: 'nodes', kind: 'Node', namespaced: false };
    for (const name of ['node01', 'node02']) run(client.create(nodes, node(name)));
    startProcess(
      this.host.kernel,
      function* (sys) {
        const near = createClient(connectTransport(sys, { server: `http://${ADDRESS}:6443` }), {
          userAgent: 'machine/v1',
        });
        runKubelets(sys, near, new Set());
        startControllers(sys, near);
        for (;;) yield {};
      },
      ['kube-controller-manager'],
    );
    this.advance(5 * SECOND);
  }
}

function layOut(files: Host['files'], programs: readonly string[]): void {
  for (const name of programs) files.put(`/usr/bin/${name}`, executableImage(name), { mode: 0o755 });
  for (const path of ['/usr/bin/sh', '/bin/bash', '/bin/sh']) files.put(path, executableImage('bash'), { mode: 0o755 });
  files.put('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\n');
  files.put('/etc/hosts', '127.0.0.1 localhost\n');
  files.putDirectory('/tmp', { mode: 0o1777 });
  files.put(`${HOME}/config`, CONFIG);
}

function* drain(sys: Sys, descriptor: number, chunks: Bytes[]): Waiting<void> {
  for (;;) {
    const chunk = yield* sys.read(descriptor);
    if (chunk.length === 0) return;
    chunks.push(chunk.slice());
  }
}
