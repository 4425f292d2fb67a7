import { handshake } from '../../../../src/sim/client/tls/handshake.js';
import { Host } from '../../../../src/sim/hosts/host.js';
import { startProcess } from '../../../../src/sim/kernel/boot.js';
import type { Bytes } from '../../../../src/sim/kernel/bytes.js';
import { executableImage } from '../../../../src/sim/kernel/executable.js';
import { Kernel } from '../../../../src/sim/kernel/kernel.js';
import type { Program, Sys } from '../../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../../src/sim/kernel/wait.js';
import { kubectl } from '../../../../src/sim/kubectl/kubectl.js';
import { Fabric } from '../../../../src/sim/network/fabric.js';
import { type Answer, comparable } from './answer.js';
import type { Tree } from './tree.js';

/** Builds trees with the simulated kubectl, each in a directory of its own. */
export class SimulatedKustomize {
  private readonly kernel: Kernel;
  private readonly host: Host;
  private count = 0;

  constructor() {
    const kernel = new Kernel({
      handshake,
      epoch: Date.UTC(2026, 0, 1) * 1000,
      seed: '1',
      programs: new Map<string, Program>([['kubectl', kubectl]]),
    });
    const fabric = new Fabric({ now: () => kernel.now(), handshake, random: kernel.random.fork('network') });
    const { namespace } = fabric.addNode('controlplane', ['172.30.1.2']);
    this.kernel = kernel;
    this.host = new Host({
      kernel,
      name: 'controlplane',
      network: namespace,
      layout: (files) => files.put('/usr/bin/kubectl', executableImage('kubectl'), { mode: 0o755 }),
    });
  }

  build(tree: Tree): Answer {
    const root = `/trees/${++this.count}`;
    for (const [path, text] of Object.entries(tree.files)) this.host.files.put(`${root}/${path}`, text);
    const out: Bytes[] = [];
    const err: Bytes[] = [];
    let code: number | undefined;
    startProcess(
      this.host.kernel,
      function* (sys) {
        for (const [path, target] of Object.entries(tree.links ?? {})) sys.symlink(target, `${root}/${path}`);
        sys.changeDirectory(root);
        const pipes = [sys.pipe(), sys.pipe()] as const;
        const descriptors = new Map([
          [1, pipes[0].write],
          [2, pipes[1].write],
        ]);
        sys.thread(() => drain(sys, pipes[0].read, out));
        sys.thread(() => drain(sys, pipes[1].read, err));
        const args = ['kubectl', 'kustomize', ...(tree.args ?? ['.'])];
        const pid = sys.spawn('/usr/bin/kubectl', args, { descriptors });
        for (const { write } of pipes) sys.close(write);
        const change = yield* sys.wait(pid);
        yield* sys.sleep(SECOND / 100);
        code = change?.kind === 'exited' && 'code' in change.status ? change.status.code : 128;
        return 0;
      },
      ['init'],
    );
    this.kernel.advanceUntil(() => code !== undefined || this.kernel.crashes.length > 0, 60 * SECOND);
    const [crash] = this.kernel.crashes;
    if (crash) throw crash.error;
    const text = (chunks: readonly Bytes[]): string => Buffer.concat(chunks).toString('utf8');
    return comparable({ stdout: text(out), stderr: text(err), code: code ?? -1 }, root);
  }
}

function* drain(sys: Sys, descriptor: number, chunks: Bytes[]): Waiting<void> {
  for (;;) {
    const chunk = yield* sys.read(descriptor);
    if (chunk.length === 0) return;
    chunks.push(chunk.slice());
  }
}
