import type { ImageFile } from '../../../src/sim/api/container-image.js';
import { Host } from '../../../src/sim/hosts/host.js';
import { imagePrograms } from '../../../src/sim/images/programs.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import { executableImage } from '../../../src/sim/kernel/executable.js';
import { Kernel } from '../../../src/sim/kernel/kernel.js';
import type { ExitStatus, Program, Sys } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { type Waiting, WaitQueue } from '../../../src/sim/kernel/wait.js';
import { Fabric } from '../../../src/sim/network/fabric.js';
import { programs as installed } from '../../../src/sim/programs/register.js';
import { bash } from '../../../src/sim/shell/bash.js';
import { coreutils } from '../../../src/sim/shell/coreutils/index.js';
import { dash } from '../../../src/sim/shell/dash.js';

/** What a command printed and how it ended. */
export interface Ended {
  readonly out: string;
  readonly err: string;
  readonly status: ExitStatus | undefined;
}

/** A host with an image's files, on which the image's programs run without containers. */
export function oneHost(files: readonly ImageFile[], environment: Readonly<Record<string, string>> = {}) {
  const programs = new Map<string, Program>([
    ...Object.entries(coreutils),
    ...installed.map(({ name, run }) => [name, run] as const),
    ...Object.entries({ ...imagePrograms, bash, dash }),
  ]);
  const handshake = () => ({});
  const kernel = new Kernel({ epoch: Date.UTC(2026, 10, 21) * 1000, seed: '1', programs, handshake });
  const fabric = new Fabric({ now: () => kernel.now(), handshake, random: kernel.random.fork('net') });
  const network = fabric.addNode('box', ['10.0.0.2']);
  const host = new Host({
    kernel,
    name: 'box',
    network: network.namespace,
    layout(tree) {
      for (const { path, content, program, link, directory, mode, owner, group } of files) {
        const meta = {
          ...(mode === undefined ? {} : { mode }),
          ...(owner === undefined ? {} : { owner }),
          ...(group === undefined ? {} : { group }),
        };
        if (directory) tree.putDirectory(path, meta);
        else if (link !== undefined) tree.putLink(path, link);
        else tree.put(path, program === undefined ? (content ?? '') : executableImage(program), meta);
      }
      tree.put('/etc/hosts', '127.0.0.1 localhost\n10.0.0.2 box\n');
    },
  });
  const settle = (seconds: number) => {
    kernel.advance(seconds * SECOND);
    if (kernel.crashes.length > 0) throw kernel.crashes[0]?.error;
  };
  /** Begins a shell line as root; its output grows while time passes. */
  const start = (line: string, options: { input?: string; more?: Readonly<Record<string, string>> } = {}) => {
    const seen = { out: '', err: '', status: undefined as ExitStatus | undefined, pid: 0 };
    startProcess(
      host.kernel,
      function* init(sys) {
        for (const [name, value] of Object.entries({ ...environment, ...options.more }))
          sys.environment.set(name, value);
        const [input, output, problems] = [sys.pipe(), sys.pipe(), sys.pipe()];
        seen.pid = sys.spawn('/usr/bin/bash', ['bash', '-c', line], {
          descriptors: new Map([
            [0, input.read],
            [1, output.write],
            [2, problems.write],
          ]),
        });
        for (const end of [input.read, output.write, problems.write]) sys.close(end);
        const drained = new WaitQueue();
        let open = 2;
        const copy = (descriptor: number, add: (text: string) => void) =>
          sys.thread(function* () {
            yield* gather(sys, descriptor, add);
            open -= 1;
            drained.wakeAll();
          });
        copy(problems.read, (text) => (seen.err += text));
        copy(output.read, (text) => (seen.out += text));
        if (options.input) yield* sys.write(input.write, options.input);
        sys.close(input.write);
        const change = yield* sys.wait(seen.pid);
        if (change?.kind === 'exited') seen.status = change.status;
        while (open > 0) yield drained;
        return 0;
      },
      ['init'],
    );
    return seen;
  };
  return {
    kernel,
    host,
    start,
    settle,
    /** Runs a shell line to its end, at most some seconds long. */
    run(line: string, options: { input?: string; seconds?: number } = {}): Ended {
      const seen = start(line, options);
      settle(options.seconds ?? 1);
      return seen;
    },
  };
}

function* gather(sys: Sys, descriptor: number, add: (text: string) => void): Waiting<void> {
  for (;;) {
    const bytes = yield* sys.read(descriptor);
    if (bytes.length === 0) return;
    add(Buffer.from(bytes).toString('utf8'));
  }
}
