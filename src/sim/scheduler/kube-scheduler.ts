import { type ComponentConnection, connectComponent } from '../client/component/connect.js';
import { type ComponentFlags, FlagError, parseComponentFlags } from '../client/component/flags.js';
import { serveHealth } from '../client/component/health-server.js';
import { ELECTION_DEFAULTS, electionIdentity, LeaderElector } from '../client/component/leader-election.js';
import { type ComponentLog, componentLog } from '../client/component/log.js';
import { EventBroadcaster } from '../client/event-recorder.js';
import { KubeconfigError } from '../client/kubeconfig/types.js';
import { isErrno } from '../kernel/errno.js';
import type { Program, Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { ConfigError, readConfigFile, type SchedulerConfig } from './config.js';
import { SCHEDULER_FLAGS } from './flags.js';
import { createScheduler, runScheduler } from './scheduler.js';

const NAME = 'kube-scheduler';
const VERSION = 'v1.36.0';
const SECURE_PORT = 10_259;

/** A start-up that failed. */
class StartError extends Error {}

/** kube-scheduler: reads its flags, waits to become leader, places pods, and ends when it can no longer renew its lease. */
export const kubeScheduler: Program = function* (sys) {
  const log = componentLog(sys, 'server.go:174');
  let flags: ComponentFlags;
  try {
    flags = parseComponentFlags(NAME, SCHEDULER_FLAGS, sys.args.slice(1));
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
    return yield* run(sys, log, flags);
  } catch (error) {
    const expected = error instanceof StartError || error instanceof KubeconfigError || error instanceof ConfigError;
    if (!expected) throw error;
    log.error(error, 'command failed', {}, 'run.go:72');
    return 1;
  }
};

function* run(sys: Sys, log: ComponentLog, flags: ComponentFlags): Waiting<number> {
  const config = configOf(sys, flags);
  const connection = connectComponent(sys, log, config.kubeconfig, flags.text('master'), `${NAME}/${VERSION}`);
  const port = flags.number('secure-port', SECURE_PORT);
  if (port !== 0) listen(sys, flags.text('bind-address', '0.0.0.0'), port);
  log.info('Starting Kubernetes Scheduler', { version: VERSION });
  const events = new EventBroadcaster(sys, connection.client);
  const [component = 'default-scheduler'] = config.schedulerNames;
  const recorder = events.recorder({ component });
  const { schedulerNames } = config;
  const scheduler = createScheduler(sys, connection.client, log, recorder, { schedulerNames });
  if (!(config.leaderElect ?? true)) {
    yield* runScheduler(scheduler);
    return 0;
  }
  const elector = makeElector(sys, log, connection, flags, (lease, message) => {
    recorder.event(lease, 'Normal', 'LeaderElection', message);
  });
  yield* elector.acquire();
  sys.thread(() => runScheduler(scheduler));
  yield* elector.renew();
  log.error(undefined, 'Leaderelection lost', {}, 'server.go:319');
  return 1;
}

/** A --config file replaces the deprecated flags; what was given for leader election on the command line still counts. */
function configOf(sys: Sys, flags: ComponentFlags): SchedulerConfig {
  const path = flags.text('config');
  const elect = flags.has('leader-elect') ? flags.boolean('leader-elect', true) : undefined;
  if (path === '') {
    return { kubeconfig: flags.text('kubeconfig'), leaderElect: elect, schedulerNames: ['default-scheduler'] };
  }
  const config = readConfigFile(sys, path);
  return { ...config, leaderElect: elect ?? config.leaderElect };
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

function makeElector(
  sys: Sys,
  log: ComponentLog,
  { client, server }: ComponentConnection,
  flags: ComponentFlags,
  onEvent: ConstructorParameters<typeof LeaderElector>[4],
): LeaderElector {
  const settings = {
    namespace: flags.text('leader-elect-resource-namespace', 'kube-system'),
    name: flags.text('leader-elect-resource-name', NAME),
    identity: electionIdentity(sys),
    leaseDuration: flags.duration('leader-elect-lease-duration', ELECTION_DEFAULTS.leaseDuration),
    renewDeadline: flags.duration('leader-elect-renew-deadline', ELECTION_DEFAULTS.renewDeadline),
    retryPeriod: flags.duration('leader-elect-retry-period', ELECTION_DEFAULTS.retryPeriod),
    server,
  };
  return new LeaderElector(sys, client, log, settings, onEvent);
}
