import { connectComponent } from '../client/component/connect.js';
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
import { KubeconfigError } from '../client/kubeconfig/types.js';
import { untilSignal } from '../kernel/libc/until-signal.js';
import { ExitProcess, type Program, type Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { readConfigFile, type SchedulerConfig, USUAL_CONFIG } from './config.js';
import { ConfigError } from './config-values.js';
import { SCHEDULER_FLAGS } from './flags.js';
import { createScheduler, runScheduler } from './scheduler.js';

const NAME = 'kube-scheduler';
const SECURE_PORT = 10_259;

/**
 * kube-scheduler: reads its flags, waits to become leader, places pods, and ends when it can no longer renew its lease or
 * is told to; then it lets go of the lease.
 */
export const kubeScheduler: Program = function* (sys) {
  const log = componentLog(sys, 'server.go:174');
  const flags = yield* readFlags(sys, NAME, SCHEDULER_FLAGS);
  if (typeof flags === 'number') return flags;
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
  const connection = connectComponent(
    sys,
    log,
    config.kubeconfig,
    flags.text('master'),
    `${NAME}/${COMPONENT_VERSION}`,
  );
  openHealthPort(sys, flags, SECURE_PORT);
  log.info('Starting Kubernetes Scheduler', { version: COMPONENT_VERSION });
  const events = new EventBroadcaster(sys, connection.client);
  const component = config.profiles[0]?.schedulerName ?? NAME;
  const recorder = events.recorder({ component });
  const { profiles, backoff } = config;
  const scheduler = createScheduler(sys, connection.client, log, { profiles, backoff });
  if (!(config.leaderElect ?? true)) {
    yield* runScheduler(scheduler);
    return 0;
  }
  const settings = electionSettings(sys, flags, NAME, connection.server, config.election);
  const elector = new LeaderElector(sys, connection.client, log, settings, (lease, message) => {
    recorder.event(lease, 'Normal', 'LeaderElection', message);
  });
  yield* elector.acquire();
  sys.thread(() => runScheduler(scheduler));
  sys.thread(() => leadUntilLost(elector, log));
  yield* untilSignal(sys);
  // Whoever is next need not wait for the lease to run out.
  yield* elector.release();
  log.info('Requested to terminate, exiting', {}, 'server.go:324');
  return 0;
}

/** Ends the whole program when the lease could not be renewed. */
function* leadUntilLost(elector: LeaderElector, log: ComponentLog): Waiting<void> {
  yield* elector.renew();
  log.error(undefined, 'Leaderelection lost', {}, 'server.go:328');
  throw new ExitProcess(1);
}

/** A --config file replaces the deprecated flags; what was given for leader election on the command line still counts. */
function configOf(sys: Sys, flags: ComponentFlags): SchedulerConfig {
  const path = flags.text('config');
  const elect = flags.has('leader-elect') ? flags.boolean('leader-elect', true) : undefined;
  if (path === '') {
    return { ...USUAL_CONFIG, kubeconfig: flags.text('kubeconfig'), leaderElect: elect };
  }
  const config = readConfigFile(sys, path);
  return { ...config, leaderElect: elect ?? config.leaderElect };
}
