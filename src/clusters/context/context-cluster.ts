import { join } from 'node:path';
import {
  type ApiRequest,
  type ApiResponse,
  type Capability,
  ClusterError,
  type CommandOptions,
  type CommandResult,
  type FileFacts,
  type HostFacts,
  type PutBack,
  type TerminalOptions,
  type TerminalSession,
  type WatchEvent,
  type WorldSpec,
} from '../port.js';
import type { ApiCalls, ApiSide } from '../real/api-side.js';
import { applyManifests, type ManifestHow, type ManifestObject, readObjects } from '../real/manifests.js';
import { noteState } from '../real/note-state.js';
import { ownShell } from '../real/own-shell.js';
import type { OpenHow, OwnShell, Place, Played, RealCluster } from '../real/real-cluster.js';
import type { Surroundings } from '../real/surroundings.js';
import type { FarServer } from '../workstation/far-server.js';
import type { Workstation } from '../workstation/workstation.js';
import { AnswersFolder } from './answers.js';
import type { Territory } from './fence.js';
import { fencedServer } from './fenced-server.js';
import { chooseGrounds } from './grounds.js';
import { openStation } from './open-station.js';
import { clausesOf } from './permission.js';
import { elsewhereOf, makeProbesNamespace, probesNamespaces } from './probes-namespace.js';
import { reachesNodes } from './reaches-nodes.js';
import { type AttemptRecord, forget, keepRecord, leftToOthers, letGo, namespacesOfOthers } from './record.js';
import { removeAttempt } from './remove-attempt.js';

export interface ContextOptions {
  readonly side: ApiSide;
  readonly capabilities: ReadonlySet<Capability>;
  readonly notes: readonly string[];
  /** What the attempt has on the cluster; nothing at first. */
  readonly record: AttemptRecord;
  /** The attempt's folder. */
  readonly folder: string;
  readonly kubeconfig: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly thread?: Surroundings['thread'];
}

type WorldStep = NonNullable<WorldSpec['steps']>[number];

/** What the simulated workstation is called: what a lab's hosts' names begin with. */
const HOST = 'workstation';
const SETTLE_SECONDS_MAX = 180;
const SCRIPT_SECONDS_MAX = 600;

/** Somebody's own cluster, of which only the lab's namespaces and names are touched. */
export class ContextCluster implements RealCluster {
  readonly capabilities: ReadonlySet<Capability>;
  readonly place: Place;
  readonly shell: OwnShell;
  readonly notes: readonly string[];
  private readonly side: ApiSide;
  private readonly fenced: FarServer;
  private readonly calls: ApiCalls;
  private readonly folder: string;
  private readonly answers: AnswersFolder;
  private record: AttemptRecord;
  private station: Promise<Workstation> | undefined;
  private readonly thread: Surroundings['thread'];
  private terminals = 0;

  constructor({ side, capabilities, notes, record, folder, kubeconfig, environment, thread }: ContextOptions) {
    this.thread = thread;
    this.side = side;
    this.capabilities = capabilities;
    this.notes = notes;
    this.record = record;
    this.folder = folder;
    this.answers = new AnswersFolder(join(folder, 'answers'));
    this.place = { host: HOST, hosts: { controlplane: HOST, base: HOST }, answers: this.answers.path };
    this.shell = ownShell({ folder, kubeconfig, environment });
    this.fenced = fencedServer(side.far, () => this.territory());
    this.calls = side.over(this.fenced);
  }

  async setUp(world: WorldSpec, how: OpenHow): Promise<void> {
    // Real time cannot be had at will.
    const steps = (world.steps ?? []).filter((step) => !('age' in step));
    const texts = steps.flatMap((step) => ('manifests' in step ? [step.manifests] : []));
    const objects = (await Promise.all(texts.map(readObjects))).flat();
    await this.claim(objects, how);
    try {
      await makeProbesNamespace(this.side, this.record, this.makes(how, []));
      for (const [index, step] of steps.entries()) {
        if (how.signal?.aborted) throw new ClusterError('it was interrupted');
        const onStep: OpenHow['onStep'] = ({ says }) => how.onStep({ says, number: index + 1, of: steps.length });
        await this.step(step, { ...how, onStep }, scriptsIn(steps.slice(0, index)));
      }
      if (how.lasting) this.keep({ lasting: true });
    } catch (error) {
      const left = await this.restore({ ...how, onStep: () => {} }).catch(() => []);
      const words = error instanceof Error ? error.message : String(error);
      throw new ClusterError([words, ...left].join('. '));
    }
  }

  refusalOfAnswers(): string | undefined {
    return this.answers.refusal();
  }

  async restore(how: OpenHow): Promise<readonly string[]> {
    // What still runs there would make anew what is taken away.
    await this.closeStation();
    const { left, told } = await removeAttempt(this.side, this.record, how);
    if (left.length === 0) forget(this.folder);
    return [...left, ...told];
  }

  async hosts(): Promise<readonly HostFacts[]> {
    return [{ base: 'controlplane', name: HOST, role: 'base' }];
  }

  now(): Promise<number> {
    return this.side.now();
  }

  request(request: ApiRequest): Promise<ApiResponse> {
    return this.calls.request(request);
  }

  exec(
    pod: { namespace: string; name: string; container?: string },
    argv: readonly string[],
    options?: CommandOptions,
  ): Promise<CommandResult> {
    return this.calls.exec(pod, argv, options);
  }

  watch(path: string, hears: (event: WatchEvent) => void): Promise<() => void> {
    return this.calls.watch(path, hears);
  }

  async run(_host: string, user: string, argv: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return await this.withAnswers((station) => station.run(user, argv, options));
  }

  async play(played: Played): Promise<void> {
    await this.withAnswers((station) => station.play({ ...played, host: station.host }));
  }

  async file(_host: string, path: string): Promise<FileFacts | undefined> {
    if (!this.answers.holds(path)) return (await this.workstation()).file(path);
    if (this.terminals > 0) await this.fetchAnswers(await this.workstation());
    return this.answers.file(path);
  }

  async directory(_host: string, path: string): Promise<readonly string[] | undefined> {
    if (!this.answers.holds(path)) return (await this.workstation()).directory(path);
    if (this.terminals > 0) await this.fetchAnswers(await this.workstation());
    return this.answers.directory(path);
  }

  async openTerminal(options: TerminalOptions): Promise<TerminalSession> {
    const station = await this.workstation();
    await this.bringAnswers(station);
    this.terminals += 1;
    return station.openTerminal({ ...options, host: station.host });
  }

  wait(seconds: number): Promise<void> {
    return this.side.wait(seconds);
  }

  settle(secondsMax: number, namespaces?: readonly string[]): Promise<boolean> {
    return this.side.settle(secondsMax, { namespaces: this.own(namespaces) });
  }

  get elsewhere(): string | undefined {
    return elsewhereOf(this.record);
  }

  noteState(namespaces?: readonly string[]): Promise<PutBack> {
    const { objects, foreign, lent } = this.territory();
    const holds = (kind: string, name: string): boolean =>
      kind === 'namespaces' ? !lent.has(name) : objects.has(`${kind}/${name}`) && !foreign.has(`${kind}/${name}`);
    return noteState(this.side, { namespaces: this.own(namespaces), holds });
  }

  async close(): Promise<void> {
    letGo(this.folder);
    await this.closeStation();
    await this.side.close();
  }

  /** Namespaces of the lab; of some, those that are. */
  private own(some?: readonly string[]): string[] {
    const { namespaces } = this.territory();
    return [...namespaces].filter((name) => some?.includes(name) ?? true);
  }

  private territory(): Territory {
    const { made, used, objects, foreign, nodes } = this.record;
    const [namespaces, lent] = [new Set([...made, ...used]), new Set(used)];
    return { namespaces, lent, objects: new Set(objects), foreign: new Set(foreign), nodes };
  }

  /** Finds where the lab may be, and notes it before anything is made there. */
  private async claim(objects: readonly ManifestObject[], { confirm, named = [] }: OpenHow): Promise<void> {
    const { attempt } = this.record;
    const chosen = await chooseGrounds(this.side.request, attempt, objects, named);
    const grounds = { ...chosen, made: [...chosen.made, ...probesNamespaces({ attempt, ...chosen }, named)] };
    const others = namespacesOfOthers(this.folder, this.record);
    const shared = [...grounds.made, ...grounds.used].find((name) => others.has(name));
    if (shared !== undefined)
      throw new ClusterError(
        `Namespace ${shared} is that of an attempt that was left here. Go on with that and end it, or have it deleted when you are asked, which is not done with --yes.`,
      );
    const nodes = objects.some(reachesNodes);
    const clauses = await clausesOf(this.side.request, grounds, objects, named);
    if (clauses.length > 0 && !(await confirm(`The lab ${clauses.join('; it ')}. Let it?`)))
      throw new ClusterError('The cluster is left as it is: what the lab does there was not agreed to');
    this.keep({ ...grounds, nodes });
  }

  private keep(more: Partial<AttemptRecord>): void {
    this.record = { ...this.record, ...more };
    keepRecord(this.folder, this.record);
  }

  /**
   * What came between the claim and the making is somebody else's: the lab stays out of it. Scripts that ran before may have made
   * what they name, without a label.
   */
  private makes({ signal }: OpenHow, ranBefore: readonly string[]): ManifestHow {
    const { attempt, used } = this.record;
    return {
      signal,
      attempt,
      onOthers: ({ kind, metadata: { name = '' } }, resource) => {
        const isLent = kind === 'Namespace' && used.includes(name);
        if (isLent || ranBefore.some((script) => script.includes(name))) return;
        this.record = leftToOthers(this.record, resource, name);
        keepRecord(this.folder, this.record);
        throw new ClusterError(`${kind} ${name} came from somebody else meanwhile, and is left as it is`);
      },
    };
  }

  private async step(step: WorldStep, how: OpenHow, ranBefore: readonly string[]): Promise<void> {
    const says = (words: string): void => how.onStep({ says: words, number: 0, of: 0 });
    if ('manifests' in step) {
      says('making objects');
      await applyManifests(this.side, step.manifests, this.makes(how, ranBefore));
    } else if ('settle' in step) {
      says('waiting until the cluster comes to rest');
      const secondsMax = step.settle === true ? SETTLE_SECONDS_MAX : step.settle.seconds_max;
      await this.side.settle(secondsMax, { namespaces: [...this.territory().namespaces], signal: how.signal });
    } else if ('run' in step) {
      says('running a script');
      const { as = 'root', script } = step.run;
      const { code, stderr } = await this.withAnswers((station) =>
        station.run(as, ['bash', '-e', '-c', script], { timeoutSeconds: SCRIPT_SECONDS_MAX, signal: how.signal }),
      );
      if (code !== 0) throw new ClusterError(`run: the script ended with ${code}: ${stderr.trim()}`);
    } else if ('file' in step) {
      says('writing a file');
      const { path, content, owner, mode = '0644' } = step.file;
      const put = { ...(owner === undefined ? {} : { owner }), mode: Number.parseInt(mode, 8) };
      await (await this.workstation()).putFile(path, Buffer.from(content), put);
    } else throw new ClusterError(`a cluster of somebody's own has no ${Object.keys(step)[0]}`);
  }

  private workstation(): Promise<Workstation> {
    this.station ??= openStation(HOST, this.fenced, { answers: this.answers.path, thread: this.thread });
    return this.station;
  }

  private async closeStation(): Promise<void> {
    const station = this.station;
    this.station = undefined;
    await (await station?.catch(() => undefined))?.close();
  }

  private async withAnswers<T>(work: (station: Workstation) => Promise<T>): Promise<T> {
    const station = await this.workstation();
    await this.bringAnswers(station);
    const result = await work(station);
    await this.fetchAnswers(station);
    return result;
  }

  private async bringAnswers(station: Workstation): Promise<void> {
    await station.putFolder(this.answers.path, this.answers.files(), { owner: station.user });
  }

  private async fetchAnswers(station: Workstation): Promise<void> {
    this.answers.put((await station.folder(this.answers.path)) ?? new Map());
  }
}

function scriptsIn(steps: readonly WorldStep[]): string[] {
  return steps.flatMap((step) => ('run' in step ? [step.run.script] : []));
}
