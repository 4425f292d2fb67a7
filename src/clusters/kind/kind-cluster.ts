import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import {
  type ApiRequest,
  type Capability,
  ClusterError,
  type CommandOptions,
  type PutBack,
  type TerminalOptions,
  type WatchEvent,
  type WorldSpec,
} from '../port.js';
import type { ApiSide } from '../real/api-side.js';
import { noteState } from '../real/note-state.js';
import type { OpenHow, OwnShell, Place, Played, RealCluster } from '../real/real-cluster.js';
import { restoreSnapshot, type Snapshot } from '../real/restore.js';
import { putBackNodes } from './node-baseline.js';
import { clearAnswers, nameMachines } from './node-setup.js';
import { openNodeTerminal, playOnNode } from './node-terminal.js';
import type { Nodes } from './nodes.js';
import type { Patience } from './patience.js';
import { waitForApi, waitForNodes } from './readiness.js';
import type { ClusterRecord, ClusterRecords } from './records.js';
import { StepTeller } from './step-teller.js';
import type { Variables } from './variables.js';
import { makeSteps } from './world-steps.js';

/** What a kind cluster in use is made of. */
export interface KindClusterParts {
  readonly record: ClusterRecord;
  readonly records: ClusterRecords;
  readonly api: ApiSide;
  readonly nodes: Nodes;
  readonly capabilities: ReadonlySet<Capability>;
  readonly place: Place;
  readonly shell: OwnShell;
  readonly notes: readonly string[];
  readonly environment: Variables;
  readonly patience: Patience;
  /** Deletes the cluster and all that is remembered of it. */
  destroy(): Promise<void>;
}

const RESTORE_STEPS = 8;

/** A cluster of containers on this computer, in the hands of this kubedrill until it is closed. */
export class KindCluster implements RealCluster {
  private gone = false;

  constructor(private readonly parts: KindClusterParts) {}

  get capabilities(): ReadonlySet<Capability> {
    return this.parts.capabilities;
  }

  get place(): Place {
    return this.parts.place;
  }

  get shell(): OwnShell {
    return this.parts.shell;
  }

  /** What the person should know, a sentence each. */
  get notes(): readonly string[] {
    return this.parts.notes;
  }

  async hosts() {
    return this.parts.nodes.hosts.map(({ base, name, role }) => ({ base, name, role }));
  }

  now() {
    return this.parts.api.now();
  }

  request(request: ApiRequest) {
    return this.parts.api.request(request);
  }

  exec(
    pod: { namespace: string; name: string; container?: string },
    argv: readonly string[],
    options?: CommandOptions,
  ) {
    return this.parts.api.exec(pod, argv, options);
  }

  /** A node that starts again is a container that does. */
  async run(host: string, user: string, argv: readonly string[], options?: CommandOptions) {
    const { nodes, patience } = this.parts;
    if (argv[0] !== 'systemctl' || argv[1] !== 'reboot' || user !== 'root') return nodes.run(host, user, argv, options);
    await nodes.restart(host, patience.restart);
    await nameMachines(nodes);
    return { code: 0, stdout: '', stderr: '' };
  }

  /** What is below the answers' folder belongs to the user of tasks, whoever the person is on their own disk. */
  async file(host: string, path: string) {
    const file = await this.parts.nodes.file(host, path);
    if (!file || !normalize(path).startsWith(`${this.place.answers}/`)) return file;
    return { ...file, owner: 'candidate', group: 'candidate' };
  }

  directory(host: string, path: string) {
    return this.parts.nodes.directory(host, path);
  }

  watch(path: string, hears: (event: WatchEvent) => void) {
    return this.parts.api.watch(path, hears);
  }

  wait(seconds: number) {
    return this.parts.api.wait(seconds);
  }

  settle(secondsMax: number, namespaces?: readonly string[]) {
    return this.parts.api.settle(secondsMax, { namespaces });
  }

  async openTerminal(options: TerminalOptions) {
    return openNodeTerminal(this.parts.nodes, this.parts.environment, options);
  }

  play(played: Played) {
    return playOnNode(this.parts.nodes, this.parts.environment, played);
  }

  async setUp(world: WorldSpec, how: OpenHow): Promise<void> {
    await makeSteps(this.parts, world.steps ?? [], how);
  }

  /**
   * Makes the cluster what it was when it was new: answers go, nodes are put back, then objects. A cluster for which that
   * cannot be done is deleted, and that is among the sentences.
   */
  async restore(how: OpenHow): Promise<readonly string[]> {
    const { record, records } = this.parts;
    if (this.gone) return [];
    try {
      const left = await this.putBack(how);
      if (left.length === 0) {
        records.update(record.host, { attempt: undefined, stands: 'ready' });
        return [];
      }
      return [...left, await this.giveUp()];
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error;
      return [error.message, await this.giveUp()];
    }
  }

  private async putBack(how: OpenHow): Promise<readonly string[]> {
    const { api, nodes, place, record, records, patience } = this.parts;
    const teller = new StepTeller(how, RESTORE_STEPS);
    teller.next('putting the nodes back');
    const stopped = nodes.hosts.map(({ container }) => container);
    const running = await nodes.running();
    const down = stopped.filter((container) => !running.has(container));
    if (down.length > 0) {
      await nodes.start(down);
      await nameMachines(nodes);
    }
    await clearAnswers(nodes, place.answers);
    await putBackNodes(nodes, place.answers);
    teller.next('waiting for the API server');
    await waitForApi(api, patience.api, how.signal);
    const snapshot = readSnapshot(records.folder(record.host));
    const left = await restoreSnapshot(api, snapshot, { onStep: ({ says }) => teller.next(says) });
    teller.next('waiting for the nodes');
    const wanted = { count: nodes.hosts.length, network: record.shape.network, seconds: patience.nodes };
    await waitForNodes(api, wanted, how.signal);
    return left;
  }

  private async giveUp(): Promise<string> {
    const { record, records, destroy } = this.parts;
    try {
      await this.parts.api.close();
      await destroy();
      this.gone = true;
      return `So the cluster kubedrill-${record.host} was deleted; the next task gets a new one.`;
    } catch (error) {
      records.update(record.host, { stands: 'spoiled', attempt: undefined });
      return error instanceof Error ? error.message : String(error);
    }
  }

  noteState(namespaces?: readonly string[]): Promise<PutBack> {
    return noteState(this.parts.api, namespaces ? { namespaces, holds: () => true } : undefined);
  }

  /** Lets go of the cluster as it stands. */
  async close(): Promise<void> {
    if (this.gone) return;
    await this.parts.api.close();
    this.parts.records.release(this.parts.record.host);
  }
}

const SNAPSHOT = 'snapshot.json';

export function snapshotFile(folder: string): string {
  return join(folder, SNAPSHOT);
}

function readSnapshot(folder: string): Snapshot {
  try {
    return JSON.parse(readFileSync(snapshotFile(folder), 'utf8')) as Snapshot;
  } catch {
    throw new ClusterError('What the cluster was like when it was new is not known any more.');
  }
}
