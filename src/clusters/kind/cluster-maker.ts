import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiRequest, type Capability, ClusterError } from '../port.js';
import { type ApiSide, openApiSide } from '../real/api-side.js';
import type { OpenHow } from '../real/real-cluster.js';
import { takeSnapshot } from '../real/restore.js';
import { installAddOns, installNetwork } from './add-ons.js';
import { kindConfig } from './config.js';
import { snapshotFile } from './kind-cluster.js';
import { kindStepCount } from './kind-progress.js';
import { KindTool } from './kind-tool.js';
import { rememberNodes } from './node-baseline.js';
import { prepareNodes } from './node-setup.js';
import { Nodes } from './nodes.js';
import type { Patience } from './patience.js';
import type { Programs } from './programs.js';
import { until, waitForApi, waitForNodes } from './readiness.js';
import type { ClusterRecords } from './records.js';
import { clusterName, hostsOf, type Shape } from './shape.js';
import { StepTeller } from './step-teller.js';
import type { Tools } from './tools.js';
import type { Variables } from './variables.js';

/** What takes clusters away. */
export interface KeptPlace {
  readonly programs: Programs;
  readonly tools: Pick<Tools, 'kind' | 'engine'>;
  readonly records: ClusterRecords;
}

/** What makes clusters as well. */
export interface Workshop extends KeptPlace {
  readonly tools: Tools;
  readonly environment: Variables;
  readonly patience: Patience;
}

/** A cluster that is ready, and what it lacks, a sentence each. */
export interface Made {
  readonly api: ApiSide;
  readonly nodes: Nodes;
  readonly lacks: readonly Capability[];
  readonly notes: readonly string[];
}

/** The node image is several hundred megabytes, and lines are slow. */
const CREATE_SECONDS = 1_800;
/** Ours after kind's: waiting, preparing, tidying, snapshot. */
const OWN_STEPS = 5;

export function kubeconfigOf(records: ClusterRecords, host: string): string {
  return join(records.folder(host), 'kubeconfig');
}

/** The folder for answers: nodes have it at the same path for as long as the cluster lives. */
export function answersOf(records: ClusterRecords, host: string): string {
  const path = join(records.folder(host), 'answers');
  mkdirSync(path, { recursive: true });
  return path;
}

export function nodesOf({ programs, tools }: Workshop, host: string, shape: Shape): Nodes {
  return new Nodes(programs, tools.engine, hostsOf(host, shape));
}

/** Opens the API of a cluster that is there. Throws `ClusterError`. */
export function openApi(
  { tools, records, environment }: Workshop,
  host: string,
  signal?: AbortSignal,
): Promise<ApiSide> {
  const kubeconfig = kubeconfigOf(records, host);
  return openApiSide({ kubectl: tools.kubectl.path, kubeconfig, environment, signal });
}

/**
 * Makes a cluster and all that tasks need of it, and remembers what it looks like new. One that fails or is given up leaves
 * nothing. Throws `ClusterError`.
 */
export async function makeCluster(workshop: Workshop, host: string, shape: Shape, how: OpenHow): Promise<Made> {
  const { records, tools } = workshop;
  records.begin({ host, engine: tools.engine.name, shape, created: Date.now(), attempt: how.attempt });
  try {
    const made = await build(workshop, host, shape, how);
    records.update(host, { stands: 'ready' });
    return made;
  } catch (error) {
    const left = await leftOf(workshop, host);
    if (left === undefined || !(error instanceof ClusterError)) throw error;
    throw new ClusterError(`${error.message}\n${left}`);
  }
}

/** Takes away what was begun. What does not go stays remembered as begun, and is told: the next start offers to delete it. */
async function leftOf(place: KeptPlace, host: string): Promise<string | undefined> {
  try {
    await removeCluster(place, host);
    return undefined;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return `What was begun of ${clusterName(host)} is still there: ${words}\n\`kubedrill cluster delete ${host}\` tries again.`;
  }
}

/** Deletes a cluster and forgets it. Throws `ClusterError` in kind's words; then it is not forgotten. */
export async function removeCluster({ programs, tools, records }: KeptPlace, host: string): Promise<void> {
  await KindTool.of(programs, tools).delete(clusterName(host), kubeconfigOf(records, host));
  records.forget(host);
}

async function build(workshop: Workshop, host: string, shape: Shape, how: OpenHow): Promise<Made> {
  const { programs, tools, records } = workshop;
  const teller = new StepTeller(how, kindStepCount(shape) + OWN_STEPS + 2 * shape.addons.length);
  const kubeconfig = kubeconfigOf(records, host);
  const answers = answersOf(records, host);
  const cluster = clusterName(host);
  await KindTool.of(programs, tools).create({
    cluster,
    config: kindConfig({ cluster, hosts: hostsOf(host, shape), shape, answers }),
    kubeconfig,
    timeoutSeconds: CREATE_SECONDS,
    signal: how.signal,
    onStep: ({ says, stands }) => {
      if (stands === 'begun') teller.next(says);
    },
  });
  const nodes = nodesOf(workshop, host, shape);
  const api = await openApi(workshop, host, how.signal);
  try {
    return await furnish(workshop, { host, shape, nodes, api, answers, kubeconfig }, how, teller);
  } catch (error) {
    await api.close();
    throw error;
  }
}

interface Raw {
  readonly host: string;
  readonly shape: Shape;
  readonly nodes: Nodes;
  readonly api: ApiSide;
  readonly answers: string;
  readonly kubeconfig: string;
}

async function furnish(
  { programs, tools, records, patience }: Workshop,
  { host, shape, nodes, api, answers, kubeconfig }: Raw,
  { signal }: OpenHow,
  teller: StepTeller,
): Promise<Made> {
  await waitForApi(api, patience.api, signal);
  const wanted = { count: nodes.hosts.length, network: shape.network, seconds: patience.nodes };
  const nodeAddress = (await nodes.script('controlplane', 'hostname -I')).split(' ')[0]?.trim() || '172.18.0.2';
  const input = { programs, kubectl: tools.kubectl.path, kubeconfig, signal, nodeAddress };
  const onStep = (says: string) => teller.next(says);
  await installNetwork(shape.network, { ...input, onStep });
  teller.next('waiting for the nodes');
  await waitForNodes(api, wanted, signal);
  teller.next('preparing the nodes');
  const notes = await prepareNodes(nodes, answers, signal);
  teller.next('taking away what the task does not have');
  await removeOwnStorage(api, signal);
  await installAddOns(shape.addons, { ...input, onStep });
  teller.next('remembering what is there');
  await waitForNodes(api, wanted, signal);
  await rememberNodes(nodes, answers);
  writeFileSync(snapshotFile(records.folder(host)), JSON.stringify(await takeSnapshot(api)), { mode: 0o600 });
  const lacks: Capability[] = notes.some((note) => note.startsWith('etcdctl')) ? ['etcd'] : [];
  return { api, nodes, lacks, notes };
}

/** kind brings a default StorageClass and who provides for it; the worlds of tasks have none but where they say so. */
const OWN_STORAGE = [
  '/apis/storage.k8s.io/v1/storageclasses/standard',
  '/api/v1/namespaces/local-path-storage',
  '/apis/rbac.authorization.k8s.io/v1/clusterroles/local-path-provisioner-role',
  '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/local-path-provisioner-bind',
];
const REMOVE_SECONDS = 120;

async function removeOwnStorage(api: ApiSide, signal?: AbortSignal): Promise<void> {
  for (const path of OWN_STORAGE) await api.request({ method: 'DELETE', path });
  const look = (path: string): ApiRequest => ({ method: 'GET', path });
  await until(REMOVE_SECONDS, signal, async () => {
    const left = await Promise.all(OWN_STORAGE.map(async (path) => (await api.request(look(path))).status !== 404));
    return !left.includes(true);
  });
}
