import { randomInt } from 'node:crypto';
import type { Capability } from '../port.js';
import { ClusterError } from '../port.js';
import { skewNote } from '../real/kubectl.js';
import { ownShell } from '../real/own-shell.js';
import type { OpenHow, RealCluster, RealSource, WantedWorld } from '../real/real-cluster.js';
import type { Surroundings } from '../real/surroundings.js';
import { kindCapabilities } from './capabilities.js';
import {
  answersOf,
  kubeconfigOf,
  type Made,
  makeCluster,
  nodesOf,
  openApi,
  removeCluster,
  type Workshop,
} from './cluster-maker.js';
import { KindCluster } from './kind-cluster.js';
import { KindTool } from './kind-tool.js';
import { nameMachines } from './node-setup.js';
import { patienceOf } from './patience.js';
import { ownPrograms, type Programs } from './programs.js';
import { waitForApi, waitForNodes } from './readiness.js';
import { recordFiles } from './record-files.js';
import { type ClusterRecord, ClusterRecords } from './records.js';
import { clusterName, hostsOf, type Shape, sameShape, shapeOf } from './shape.js';
import { sshShim } from './ssh-shim.js';
import { StepTeller } from './step-teller.js';
import { findTools, type Tools } from './tools.js';
import { versionText } from './versions.js';

/** Clusters that kind makes in containers of this computer. */
export function kindSource({ environment, home }: Surroundings): RealSource {
  return new KindSource(ownPrograms(environment), environment, new ClusterRecords(recordFiles(home)));
}

class KindSource implements RealSource {
  readonly name = 'kind';

  constructor(
    private readonly programs: Programs,
    private readonly environment: Surroundings['environment'],
    private readonly records: ClusterRecords,
  ) {}

  async capabilities(wanted: WantedWorld): Promise<ReadonlySet<Capability>> {
    const { image } = (await this.tools()).image;
    return kindCapabilities(shapeOf(wanted, image).network);
  }

  /** Takes up a cluster of the same shape that nobody uses, or makes one. */
  async open(wanted: WantedWorld, how: OpenHow): Promise<RealCluster> {
    const teller = new StepTeller(how, 3);
    teller.next('looking for kind, kubectl and a container engine');
    const workshop = await this.workshop();
    const shape = shapeOf(wanted, workshop.tools.image.image);
    await this.tidy(workshop, shape, how, teller);
    const warm = await this.takeWarm(workshop, shape, how, teller);
    if (warm) return warm;
    const host = this.newHost();
    return this.cluster(workshop, { host, shape }, await makeCluster(workshop, host, shape, how));
  }

  async takeUp(attempt: string, how: OpenHow): Promise<RealCluster | undefined> {
    const record = this.records.take((one) => one.attempt === attempt && one.stands === 'ready');
    if (!record) return undefined;
    try {
      const workshop = await this.workshop();
      const there = await KindTool.of(this.programs, workshop.tools).ours();
      if (!there.includes(record.host)) {
        this.records.forget(record.host);
        return undefined;
      }
      new StepTeller(how, 1).next(`taking up ${clusterName(record.host)}`);
      return this.cluster(workshop, record, await this.wake(workshop, record, how));
    } catch (error) {
      this.records.release(record.host);
      throw error;
    }
  }

  /** Forgets what is gone, offers to take away what was left half made, and makes room: two clusters fill a small computer. */
  private async tidy(workshop: Workshop, shape: Shape, how: OpenHow, teller: StepTeller): Promise<void> {
    const there = new Set(await KindTool.of(this.programs, workshop.tools).ours());
    for (const record of this.records.all()) {
      const { host, engine, stands, kept, attempt } = record;
      if (engine !== workshop.tools.engine.name || this.records.holderOf(record)) continue;
      const cluster = clusterName(host);
      if (!there.has(host)) this.records.forget(host);
      else if (stands !== 'ready') {
        const left = stands === 'creating' ? 'was left behind half made' : 'could not be made what it was';
        const question = `The kind cluster ${cluster} ${left} by an earlier kubedrill. Delete it?`;
        if (!(await how.confirm(question, 'stray'))) continue;
        teller.next(`deleting ${cluster}`);
        await removeCluster(workshop, host);
      } else if (!kept && attempt === undefined && !sameShape(record.shape, shape)) {
        teller.next(`deleting ${cluster}, which this task cannot use`);
        await removeCluster(workshop, host);
      }
    }
  }

  private async takeWarm(
    workshop: Workshop,
    shape: Shape,
    how: OpenHow,
    teller: StepTeller,
  ): Promise<RealCluster | undefined> {
    const engine = workshop.tools.engine.name;
    const fits = (one: ClusterRecord) => one.stands === 'ready' && one.engine === engine && sameShape(one.shape, shape);
    const record =
      this.records.take((one) => fits(one) && one.attempt === undefined) ?? (await this.takeLeft(fits, how));
    if (!record) return undefined;
    const cluster = clusterName(record.host);
    teller.next(`taking up ${cluster}`);
    let says: readonly string[];
    try {
      const warm = this.cluster(workshop, record, await this.wake(workshop, record, how));
      says = await warm.restore(how);
      if (says.length === 0) {
        this.records.update(record.host, { attempt: how.attempt });
        return warm;
      }
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error;
      if (how.signal?.aborted) {
        this.records.update(record.host, { holder: undefined, stands: 'spoiled' });
        throw error;
      }
      says = [error.message];
      await removeCluster(workshop, record.host);
    }
    teller.next(`making a new cluster, for ${cluster} cannot be used: ${says[0]?.split('\n')[0]}`);
    return undefined;
  }

  /** A cluster on which an attempt was left: it is the person's to say whether that is over. */
  private async takeLeft(
    fits: (record: ClusterRecord) => boolean,
    { confirm }: OpenHow,
  ): Promise<ClusterRecord | undefined> {
    const left = this.records.all().find((one) => fits(one) && this.records.holderOf(one) === undefined);
    if (!left) return undefined;
    const question = `An attempt was left on ${clusterName(left.host)}. Use that cluster? What was done there is lost; otherwise another cluster is made.`;
    return (await confirm(question, 'own-work')) ? this.records.take(({ host }) => host === left.host) : undefined;
  }

  /** Starts what was stopped and finds the way there again. */
  private async wake(workshop: Workshop, { host, shape }: ClusterRecord, { signal }: OpenHow): Promise<Made> {
    const nodes = nodesOf(workshop, host, shape);
    const running = await nodes.running();
    const down = nodes.hosts.filter(({ container }) => !running.has(container)).map(({ container }) => container);
    if (down.length > 0) {
      await nodes.start(down);
      await nameMachines(nodes);
    }
    const tool = KindTool.of(this.programs, workshop.tools);
    await tool.exportKubeconfig(clusterName(host), kubeconfigOf(this.records, host));
    const api = await openApi(workshop, host, signal);
    try {
      await waitForApi(api, workshop.patience.api, signal);
      const { length: count } = nodes.hosts;
      await waitForNodes(api, { count, network: shape.network, seconds: workshop.patience.nodes }, signal);
    } catch (error) {
      await api.close();
      throw error;
    }
    return { api, nodes, lacks: [], notes: [] };
  }

  private cluster(
    workshop: Workshop,
    { host, shape }: Pick<ClusterRecord, 'host' | 'shape'>,
    { api, nodes, lacks, notes }: Made,
  ): KindCluster {
    const { records, environment } = this;
    const folder = records.folder(host);
    const hosts = hostsOf(host, shape);
    const programs = sshShim(folder, workshop.tools.engine, hosts);
    const answers = answersOf(records, host);
    return new KindCluster({
      record: records.find(host) as ClusterRecord,
      records,
      api,
      nodes,
      environment,
      patience: workshop.patience,
      capabilities: kindCapabilities(shape.network, lacks),
      place: { host, hosts: Object.fromEntries(hosts.map(({ base, name }) => [base, name])), answers },
      shell: ownShell({ folder, kubeconfig: kubeconfigOf(records, host), environment, programs }),
      notes: [
        ...notes,
        ...skew(workshop.tools),
        `The cluster stays for the next task; \`kubedrill cluster delete ${host}\` removes it.`,
      ],
      destroy: () => removeCluster(workshop, host),
    });
  }

  private newHost(): string {
    for (;;) {
      const host = `kd${randomInt(1000, 10_000)}`;
      if (!this.records.find(host)) return host;
    }
  }

  private async workshop(): Promise<Workshop> {
    const { programs, environment, records } = this;
    return { programs, environment, records, patience: patienceOf(environment), tools: await this.tools() };
  }

  private tools(): Promise<Tools> {
    return findTools(this.programs, this.environment);
  }
}

/** Whether kubectl and the nodes are too far apart. */
function skew({ kubectl, image: { kubernetes } }: Tools): readonly string[] {
  if (!kubernetes) return [];
  const note = skewNote(kubectl, { text: `v${versionText(kubernetes)}`, minor: kubernetes.minor });
  return note === undefined ? [] : [note];
}
