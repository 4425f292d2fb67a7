import { openSimCluster, type SimCluster } from '../../src/clusters/sim/sim-cluster.js';
import { EPOCH } from '../../src/labs/session/machine-options.js';
import { Typist } from '../../src/labs/session/play.js';
import { scriptSteps } from '../../src/labs/session/script.js';

const SECOND = 1_000_000;
/** Between two lines a person reads, and a cluster does what it was told. */
const READING_SECONDS = 8;
/** What never ends by itself, a watch say, is looked at for so long. */
const LINE_LIMIT = 240 * SECOND;
const HOST = 'controlplane';
const USER = 'candidate';
const SEQUENCES = /\x1b(?:\[[0-9;?]*[A-Za-z]|[=>]|\].*?(?:\x07|\x1b\\))/g;

/** One person's shell on a fresh cluster, in which a page of exercises is done one after another. */
export class Sitting {
  private readonly cluster: SimCluster;
  private readonly typist: Typist;
  private readonly shown: string[];

  private constructor(cluster: SimCluster, typist: Typist, shown: string[]) {
    this.cluster = cluster;
    this.typist = typist;
    this.shown = shown;
  }

  static async open(): Promise<Sitting> {
    const world = { base: 'three-node', addons: ['metrics-server'] } as const;
    const options = { world, seed: '1', salt: '', epoch: EPOCH, timing: 'brisk' } as const;
    const cluster = await openSimCluster(options, { thread: 'same' });
    const shown: string[] = [];
    const typist = await Typist.start(cluster, 1, {
      host: HOST,
      user: USER,
      columns: 200,
      echo: false,
      lineLimit: LINE_LIMIT,
      onOutput: (bytes) => shown.push(Buffer.from(bytes).toString('utf8')),
    });
    return new Sitting(cluster, typist, shown);
  }

  /** Types lines with a pause after each, and returns what the terminal showed meanwhile. */
  async type(lines: readonly string[]): Promise<string> {
    this.shown.length = 0;
    for (const step of scriptSteps(lines.join('\n'))) {
      await this.typist.type([step]);
      await this.cluster.wait(READING_SECONDS);
    }
    return this.shown.join('').replaceAll(SEQUENCES, '').replaceAll('\r', '');
  }

  /** What a command prints in a shell of its own. */
  async ask(command: string): Promise<string> {
    const { stdout, stderr } = await this.cluster.run(HOST, USER, ['bash', '-c', command]);
    return `${Buffer.from(stdout)}${Buffer.from(stderr)}`;
  }

  close(): Promise<void> {
    return this.cluster.close();
  }
}
