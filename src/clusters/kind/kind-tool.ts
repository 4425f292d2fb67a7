import { ClusterError } from '../port.js';
import { createFailure } from './create-failure.js';
import type { Engine } from './engine.js';
import { type KindStep, kindStep } from './kind-progress.js';
import { type Programs, textOf } from './programs.js';
import type { Tools } from './tools.js';

/** What a cluster is made of for kind. */
export interface CreateInput {
  readonly cluster: string;
  /** The configuration's text. */
  readonly config: string;
  readonly kubeconfig: string;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal | undefined;
  onStep(step: KindStep): void;
}

const PREFIX = 'kubedrill-';
const DELETE_SECONDS = 180;

/** The kind program, told which engine to use so that it finds the same one as we. */
export class KindTool {
  constructor(
    private readonly programs: Programs,
    private readonly path: string,
    private readonly engine: Pick<Engine, 'name'>,
  ) {}

  static of(programs: Programs, { kind, engine }: Pick<Tools, 'kind' | 'engine'>): KindTool {
    return new KindTool(programs, kind.path, engine);
  }

  /** Names of all kind clusters of this engine that are ours. Throws `ClusterError` in kind's words. */
  async ours(): Promise<readonly string[]> {
    const ran = await this.run(['get', 'clusters'], { timeoutSeconds: 60 });
    if (ran.code !== 0) throw new ClusterError(`kind cannot list its clusters: ${words(ran.stderr)}`);
    return textOf(ran)
      .split('\n')
      .map((line) => line.trim())
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => name.slice(PREFIX.length));
  }

  /**
   * Makes a cluster. Of one that failed kind takes the nodes away itself, but not where kind was ended: who asked deletes it.
   * Throws `ClusterError`; a port that was taken meanwhile is tried once more.
   */
  async create(input: CreateInput): Promise<void> {
    for (const last of [false, true]) {
      const failure = await this.tryCreate(input);
      if (!failure) return;
      if (input.signal?.aborted) throw new ClusterError('Making the cluster was given up.');
      if (last || !failure.again) throw new ClusterError(failure.says);
      await this.delete(input.cluster, input.kubeconfig);
    }
  }

  private async tryCreate({ cluster, config, kubeconfig, timeoutSeconds, signal, onStep }: CreateInput) {
    const lines: string[] = [];
    const ran = await this.run(['create', 'cluster', '--name', cluster, '--config', '-', '--kubeconfig', kubeconfig], {
      stdin: config,
      timeoutSeconds,
      signal,
      onLine: (line) => {
        lines.push(line);
        const step = kindStep(line);
        if (step) onStep(step);
      },
    });
    return ran.code === 0 ? undefined : createFailure(lines.join('\n'), ran.code === 124);
  }

  /** Deletes a cluster; one that is not there is no error. Throws `ClusterError` in kind's words where it refuses. */
  async delete(cluster: string, kubeconfig: string): Promise<void> {
    const ran = await this.run(['delete', 'cluster', '--name', cluster, '--kubeconfig', kubeconfig], {
      timeoutSeconds: DELETE_SECONDS,
    });
    if (ran.code === 124) throw new ClusterError(`kind did not delete ${cluster} within ${DELETE_SECONDS} seconds.`);
    if (ran.code !== 0) throw new ClusterError(`kind cannot delete ${cluster}: ${words(ran.stderr)}`);
  }

  /** Writes a cluster's kubeconfig anew: its port is another after the engine was started again. */
  async exportKubeconfig(cluster: string, kubeconfig: string): Promise<void> {
    const ran = await this.run(['export', 'kubeconfig', '--name', cluster, '--kubeconfig', kubeconfig], {
      timeoutSeconds: 60,
    });
    if (ran.code !== 0) throw new ClusterError(`kind gives no kubeconfig of ${cluster}: ${words(ran.stderr)}`);
  }

  private run(args: readonly string[], options: Parameters<Programs['run']>[2]) {
    return this.programs.run(this.path, args, {
      ...options,
      environment: { KIND_EXPERIMENTAL_PROVIDER: this.engine.name },
    });
  }
}

/** kind's refusal in one line: from its ERROR on, and what the engine said. */
function words(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^(?:using|enabling|Deleting) /.test(line));
  const from = Math.max(
    0,
    lines.findIndex((line) => line.startsWith('ERROR:')),
  );
  return lines
    .slice(from)
    .map((line) => line.replace(/^(?:ERROR|Command Output): ?/, '').trim())
    .filter((line) => line !== '')
    .join(': ');
}
