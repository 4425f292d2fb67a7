import { admissionChain } from '../src/sim/apiserver/admission/chain.js';
import { prepareCluster } from '../src/sim/apiserver/start/prepare-cluster.js';
import { localEtcd } from '../src/sim/apiserver/storage/etcd-access.js';
import { CONTROLLERS } from '../src/sim/controllers/index.js';
import { DEPLOYMENTS, NODES } from '../src/sim/controllers/machinery/resource-types.js';
import { HOUR, MILLISECOND, SECOND } from '../src/sim/kernel/time.js';
import { createScheduler, runScheduler } from '../src/sim/scheduler/scheduler.js';
import { Store } from '../src/sim/store/store.js';
import { bareSimulation, type Simulation, startControllers } from '../test/sim/controllers/simulation.js';
import { runCheapKubelets } from './cheap-kubelets.js';

const NAMESPACE = 'default';
const REST_SECONDS_MAX = 3600;

/** An API server with all controllers, the scheduler, and nodes on which pods run at once. */
export interface CheapCluster {
  readonly simulation: Simulation;
  readonly store: Store;
  /** Starts everybody. */
  start(): void;
  /** Lets time pass until a deployment's pods are ready. */
  untilReady(name: string, replicas: number): void;
}

/**
 * A cluster of so many nodes with room for 250 pods each. Their leases are not renewed, nor looked at, and nobody gives them
 * ranges of addresses.
 */
export function cheapCluster(nodes: number): CheapCluster {
  const store = new Store();
  const simulation = bareSimulation({ admission: admissionChain(), etcd: localEtcd(store) });
  simulation.run(prepareCluster(simulation.parts));
  for (let at = 0; at < nodes; at += 1) simulation.create(NODES, node(at) as never);
  return {
    simulation,
    store,
    start() {
      const names = CONTROLLERS.map(({ name }) => name).filter((name) => name !== 'node-ipam-controller');
      simulation.start((sys, client) =>
        startControllers(simulation, sys, client, names, { nodeMonitorGracePeriod: 1000 * HOUR }),
      );
      simulation.start((sys, client) => {
        const error = (problem: unknown) => simulation.log.push(String(problem));
        const context = createScheduler(sys, client, { info: () => {}, warning: () => {}, error });
        sys.thread(() => runScheduler(context));
      });
      simulation.start(runCheapKubelets);
    },
    untilReady(name, replicas) {
      const limit = simulation.now() + REST_SECONDS_MAX * SECOND;
      for (;;) {
        const { status } = simulation.get<never>(DEPLOYMENTS, name, NAMESPACE) as {
          status?: { readyReplicas?: number; updatedReplicas?: number; replicas?: number };
        };
        if (status?.readyReplicas === replicas && status.replicas === replicas) return;
        if (simulation.now() > limit) throw new Error(`${status?.readyReplicas} of ${replicas} are ready`);
        simulation.advance(100 * MILLISECOND);
      }
    },
  };
}

/** A deployment of pods that ask for little. */
export function deployment(name: string, replicas: number) {
  const labels = { app: name };
  const resources = { requests: { cpu: '100m', memory: '64Mi' } };
  const spec = { containers: [{ name: 'c', image: 'nginx:1.27', resources }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: NAMESPACE, labels },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

function node(at: number): object {
  const name = `n${at}`;
  const room = { cpu: '64', memory: '256Gi', pods: '250' };
  const labels = { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': `z${at % 3}` };
  const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' };
  const status = { capacity: room, allocatable: room, conditions: [ready] };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: {}, status };
}
