import { deepCopy, type KubeObject } from '../src/sim/api/object.js';
import { DEPLOYMENTS, NODES, PODS, REPLICA_SETS } from '../src/sim/controllers/machinery/resource-types.js';
import { MILLISECOND, SECOND } from '../src/sim/kernel/time.js';
import type { Benchmark } from './benchmark.js';
import { type CheapCluster, cheapCluster, deployment } from './cheap-cluster.js';
import { heapBytes } from './heap.js';
import { cpuMs } from './machine.js';

/** How large: that of the issue, and one of which it should be a multiple. */
const LARGE = { nodes: 5000, pods: 100_000 };
const SMALL = { nodes: 50, pods: 1000 };
/** Pods of each deployment. */
const EACH = 500;
const SECONDS_MAX = 600;
const MEGABYTE = 2 ** 20;
/** How long pods that were put there are taken in by everybody. */
const CALM = 60 * SECOND;
const CHANGES = 5;
/** By then everybody has looked at a change; what goes on every few seconds anyhow is left out. */
const LOOKED_AT = 50 * MILLISECOND;

type Size = typeof LARGE;
type Scaled = KubeObject & { spec: object; status: object };

/**
 * A cluster in which all pods run and everybody has taken notice. In another one with a single node each deployment has one
 * pod that went through everything; nodes and pods are copies of those, put into the store before anybody looks.
 */
function filled({ nodes, pods }: Size): CheapCluster {
  const { node, deployments, sets, firsts } = patterns(pods / EACH);
  const cluster = cheapCluster(0);
  const { simulation } = cluster;
  for (let at = 0; at < nodes; at += 1) put(cluster, 'minions', renamed(node, `n${at}`));
  let next = 0;
  for (const first of firsts) {
    for (let copy = 0; copy < EACH; copy += 1) {
      next += 1;
      put(cluster, 'pods', copyOf(first, next, `n${next % nodes}`));
    }
  }
  for (const set of sets) put(cluster, 'replicasets', scaled(set));
  for (const one of deployments) put(cluster, 'deployments', scaled(one));
  cluster.start();
  simulation.advance(CALM);
  for (const { metadata } of deployments) cluster.untilReady(metadata.name as string, EACH);
  cluster.store.compact(cluster.store.revision - 1);
  return cluster;
}

function patterns(count: number) {
  const { simulation, start, untilReady } = cheapCluster(1);
  start();
  simulation.advance(2 * SECOND);
  for (let at = 0; at < count; at += 1) simulation.create(DEPLOYMENTS, deployment(`d${at}`, 1) as never);
  for (let at = 0; at < count; at += 1) untilReady(`d${at}`, 1);
  return {
    node: simulation.list(NODES)[0] as KubeObject,
    deployments: simulation.list<Scaled>(DEPLOYMENTS, 'default'),
    sets: simulation.list<Scaled>(REPLICA_SETS, 'default'),
    firsts: simulation.list<Scaled>(PODS, 'default'),
  };
}

function put({ store }: CheapCluster, plural: string, object: KubeObject): void {
  const metadata = { ...object.metadata, resourceVersion: String(store.nextRevision) };
  const folder = metadata.namespace === undefined ? plural : `${plural}/${metadata.namespace}`;
  store.put(`/registry/${folder}/${metadata.name}`, { ...object, metadata });
}

function renamed(node: KubeObject, name: string): KubeObject {
  const labels = { ...node.metadata.labels, 'kubernetes.io/hostname': name };
  return { ...node, metadata: { ...node.metadata, name, uid: `uid-${name}`, labels } };
}

function copyOf(pod: Scaled, number: number, nodeName: string): KubeObject {
  const copy = deepCopy(pod);
  const podIP = `11.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  const metadata = { ...copy.metadata, name: `${pod.metadata.name}-${number}`, uid: `${pod.metadata.uid}-${number}` };
  const status = { ...copy.status, podIP, podIPs: [{ ip: podIP }] };
  return { ...copy, metadata, spec: { ...copy.spec, nodeName }, status };
}

function scaled(object: Scaled): KubeObject {
  const generation = (object.metadata.generation ?? 1) + 1;
  return { ...object, metadata: { ...object.metadata, generation }, spec: { ...object.spec, replicas: EACH } };
}

/** Milliseconds of one pod more in a deployment until it is ready and counted, some dozen writes: the middle one of some. */
function growthMs(cluster: CheapCluster): number {
  return middleMs((at) => {
    const name = `d${at % 2}`;
    const { spec } = cluster.simulation.change<Scaled>(DEPLOYMENTS, name, 'default', (object) => {
      (object.spec as { replicas: number }).replicas += 1;
    });
    cluster.untilReady(name, (spec as { replicas: number }).replicas);
  });
}

/** Milliseconds of one write to a pod until everybody who watches has looked at it: the middle one of some. */
function changeMs({ simulation }: CheapCluster): number {
  const names = simulation.list(PODS, 'default').slice(0, CHANGES);
  return middleMs((at) => {
    simulation.change(PODS, names[at]?.metadata.name as string, 'default', ({ metadata }) => {
      metadata.annotations = { ...metadata.annotations, seen: `${at}` };
    });
    simulation.advance(LOOKED_AT);
  });
}

function middleMs(change: (at: number) => void): number {
  const times = Array.from({ length: CHANGES }, (_, at) => {
    const started = cpuMs();
    change(at);
    return cpuMs() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(CHANGES / 2)] as number;
}

function timed(size: Size): number {
  const started = cpuMs();
  filled(size);
  return cpuMs() - started;
}

function heapWith(size: Size): number {
  const before = heapBytes();
  const cluster = filled(size);
  const used = heapBytes() - before;
  if (cluster.store.liveCount < size.pods) throw new Error('not all of them are there');
  return used / MEGABYTE;
}

const named = ({ nodes, pods }: Size) => `${nodes} nodes with ${pods} pods`;

/** A cluster as large as Kubernetes' own limits: what it takes until all is calm, in memory, and for one change more. */
export const largeCluster: readonly Benchmark[] = [
  {
    name: `${named(LARGE)} until calm`,
    unit: 'ms',
    against: { name: named(SMALL), measure: () => timed(SMALL) },
    aimMax: 130,
    rounds: 1,
    secondsMax: SECONDS_MAX,
    measure: () => timed(LARGE),
  },
  {
    name: `${named(LARGE)} in memory`,
    unit: 'MB',
    against: { name: named(SMALL), measure: () => heapWith(SMALL) },
    aimMax: 2000,
    aimIsAbsolute: true,
    rounds: 1,
    secondsMax: SECONDS_MAX,
    measure: () => heapWith(LARGE),
  },
  {
    name: `one more pod among ${LARGE.pods}`,
    unit: 'ms',
    against: { name: `among ${SMALL.pods}`, measure: () => growthMs(filled(SMALL)) },
    aimMax: 3,
    rounds: 1,
    secondsMax: SECONDS_MAX,
    measure: () => growthMs(filled(LARGE)),
  },
  {
    name: `one change among ${LARGE.pods} pods`,
    unit: 'ms',
    against: { name: `among ${SMALL.pods}`, measure: () => changeMs(filled(SMALL)) },
    aimMax: 10,
    aimIsAbsolute: true,
    rounds: 1,
    secondsMax: SECONDS_MAX,
    measure: () => changeMs(filled(LARGE)),
  },
];
