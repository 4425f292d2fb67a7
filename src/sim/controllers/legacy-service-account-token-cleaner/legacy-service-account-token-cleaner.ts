import { secretNames } from '../../api/pod-references.js';
import { isConflict, isNotFound } from '../../api/status.js';
import { formatTime, parseTime } from '../../api/time.js';
import type { ConfigMap, Secret, ServiceAccount } from '../../api/types/config.js';
import type { Pod } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';
import { DAY, type Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext } from '../machinery/context.js';
import { isExpectedFailure } from '../machinery/failures.js';
import { CONFIG_MAPS, PODS, SECRETS, SERVICE_ACCOUNTS } from '../machinery/resource-types.js';
import { startPeriodic } from '../machinery/worker.js';

const INTERVAL = DAY;
const TYPE = 'kubernetes.io/service-account-token';
const TRACKING = 'kube-apiserver-legacy-service-account-token-tracking';
const NAME_ANNOTATION = 'kubernetes.io/service-account.name';
const UID_ANNOTATION = 'kubernetes.io/service-account.uid';
const LAST_USED_LABEL = 'kubernetes.io/legacy-token-last-used';
const INVALID_SINCE_LABEL = 'kubernetes.io/legacy-token-invalid-since';

/**
 * Takes away tokens that were made by themselves for accounts and that nobody has used for long: first they are said to be
 * invalid, and after as long again they go.
 */
export const legacyTokenCleanerController: Controller = {
  name: 'legacy-serviceaccount-token-cleaner-controller',
  alias: 'legacy-service-account-token-cleaner',
  start: (context) => {
    const cleaner = new Cleaner(context);
    startPeriodic(context, INTERVAL, () => cleaner.run());
  },
};

class Cleaner {
  private readonly accounts: Informer<ServiceAccount>;
  private readonly secrets: Informer<Secret>;
  private readonly pods: Informer<Pod>;

  constructor(private readonly context: ControllerContext) {
    this.accounts = context.informer<ServiceAccount>(SERVICE_ACCOUNTS);
    this.secrets = context.informer<Secret>(SECRETS);
    this.pods = context.informer<Pod>(PODS);
  }

  *run(): Waiting<void> {
    const { legacyTokenPeriod: period } = this.context.options;
    const now = this.context.sys.now();
    const since = yield* this.trackedSince();
    if (since === undefined || now < since + period) return;
    for (const secret of this.secrets.list()) {
      if (!this.isIdle(secret, now - period) || !this.isMadeByItself(secret) || this.isNamedByPods(secret)) continue;
      const invalidSince = secret.metadata.labels?.[INVALID_SINCE_LABEL] ?? '';
      if (dayOf(invalidSince) === undefined) yield* this.invalidate(secret, dateOf(now));
      else if (invalidSince < dateOf(now - period)) yield* this.remove(secret, invalidSince);
    }
  }

  /** The first instant from which on every use is known for sure: the day after tracking began. */
  private *trackedSince(): Waiting<Micros | undefined> {
    try {
      const { data } = yield* this.context.client.get<ConfigMap>(CONFIG_MAPS, TRACKING, 'kube-system');
      const since = dayOf(data?.['since'] ?? '');
      if (since !== undefined) return since + DAY;
      const why =
        data?.['since'] === undefined ? 'configMap does not have since label' : 'error parsing trackedSince time';
      this.context.log.error(why, 'Getting lastest possible tracked_since time');
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      this.context.log.error(error, 'Getting lastest possible tracked_since time');
    }
    return undefined;
  }

  private isIdle({ type, metadata }: Secret, since: Micros): boolean {
    if (type !== TYPE || metadata.deletionTimestamp) return false;
    const created = parseTime(metadata.creationTimestamp ?? '');
    if (created === undefined || created >= since) return false;
    const lastUsed = metadata.labels?.[LAST_USED_LABEL];
    // A date that nobody can read says nothing about when it was.
    return lastUsed === undefined || (dayOf(lastUsed) !== undefined && lastUsed < dateOf(since));
  }

  /** Only accounts for which tokens were once made by themselves know of them. */
  private isMadeByItself({ metadata }: Secret): boolean {
    const { [NAME_ANNOTATION]: name = '', [UID_ANNOTATION]: uid = '' } = metadata.annotations ?? {};
    const account = this.accounts.get(metadata.namespace, name);
    if (!account || (uid !== '' && uid !== account.metadata.uid)) return false;
    return (account.secrets ?? []).some((one) => one.name === metadata.name);
  }

  private isNamedByPods({ metadata }: Secret): boolean {
    return this.pods.list(metadata.namespace).some((pod) => secretNames(pod).includes(metadata.name ?? ''));
  }

  private *invalidate({ metadata }: Secret, today: string): Waiting<void> {
    const { name = '', namespace, uid } = metadata;
    const { log, client } = this.context;
    log.info('Mark the auto-generated service account token as invalid', {
      invalidSince: today,
      secret: `${namespace}/${name}`,
    });
    const patch = {
      kind: 'Secret',
      apiVersion: 'v1',
      metadata: { name, namespace, uid, labels: { [INVALID_SINCE_LABEL]: today } },
    };
    try {
      yield* client.patch(SECRETS, name, namespace, 'application/merge-patch+json', patch);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      log.error(error, 'Failed to label legacy service account token secret with invalid since date');
    }
  }

  private *remove({ metadata }: Secret, invalidSince: string): Waiting<void> {
    const { name = '', namespace, resourceVersion = '', creationTimestamp, labels } = metadata;
    const { log, client } = this.context;
    log.info('Delete auto-generated service account token', {
      secret: `${namespace}/${name}`,
      creationTime: creationTimestamp,
      lastUsed: labels?.[LAST_USED_LABEL] ?? '',
      invalidSince,
    });
    try {
      yield* client.delete(SECRETS, name, namespace, { preconditions: { resourceVersion } });
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      if (!isConflict(error) && !isNotFound(error)) log.error(error, 'Deleting legacy service account token');
    }
  }
}

function dateOf(instant: Micros): string {
  return formatTime(instant).slice(0, 10);
}

function dayOf(date: string): Micros | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? parseTime(`${date}T00:00:00Z`) : undefined;
}
