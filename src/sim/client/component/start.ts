import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { type ComponentFlags, FlagError, type FlagTable, parseComponentFlags } from './flags.js';
import { serveHealth } from './health-server.js';
import { ELECTION_DEFAULTS, type ElectionSettings, electionIdentity } from './leader-election.js';

/** What every component of a control plane does first, in the words they share (k8s.io/component-base). */
export const COMPONENT_VERSION = 'v1.36.0';

/** What a configuration file says of leader election; the rest is as usual. */
export type UsualElection = Partial<Omit<ElectionSettings, 'identity' | 'server'>>;

/** A start-up that failed; `command failed` in the log, exit status 1. */
export class StartError extends Error {}

/** A component's flags, or the status it ends with at once: after wrong flags, or `--version`. */
export function* readFlags(sys: Sys, name: string, kinds: FlagTable): Waiting<ComponentFlags | number> {
  let flags: ComponentFlags;
  try {
    flags = parseComponentFlags(name, kinds, sys.args.slice(1));
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    yield* sys.write(2, `Error: ${error.message}\n`);
    return 1;
  }
  if (!flags.boolean('version', false)) return flags;
  yield* sys.write(1, `Kubernetes ${COMPONENT_VERSION}\n`);
  return 0;
}

/** Opens the port for health checks that the flags name; 0 means none. Throws StartError when it is taken. */
export function openHealthPort(sys: Sys, flags: ComponentFlags, usualPort: number): void {
  const port = flags.number('secure-port', usualPort);
  if (port === 0) return;
  const address = flags.text('bind-address', '0.0.0.0');
  try {
    serveHealth(sys, address, port);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const where = `${address}:${port}`;
    const why = `listen tcp ${where}: bind: ${error.message.toLowerCase()}`;
    throw new StartError(`failed to create listener: failed to listen on ${where}: ${why}`);
  }
}

/**
 * The lease that a component named `name` wants, as its flags say, and where they say nothing as `usual` does, which may
 * come from a configuration file. `server` is for log lines.
 */
export function electionSettings(
  sys: Sys,
  flags: ComponentFlags,
  name: string,
  server: string,
  usual: UsualElection = {},
): ElectionSettings {
  return {
    namespace: flags.text('leader-elect-resource-namespace', usual.namespace ?? 'kube-system'),
    name: flags.text('leader-elect-resource-name', usual.name ?? name),
    identity: electionIdentity(sys),
    leaseDuration: flags.duration(
      'leader-elect-lease-duration',
      usual.leaseDuration ?? ELECTION_DEFAULTS.leaseDuration,
    ),
    renewDeadline: flags.duration(
      'leader-elect-renew-deadline',
      usual.renewDeadline ?? ELECTION_DEFAULTS.renewDeadline,
    ),
    retryPeriod: flags.duration('leader-elect-retry-period', usual.retryPeriod ?? ELECTION_DEFAULTS.retryPeriod),
    server,
  };
}
