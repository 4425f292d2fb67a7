import { startProcess } from '../../../src/sim/kernel/boot.js';
import type { Bytes } from '../../../src/sim/kernel/bytes.js';
import type { Program, Sys } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { WaitQueue } from '../../../src/sim/kernel/wait.js';
import { coredns } from '../../../src/sim/network/dns/coredns.js';
import { TestNetwork } from '../../sim/programs/machine.js';
import { type CorednsCase, PORT } from './cases.js';
import { masked, type Recorded } from './masked.js';

const FOLDER = '/srv';

/** A machine that plays cases on our CoreDNS with our dig, one after the other. */
export class CorednsMachine {
  private readonly network = new TestNetwork(['server'], () => {}, undefined, [
    { name: 'coredns', paths: ['/usr/bin/coredns'], run: coredns },
  ]);

  play({ id, corefile, files = {}, ask = [] }: CorednsCase): Recorded {
    const { network } = this;
    const texts = { Corefile: corefile, ...files };
    const server = new Started(network, `${FOLDER}/Corefile`, texts);
    network.kernel.advance(3 * SECOND);
    network.rethrow();
    const started = server.told.length;
    const text = server.text();
    try {
      if (server.ended || !text.includes('linux/')) return { id, refused: masked(text, FOLDER) };
      const answers = ask.map((words) => {
        const args = ['/usr/bin/dig', '@127.0.0.1', '-p', `${PORT}`, ...words.split(' ')];
        const { out, err } = network.run('server', 'root', args);
        return masked(out + err, FOLDER);
      });
      network.kernel.advance(SECOND);
      const log = masked(server.text(started), FOLDER).split('\n');
      return { id, answers, log: log.filter((line) => line !== '' && !line.includes('HINFO')) };
    } finally {
      server.stop();
      network.kernel.advance(SECOND);
    }
  }
}

/** A CoreDNS that runs, and what it has said so far. */
class Started {
  readonly told: Bytes[] = [];
  ended = false;
  private readonly end = new WaitQueue();
  private stopping = false;

  constructor(network: TestNetwork, path: string, files: Readonly<Record<string, string>>) {
    const life = (sys: Sys): Waiting<number> => this.live(sys, path, files);
    startProcess(network.host('server').kernel, life as Program, ['keeper']);
  }

  text(from = 0): string {
    return Buffer.concat(this.told.slice(from)).toString('utf8');
  }

  stop(): void {
    this.stopping = true;
    this.end.wakeAll();
  }

  private *live(sys: Sys, path: string, files: Readonly<Record<string, string>>): Waiting<number> {
    for (const [name, text] of Object.entries(files))
      sys.writeFile(`${FOLDER}/${name}`, text.replaceAll('DIR', FOLDER), 0o644);
    const output = sys.pipe();
    const child = sys.spawn('/usr/bin/coredns', ['coredns', '-conf', path], {
      descriptors: new Map([
        [1, output.write],
        [2, output.write],
      ]),
      environment: new Map(),
    });
    sys.close(output.write);
    sys.thread(() => this.drain(sys, output.read));
    const { end } = this;
    const keeper = this;
    sys.thread(function* waitForEnd() {
      yield* sys.wait(child);
      keeper.ended = true;
      end.wakeAll();
    });
    while (!this.stopping && !this.ended) yield end;
    if (!this.ended) sys.kill(child, 'KILL');
    while (!this.ended) yield end;
    for (const name of Object.keys(files)) sys.unlink(`${FOLDER}/${name}`);
    return 0;
  }

  private *drain(sys: Sys, descriptor: number): Waiting<void> {
    for (;;) {
      const bytes = yield* sys.read(descriptor, 65_536);
      if (bytes.length === 0) return;
      this.told.push(bytes);
    }
  }
}
