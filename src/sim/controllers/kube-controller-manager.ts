import { StatusError } from '../api/status.js';
import { accountClient, ensureAccount } from '../client/account-client.js';
import type { ApiClient } from '../client/client.js';
import { type ComponentConnection, connectComponent } from '../client/component/connect.js';
import type { ComponentFlags } from '../client/component/flags.js';
import { LeaderElector } from '../client/component/leader-election.js';
import { type ComponentLog, componentLog } from '../client/component/log.js';
import {
  COMPONENT_VERSION,
  electionSettings,
  openHealthPort,
  readFlags,
  StartError,
} from '../client/component/start.js';
import { EventBroadcaster } from '../client/event-recorder.js';
import { errorText, isUnreachable } from '../client/go-errors.js';
import { InformerFactory } from '../client/informer-factory.js';
import { KubeconfigError } from '../client/kubeconfig/types.js';
import { KeyQueue } from '../client/work-queue.js';
import type { Program, Sys } from '../kernel/sys.js';
import { type Micros, SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { CONTROLLERS } from './index.js';
import { accountOf } from './machinery/accounts.js';
import type { Controller, ControllerContext } from './machinery/context.js';
import { controllersFlagErrors, isControllerEnabled } from './machinery/controller-names.js';
import { MANAGER_FLAGS } from './machinery/manager-flags.js';
import { InitError, readNamedFiles } from './machinery/named-files.js';
import { type AutoscalingOptions, type ControllerManagerOptions, DEFAULT_OPTIONS } from './machinery/options.js';

const NAME = 'kube-controller-manager';
const SECURE_PORT = 10_257;
const ACCOUNTS_NAMESPACE = 'kube-system';

/**
 * kube-controller-manager: reads its flags, waits to become leader, starts the controllers, and ends when it can no
 * longer renew its lease (its kubelet starts it anew).
 */
export const kubeControllerManager: Program = function* (sys) {
  const log = componentLog(sys, 'controllermanager.go:204');
  const flags = yield* readFlags(sys, NAME, MANAGER_FLAGS);
  if (typeof flags === 'number') return flags;
  try {
    const connection = prepare(sys, log, flags);
    log.info('Starting', { version: COMPONENT_VERSION });
    const events = new EventBroadcaster(sys, connection.client);
    if (!flags.boolean('leader-elect', true)) {
      yield* startControllers(sys, log, connection, events, flags);
      for (;;) yield {};
    }
    const elector = makeElector(sys, log, connection, events, flags);
    yield* elector.acquire();
    yield* startControllers(sys, log, connection, events, flags);
    yield* elector.renew();
    log.error(undefined, 'leaderelection lost/stopped', {}, 'controllermanager.go:413');
    return 1;
  } catch (error) {
    if (error instanceof InitError) return reportInitError(log, error);
    if (!(error instanceof StartError) && !(error instanceof KubeconfigError)) throw error;
    log.error(error, 'command failed', {}, 'run.go:72');
    return 1;
  }
};

function reportInitError(log: ComponentLog, error: InitError): number {
  log.error(error, 'Error initializing a controller', { controller: error.controller }, 'controllermanager.go:637');
  log.error(error, 'Error building controllers', {}, 'controllermanager.go:278');
  log.error(undefined, 'leaderelection lost/stopped', {}, 'controllermanager.go:413');
  return 1;
}

/** Checks the flags, reads the kubeconfig and opens the port. Throws StartError and KubeconfigError. */
function prepare(sys: Sys, log: ComponentLog, flags: ComponentFlags): ComponentConnection {
  const problems = controllersFlagErrors(flags.list('controllers', ['*']));
  if (problems.length > 0) throw new StartError(problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`);
  const connection = connectComponent(
    sys,
    log,
    flags.text('kubeconfig'),
    flags.text('master'),
    `${NAME}/${COMPONENT_VERSION}`,
  );
  openHealthPort(sys, flags, SECURE_PORT);
  return connection;
}

function optionsOf(sys: Sys, flags: ComponentFlags): ControllerManagerOptions {
  return {
    allocateNodeCidrs: flags.boolean('allocate-node-cidrs', DEFAULT_OPTIONS.allocateNodeCidrs),
    clusterCidrs: flags.list('cluster-cidr'),
    serviceClusterIpRanges: flags.list('service-cluster-ip-range'),
    nodeCidrMaskSize: flags.number(
      'node-cidr-mask-size-ipv4',
      flags.number('node-cidr-mask-size', DEFAULT_OPTIONS.nodeCidrMaskSize),
    ),
    nodeMonitorPeriod: flags.duration('node-monitor-period', DEFAULT_OPTIONS.nodeMonitorPeriod),
    nodeMonitorGracePeriod: flags.duration('node-monitor-grace-period', DEFAULT_OPTIONS.nodeMonitorGracePeriod),
    nodeStartupGracePeriod: flags.duration('node-startup-grace-period', DEFAULT_OPTIONS.nodeStartupGracePeriod),
    terminatedPodThreshold: flags.number('terminated-pod-gc-threshold', DEFAULT_OPTIONS.terminatedPodThreshold),
    quotaSyncPeriod: flags.duration('resource-quota-sync-period', DEFAULT_OPTIONS.quotaSyncPeriod),
    legacyTokenPeriod: flags.duration(
      'legacy-service-account-token-clean-up-period',
      DEFAULT_OPTIONS.legacyTokenPeriod,
    ),
    autoscaling: autoscalingOptions(flags),
    ...readNamedFiles(sys, flags),
  };
}

function autoscalingOptions(flags: ComponentFlags): AutoscalingOptions {
  const { autoscaling } = DEFAULT_OPTIONS;
  const span = (name: string, otherwise: Micros) => flags.duration(`horizontal-pod-autoscaler-${name}`, otherwise);
  return {
    syncPeriod: span('sync-period', autoscaling.syncPeriod),
    downscaleStabilization: span('downscale-stabilization', autoscaling.downscaleStabilization),
    tolerance: flags.number('horizontal-pod-autoscaler-tolerance', autoscaling.tolerance),
    cpuInitializationPeriod: span('cpu-initialization-period', autoscaling.cpuInitializationPeriod),
    initialReadinessDelay: span('initial-readiness-delay', autoscaling.initialReadinessDelay),
    scaleToZero: flags.list('feature-gates').includes('HPAScaleToZero=true'),
  };
}

function makeElector(
  sys: Sys,
  log: ComponentLog,
  { client, server }: ComponentConnection,
  events: EventBroadcaster,
  flags: ComponentFlags,
): LeaderElector {
  const recorder = events.recorder({ component: NAME });
  const settings = electionSettings(sys, flags, NAME, server);
  return new LeaderElector(sys, client, log, settings, (lease, message) => {
    recorder.event(lease, 'Normal', 'LeaderElection', message);
  });
}

function* startControllers(
  sys: Sys,
  log: ComponentLog,
  connection: ComponentConnection,
  events: EventBroadcaster,
  flags: ComponentFlags,
): Waiting<void> {
  const { client } = connection;
  const options = optionsOf(sys, flags);
  const informers = new InformerFactory(sys, client, (type, step, error) => {
    const fields = { err: `failed to ${step} *${type.kind}: ${errorText(error)}` };
    log.error(undefined, 'Unhandled Error', fields, 'reflector.go:204');
  });
  const context: ControllerContext = {
    sys,
    client,
    options,
    log,
    informer: (type) => informers.informer(type),
    queue: (_, limits) => new KeyQueue(sys, limits),
    recorder: (component) => events.recorder({ component }),
    waitForCaches: () => informers.waitForCaches(),
  };
  const chosen = flags.list('controllers', ['*']);
  const enabled = CONTROLLERS.filter(({ name }) => isControllerEnabled(name, chosen));
  const own = flags.boolean('use-service-account-credentials', false);
  const clients = own ? yield* accountClients(sys, connection, enabled) : new Map<string, ApiClient>();
  for (const controller of CONTROLLERS) {
    if (!enabled.includes(controller)) {
      log.info('Warning: controller is disabled', { controller: controller.name }, 'controllermanager.go:689');
    } else controller.start({ ...context, client: clients.get(controller.name) ?? client });
  }
  informers.start();
}

/** A client for each controller that has an account of its own, which is made where it is not there. */
function* accountClients(
  sys: Sys,
  { client: root, bare: connect }: ComponentConnection,
  controllers: readonly Controller[],
): Waiting<Map<string, ApiClient>> {
  const bare = connect();
  const byAccount = new Map<string, ApiClient>();
  const clients = new Map<string, ApiClient>();
  for (const { name: controller } of controllers) {
    const name = accountOf(controller);
    if (name === undefined) continue;
    let client = byAccount.get(name);
    if (!client) {
      const userAgent = `${NAME}/${COMPONENT_VERSION}/system:serviceaccount:${ACCOUNTS_NAMESPACE}:${name}`;
      const options = { sys, root, bare, namespace: ACCOUNTS_NAMESPACE, name, userAgent };
      yield* insist(sys, () => ensureAccount(options));
      client = accountClient(options);
      byAccount.set(name, client);
    }
    clients.set(controller, client);
  }
  return clients;
}

/** The manager asks again until the server lets it: its roles may not have been made yet. */
function* insist(sys: Pick<Sys, 'sleep'>, request: () => Waiting<void>): Waiting<void> {
  for (;;) {
    try {
      return yield* request();
    } catch (error) {
      if (!(error instanceof StatusError) && !isUnreachable(error)) throw error;
      yield* sys.sleep(SECOND);
    }
  }
}
