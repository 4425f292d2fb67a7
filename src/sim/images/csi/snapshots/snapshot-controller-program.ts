import { StatusError } from '../../../api/status.js';
import type { ApiClient } from '../../../client/client.js';
import { ELECTION_DEFAULTS, electionIdentity, LeaderElector } from '../../../client/component/leader-election.js';
import { type ComponentLog, componentLog } from '../../../client/component/log.js';
import { isUnreachable } from '../../../client/go-errors.js';
import { klogLine } from '../../../client/klog.js';
import { untilSignal } from '../../../kernel/libc/until-signal.js';
import type { Program, Sys } from '../../../kernel/sys.js';
import { MILLISECOND, SECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { say } from '../../go/log.js';
import { flagsOf, podClient } from '../sidecar.js';
import { SnapshotController } from './snapshot-controller.js';
import { SNAPSHOTS } from './snapshot-types.js';

const VERSION = 'v8.6.0';
/** So long it is waited for the kinds (--retry-crd-interval-max), first after this span, then ever longer. */
const PATIENCE = 30 * SECOND;
const FIRST = 100 * MILLISECOND;
const FACTOR = 1.5;
/** What client-go says of a kind that there is not, before it names the kind. */
const MISSING = 'the server could not find the requested resource';

/** snapshot-controller v8.6 of external-snapshotter. Ends with status 1 when its kinds are missing. */
export const snapshotController: Program = function* snapshotController(sys) {
  const flags = flagsOf(sys);
  if (flags.has('version')) {
    yield* sys.write(1, `snapshot-controller ${VERSION}\n`);
    return 0;
  }
  const log = componentLog(sys, 'main.go:206');
  log.info('Version', { version: VERSION });
  const client = podClient(sys, `snapshot-controller/${VERSION}`);
  if (!(yield* waitForKinds(sys, client))) {
    const why = 'context deadline exceeded';
    fail(sys, 'main.go:259', `Exiting due to failure to ensure CRDs exist during startup: ${why}`);
    return 1;
  }
  if (flags.get('leader-election')?.[0] === 'true') yield* lead(sys, client, log);
  new SnapshotController(sys, client, flags.get('enable-distributed-snapshotting')?.[0] === 'true').start();
  log.info('Starting snapshot controller', {}, 'snapshot_controller_base.go:274');
  yield* untilSignal(sys, ['INT', 'TERM']);
  return 2;
};

/** Whether all of its kinds are there in time. */
function* waitForKinds(sys: Sys, client: ApiClient): Waiting<boolean> {
  const end = sys.now() + PATIENCE;
  for (let span = FIRST; sys.now() < end; span *= FACTOR) {
    if (yield* haveKinds(sys, client)) return true;
    yield* sys.sleep(Math.min(Math.round(span), Math.max(end - sys.now(), 1)));
  }
  return false;
}

function* haveKinds(sys: Sys, client: ApiClient): Waiting<boolean> {
  for (const type of [SNAPSHOTS.snapshots, SNAPSHOTS.classes, SNAPSHOTS.contents])
    try {
      yield* client.list(type, { limit: 1 });
    } catch (error) {
      if (!(error instanceof StatusError) && !isUnreachable(error)) throw error;
      const { resource, group } = type;
      const which =
        error instanceof StatusError && error.message.endsWith(MISSING) ? ` (get ${resource}.${group})` : '';
      fail(sys, 'main.go:104', `Failed to list v1 ${resource} with error=${error.message}${which}`);
      return false;
    }
  return true;
}

/** klog.Errorf. */
function fail(sys: Sys, where: string, text: string): void {
  say(sys, 2, klogLine(sys, 'E', where, text));
}

function* lead(sys: Sys, client: ApiClient, log: ComponentLog): Waiting<void> {
  const settings = {
    ...ELECTION_DEFAULTS,
    namespace: 'kube-system',
    name: 'snapshot-controller-leader',
    identity: electionIdentity(sys),
    server: `https://${sys.environment.get('KUBERNETES_SERVICE_HOST')}:443`,
  };
  const elector = new LeaderElector(sys, client, log, settings, () => {});
  yield* elector.acquire();
  sys.thread(() => elector.renew());
}
