import { StatusError } from '../../api/status.js';
import type { ApiClient } from '../../client/client.js';
import { ELECTION_DEFAULTS, electionIdentity, LeaderElector } from '../../client/component/leader-election.js';
import type { ComponentLog } from '../../client/component/log.js';
import { isUnreachable } from '../../client/go-errors.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ControllerOptions } from './options.js';
import { runningAddresses, updateStatuses } from './status.js';
import type { IngressStore } from './store.js';

const STATUS_SPAN = 60 * SECOND;

/** Of several controllers the one that leads writes into the ingresses where they are reached. */
export class Publisher {
  private leads = false;

  constructor(
    private readonly sys: Sys,
    private readonly log: ComponentLog,
    private readonly options: ControllerOptions,
    private readonly client: ApiClient,
    private readonly store: IngressStore,
  ) {}

  /** Who leads writes addresses into the ingresses, at once and every minute. */
  *run(): Waiting<void> {
    const { sys, log, options, client } = this;
    if (!options.disableElection) {
      const { namespace, name } = options.addresses.pod;
      const settings = {
        ...ELECTION_DEFAULTS,
        leaseDuration: 30 * SECOND,
        renewDeadline: 15 * SECOND,
        retryPeriod: 7_500 * MILLISECOND,
        namespace,
        name: options.electionId,
        identity: name === '' ? electionIdentity(sys) : name,
        server: `https://${sys.environment.get('KUBERNETES_SERVICE_HOST')}:443`,
      };
      const elector = new LeaderElector(sys, client, log, settings, () => {});
      yield* elector.acquire();
      log.info('I am the new leader', {}, 'leaderelection.go:80');
      sys.thread(() => elector.renew());
    }
    this.leads = true;
    while (options.updateStatus) {
      yield* this.write();
      yield* sys.sleep(STATUS_SPAN);
    }
  }

  private *write(): Waiting<void> {
    const { client, store } = this;
    try {
      const addresses = yield* runningAddresses(client, this.options.addresses);
      yield* updateStatuses(client, this.log, store.list(), addresses);
    } catch (error) {
      if (!(error instanceof StatusError) && !isUnreachable(error)) throw error;
      this.log.error(error, 'error obtaining running IP address', {}, 'status.go:137');
    }
  }

  /** The last controller takes its addresses away with it. */
  *clear(): Waiting<void> {
    if (!this.leads || !this.options.updateStatus) return;
    const { client, store } = this;
    try {
      const addresses = yield* runningAddresses(client, this.options.addresses);
      if (addresses.length > 1) {
        this.log.info('leaving status update for next leader', {}, 'status.go:116');
        return;
      }
      this.log.info('removing value from ingress status', { address: addresses }, 'status.go:125');
      yield* updateStatuses(client, this.log, store.list(), []);
    } catch (error) {
      if (!(error instanceof StatusError) && !isUnreachable(error)) throw error;
    }
  }
}
