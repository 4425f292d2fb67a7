import { tmpdir } from 'node:os';
import type { ApiRequest, ApiResponse, Capability } from '../../../src/clusters/port.js';
import type { OpenHow, OwnShell, Played, RealCluster, RealSource } from '../../../src/clusters/real/real-cluster.js';

/** A bash that knows nothing of the person whose it is. */
export const PLAIN_BASH: OwnShell = {
  command: 'bash',
  args: ['--norc', '--noprofile', '-i'],
  environment: { KUBECONFIG: '/nowhere/kubeconfig', PS1: 'me@here:~$ ', HISTFILE: '' },
  folder: tmpdir(),
};

const NOT_FOUND: ApiResponse = {
  status: 404,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404 },
};

export interface StandInWishes {
  readonly capabilities?: readonly Capability[];
  readonly shell?: OwnShell;
  /** Answers requests; nothing is there unless said. */
  readonly answer?: (request: ApiRequest) => ApiResponse;
  /** What `restore` could not put back. */
  readonly left?: readonly string[];
  /** Why nothing could be put back at all. */
  readonly unrestorable?: string;
  readonly setUp?: (how: OpenHow) => Promise<void>;
  readonly play?: (played: Played) => Promise<void>;
  /** Why answers cannot be looked at, asked each time. */
  readonly refusalOfAnswers?: () => string | undefined;
  readonly takesUp?: boolean;
  /** The folder for answers. */
  readonly answers?: string;
  /** Commands on hosts succeed in silence, unless this throws. */
  readonly runs?: true | (() => void);
  /** Lets its time pass. */
  readonly wait?: () => Promise<void>;
  /** Asked while it is made. */
  readonly question?: string;
  /** What is asked would do away with the person's own work. */
  readonly about?: 'own-work';
}

const CAN: readonly Capability[] = ['containers', 'expendable', 'nodes', 'policy-enforcement', 'scripts'];

/** A source of real clusters that has none: it notes what is done with them. */
export class StandInSource implements RealSource {
  readonly name = 'kind';
  readonly done: string[] = [];
  readonly takeUp?: NonNullable<RealSource['takeUp']>;
  private readonly wishes: StandInWishes;

  constructor(wishes: StandInWishes = {}) {
    this.wishes = wishes;
    if (wishes.takesUp === undefined) return;
    this.takeUp = async (attempt) => {
      this.done.push(`take up ${attempt}`);
      return wishes.takesUp ? this.cluster() : undefined;
    };
  }

  async capabilities(): Promise<ReadonlySet<Capability>> {
    this.done.push('capabilities');
    return new Set(this.wishes.capabilities ?? CAN);
  }

  async open(_: unknown, how: OpenHow): Promise<RealCluster> {
    this.done.push('open');
    how.onStep({ says: 'creating the node', number: 1, of: 3 });
    const { question, about } = this.wishes;
    if (question !== undefined && !(await how.confirm(question, about))) throw new Error('not confirmed');
    return this.cluster();
  }

  private cluster(): RealCluster {
    const { done, wishes } = this;
    const nothing = async (): Promise<never> => {
      throw new Error('not asked for here');
    };
    return {
      capabilities: new Set(wishes.capabilities ?? CAN),
      place: {
        host: 'kd',
        hosts: { controlplane: 'kd', node01: 'kd-node1' },
        answers: wishes.answers ?? '/tmp/answers',
      },
      shell: wishes.shell ?? PLAIN_BASH,
      notes: [],
      hosts: async () => [],
      now: async () => Date.now() * 1000,
      request: async (request) => wishes.answer?.(request) ?? NOT_FOUND,
      exec: nothing,
      run: wishes.runs
        ? async () => {
            if (wishes.runs !== true) wishes.runs?.();
            return { code: 0, stdout: '', stderr: '' };
          }
        : nothing,
      refusalOfAnswers: () => wishes.refusalOfAnswers?.(),
      file: async () => undefined,
      directory: async () => undefined,
      watch: async () => () => {},
      wait: wishes.wait ?? (async () => {}),
      settle: async (_seconds, namespaces) => {
        done.push(['settle', ...(namespaces ?? [])].join(' '));
        return true;
      },
      openTerminal: nothing,
      setUp: async (_world, how) => {
        done.push('set up');
        how.onStep({ says: 'applying the lab’s objects', number: 2, of: 3 });
        await wishes.setUp?.(how);
      },
      play: async (played) => {
        done.push(`play ${played.texts.length}`);
        await wishes.play?.(played);
      },
      restore: async (how) => {
        done.push('restore');
        how.onStep({ says: 'deleting namespace shop', number: 1, of: 1 });
        if (wishes.unrestorable !== undefined) throw new Error(wishes.unrestorable);
        return wishes.left ?? [];
      },
      close: async () => void done.push('close'),
    } as RealCluster;
  }
}
