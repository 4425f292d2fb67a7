import type { KubeObject } from '../../../src/sim/api/object.js';
import type { Event } from '../../../src/sim/api/types/event.js';
import type { Node } from '../../../src/sim/api/types/node.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import { createHandler } from '../../../src/sim/apiserver/handler.js';
import type { ServerParts } from '../../../src/sim/apiserver/parts.js';
import type { ApiClient, ResourceType, Transport } from '../../../src/sim/client/client.js';
import { createClient } from '../../../src/sim/client/create-client.js';
import { EventBroadcaster } from '../../../src/sim/client/event-recorder.js';
import { InformerFactory } from '../../../src/sim/client/informer-factory.js';
import { KeyQueue } from '../../../src/sim/client/work-queue.js';
import { CONTROLLERS } from '../../../src/sim/controllers/index.js';
import type { ControllerContext } from '../../../src/sim/controllers/machinery/context.js';
import { type ControllerManagerOptions, DEFAULT_OPTIONS } from '../../../src/sim/controllers/machinery/options.js';
import { NODES, PODS } from '../../../src/sim/controllers/machinery/resource-types.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import { Errno } from '../../../src/sim/kernel/errno.js';
import type { Sys } from '../../../src/sim/kernel/sys.js';
import type { Micros } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { testServer } from '../apiserver/harness.js';
import { bareMachine } from '../kernel/machine.js';
import { runKubelets } from './test-kubelet.js';

const EVENTS: ResourceType = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };
const PEER = { address: { address: '10.0.0.9', port: 40000 } };
const EPOCH = Date.UTC(2026, 0, 1) * 1000;

/** A server with the real kinds, a machine, and on it whatever a test starts. */
export interface Simulation {
  readonly client: ApiClient;
  readonly parts: ServerParts;
  advance(span: Micros): void;
  now(): Micros;
  /** Runs one request to its end. */
  run<T>(step: Waiting<T>): T;
  create<T extends KubeObject>(type: ResourceType, object: T): T;
  get<T extends KubeObject>(type: ResourceType, name: string, namespace?: string): T;
  list<T extends KubeObject>(type: ResourceType, namespace?: string): readonly T[];
  /** Changes the newest version of an object. */
  change<T extends KubeObject>(
    type: ResourceType,
    name: string,
    namespace: string | undefined,
    how: (object: T) => void,
    subresource?: string,
  ): T;
  /** `Reason: message` of the events so far, oldest first. */
  events(about?: string): string[];
  log: string[];
  /** Nodes whose kubelet says nothing for now. */
  readonly silent: Set<string>;
  /** False while nobody answers. */
  reachable: boolean;
  /** Starts a program on the machine that reaches the server. */
  start(program: (sys: Sys, client: ApiClient) => void): void;
}

/** Starts controllers by their names, all in one program. */
export function startControllers(
  simulation: Simulation,
  sys: Sys,
  client: ApiClient,
  names: readonly string[],
  options: Partial<ControllerManagerOptions>,
): void {
  const informers = new InformerFactory(sys, client);
  const events = new EventBroadcaster(sys, client);
  const context: ControllerContext = {
    sys,
    client,
    options: { ...DEFAULT_OPTIONS, ...options },
    log: {
      info: (message, fields) => simulation.log.push(`${message} ${JSON.stringify(fields ?? {})}`),
      error: (error, message, fields) => simulation.log.push(`${message} ${error} ${JSON.stringify(fields ?? {})}`),
    },
    informer: (type) => informers.informer(type),
    queue: (_, limits) => new KeyQueue(sys, limits),
    recorder: (component) => events.recorder({ component }),
    waitForCaches: () => informers.waitForCaches(),
  };
  for (const controller of CONTROLLERS) if (names.includes(controller.name)) controller.start(context);
  informers.start();
}

/** A server that has what `overrides` say, on a machine on which nothing runs yet. */
export function bareSimulation(overrides: Partial<ServerParts> = {}): Simulation {
  const { kernel, host } = bareMachine();
  kernel.advance(EPOCH);
  const server = testServer({ now: () => kernel.now(), requestCost: 0, ...overrides });
  const handler = createHandler(server.parts);
  const machineHandler = createHandler({ ...server.parts, requestCost: 1500 });
  const transportOf = (handle: typeof handler, always: boolean): Transport => ({
    *request(request) {
      if (!simulation.reachable && !always) throw new Errno('ECONNREFUSED');
      return yield* handle(request, PEER);
    },
  });
  const client = createClient(transportOf(handler, true), { userAgent: 'test/v1' });
  const simulation: Simulation = {
    client,
    parts: server.parts,
    log: [],
    silent: new Set(),
    reachable: true,
    now: () => kernel.now(),
    advance: (span) => {
      kernel.advance(span);
      if (kernel.crashes.length > 0) throw kernel.crashes[0]?.error;
    },
    run: (step) => server.run(step),
    create: (type, object) => server.run(client.create(type, object)),
    get: (type, name, namespace) => server.run(client.get(type, name, namespace)),
    list: (type, namespace) => server.run(client.list(type, { namespace })).items as never,
    change: (type, name, namespace, how, subresource) => {
      const copy = structuredClone(server.run(client.get(type, name, namespace)));
      how(copy as never);
      return server.run(client.update(type, copy, subresource ? { subresource } : {})) as never;
    },
    events: (about) =>
      (server.run(client.list<Event>(EVENTS)).items as readonly Event[])
        .filter((event) => about === undefined || event.involvedObject.name === about)
        .map((event) => `${event.reason}: ${event.message}`),
    start: (program) => {
      startProcess(
        host,
        function* (sys) {
          program(sys, createClient(transportOf(machineHandler, false), { userAgent: 'machine/v1' }));
          for (;;) yield {};
        },
        ['test'],
      );
    },
  };
  return simulation;
}

/** A simulation with nodes whose kubelets run what is bound to them, and something that binds pods round about. */
export function simulateWithNodes(
  names: readonly string[],
  nodes: readonly string[],
  options: Partial<ControllerManagerOptions> = {},
): Simulation {
  const simulation = bareSimulation();
  createNamespaces(simulation);
  for (const name of nodes) simulation.create(NODES, node(name));
  simulation.start((sys, client) => runKubelets(sys, client, simulation.silent));
  simulation.start((sys, client) => startControllers(simulation, sys, client, names, options));
  return simulation;
}

export function createNamespaces(simulation: Simulation, ...names: string[]): void {
  const type: ResourceType = { group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace', namespaced: false };
  for (const name of ['default', 'kube-system', 'kube-node-lease', ...names]) {
    simulation.create(type, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
}

export function node(name: string, extra: Partial<Node['spec']> = {}, labels: Record<string, string> = {}): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec: extra,
    status: {
      capacity: { cpu: '2', memory: '4Gi', pods: '110' },
      allocatable: { cpu: '2', memory: '4Gi', pods: '110' },
      conditions: [
        { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
      ],
    },
  };
}

/** Pods of a namespace, with what tests ask about. */
export function podsOf(simulation: Simulation, namespace = 'default'): Pod[] {
  return [...simulation.list<Pod>(PODS, namespace)];
}
