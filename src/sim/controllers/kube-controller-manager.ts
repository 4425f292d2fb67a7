import { type ComponentConnection, connectComponent } from '../client/component/connect.js';
import { type ComponentFlags, FlagError, parseComponentFlags } from '../client/component/flags.js';
import { serveHealth } from '../client/component/health-server.js';
import { ELECTION_DEFAULTS, electionIdentity, LeaderElector } from '../client/component/leader-election.js';
import { type ComponentLog, componentLog } from '../client/component/log.js';
import { EventBroadcaster } from '../client/event-recorder.js';
import { errorText } from '../client/go-errors.js';
import { InformerFactory } from '../client/informer-factory.js';
import { KubeconfigError } from '../client/kubeconfig/types.js';
import { KeyQueue } from '../client/work-queue.js';
import { isErrno } from '../kernel/errno.js';
import type { Program, Sys } from '../kernel/sys.js';
import { CONTROLLERS } from './index.js';
import type { ControllerContext } from './machinery/context.js';
import { controllersFlagErrors, isControllerEnabled } from './machinery/controller-names.js';
import { MANAGER_FLAGS } from './machinery/manager-flags.js';
import { InitError, readNamedFiles } from './machinery/named-files.js';
import { type ControllerManagerOptions, DEFAULT_OPTIONS } from './machinery/options.js';

const NAME = 'kube-controller-manager';
const VERSION = 'v1.36.0';
const SECURE_PORT = 10_257;

/** A start-up that failed; `command failed` in the log, exit status 1. */
class StartError extends Error {}

/**
 * kube-controller-manager: reads its flags, waits to become leader, starts the controllers, and ends when it can no
 * longer renew its lease (its kubelet starts it anew).
 */
export const kubeControllerManager: Program = function* (sys) {
  const log = componentLog(sys, 'controllermanager.go:204');
  let flags: ComponentFlags;
  try {
    flags = parseComponentFlags(NAME, MANAGER_FLAGS, sys.args.slice(1));
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    yield* sys.write(2, `Error: ${error.message}\n`);
    return 1;
  }
  if (flags.boolean('version', false)) {
    yield* sys.write(1, `Kubernetes ${VERSION}\n`);
    return 0;
  }
  try {
    const connection = prepare(sys, log, flags);
    log.info('Starting', { version: VERSION });
    const events = new EventBroadcaster(sys, connection.client);
    if (!flags.boolean('leader-elect', true)) {
      startControllers(sys, log, connection, events, flags);
      for (;;) yield {};
    }
    const elector = makeElector(sys, log, connection, events, flags);
    yield* elector.acquire();
    startControllers(sys, log, connection, events, flags);
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
  const connection = connectComponent(sys, log, flags.text('kubeconfig'), flags.text('master'), `${NAME}/${VERSION}`);
  const port = flags.number('secure-port', SECURE_PORT);
  if (port !== 0) listen(sys, flags.text('bind-address', '0.0.0.0'), port);
  return connection;
}

function listen(sys: Sys, address: string, port: number): void {
  try {
    serveHealth(sys, address, port);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const where = `${address}:${port}`;
    throw new StartError(
      `failed to create listener: failed to listen on ${where}: listen tcp ${where}: bind: ${error.message.toLowerCase()}`,
    );
  }
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
    ...readNamedFiles(sys, flags),
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
  const settings = {
    namespace: flags.text('leader-elect-resource-namespace', 'kube-system'),
    name: flags.text('leader-elect-resource-name', NAME),
    identity: electionIdentity(sys),
    leaseDuration: flags.duration('leader-elect-lease-duration', ELECTION_DEFAULTS.leaseDuration),
    renewDeadline: flags.duration('leader-elect-renew-deadline', ELECTION_DEFAULTS.renewDeadline),
    retryPeriod: flags.duration('leader-elect-retry-period', ELECTION_DEFAULTS.retryPeriod),
    server,
  };
  return new LeaderElector(sys, client, log, settings, (lease, message) => {
    recorder.event(lease, 'Normal', 'LeaderElection', message);
  });
}

function startControllers(
  sys: Sys,
  log: ComponentLog,
  { client }: ComponentConnection,
  events: EventBroadcaster,
  flags: ComponentFlags,
): void {
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
    queue: () => new KeyQueue(sys),
    recorder: (component) => events.recorder({ component }),
    waitForCaches: () => informers.waitForCaches(),
  };
  const chosen = flags.list('controllers', ['*']);
  for (const controller of CONTROLLERS) {
    if (isControllerEnabled(controller.name, chosen)) controller.start(context);
    else log.info('Warning: controller is disabled', { controller: controller.name }, 'controllermanager.go:689');
  }
  informers.start();
}
