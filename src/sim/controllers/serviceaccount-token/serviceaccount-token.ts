import { deepCopy } from '../../api/object.js';
import { isConflict, isNotFound } from '../../api/status.js';
import type { Secret, ServiceAccount } from '../../api/types/config.js';
import type { Informer } from '../../client/informer.js';
import { legacyToken } from '../../client/pki/legacy-token.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { SECRETS, SERVICE_ACCOUNTS } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

const TYPE = 'kubernetes.io/service-account-token';
const NAME_ANNOTATION = 'kubernetes.io/service-account.name';
const UID_ANNOTATION = 'kubernetes.io/service-account.uid';

/** Fills Secrets that are to hold a service account's token, and takes them away with their account. */
export const serviceAccountTokenController: Controller = {
  name: 'serviceaccount-token-controller',
  alias: 'serviceaccount-token',
  start: (context) => {
    if (context.options.tokenKey !== '') new TokensController(context).start();
  },
};

class TokensController {
  private readonly accounts: Informer<ServiceAccount>;
  private readonly secrets: Informer<Secret>;
  private readonly queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.accounts = context.informer<ServiceAccount>(SERVICE_ACCOUNTS);
    this.secrets = context.informer<Secret>(SECRETS);
    this.queue = context.queue('serviceaccount_tokens_secret');
  }

  start(): void {
    const enqueue = (secret: Secret) => {
      if (secret.type === TYPE) this.queue.add(keyOf(secret));
    };
    this.secrets.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after), deleted: enqueue });
    this.accounts.addHandlers({ deleted: (account) => this.enqueueSecretsOf(account) });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private enqueueSecretsOf({ metadata }: ServiceAccount): void {
    for (const secret of this.secrets.list(metadata.namespace)) {
      const { annotations } = secret.metadata;
      if (secret.type === TYPE && annotations?.[NAME_ANNOTATION] === metadata.name) this.queue.add(keyOf(secret));
    }
  }

  private *sync(key: string): Waiting<void> {
    const [namespace = '', name = '', account = ''] = key.split('/');
    const secret = this.secrets.get(namespace, name);
    if (!secret || secret.type !== TYPE) return yield* this.removeReference(namespace, account, name);
    const owner = yield* this.findAccount(secret);
    if (owner) yield* this.fill(owner, secret);
    else yield* this.remove(secret);
  }

  /** The account that a secret names; one of the same name that was made later is another. */
  private *findAccount({ metadata }: Secret): Waiting<ServiceAccount | undefined> {
    const { [NAME_ANNOTATION]: name = '', [UID_ANNOTATION]: uid } = metadata.annotations ?? {};
    if (name === '') return undefined;
    const isMeant = (account: ServiceAccount) => !uid || uid === account.metadata.uid;
    const cached = this.accounts.get(metadata.namespace, name);
    if (cached && isMeant(cached)) return cached;
    try {
      const live = yield* this.context.client.get<ServiceAccount>(SERVICE_ACCOUNTS, name, metadata.namespace);
      return isMeant(live) ? live : undefined;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  private *fill(account: ServiceAccount, secret: Secret): Waiting<void> {
    const { rootCa, tokenKey } = this.context.options;
    const { namespace = '', name = '' } = secret.metadata;
    const data = { ...secret.data };
    const ca = encoded(rootCa);
    if (rootCa !== '') data['ca.crt'] = ca;
    data['namespace'] ||= encoded(namespace);
    data['token'] ||= encoded(
      legacyToken(tokenKey, {
        namespace,
        secret: name,
        account: account.metadata.name ?? '',
        uid: account.metadata.uid ?? '',
      }),
    );
    const before = secret.data ?? {};
    if (Object.entries(data).every(([key, value]) => before[key] === value)) return;
    const filled = deepCopy(secret);
    filled.data = data;
    filled.metadata.annotations = {
      ...filled.metadata.annotations,
      [NAME_ANNOTATION]: account.metadata.name ?? '',
      [UID_ANNOTATION]: account.metadata.uid ?? '',
    };
    try {
      yield* this.context.client.update(SECRETS, filled);
    } catch (error) {
      // The secret comes again with what made it another.
      if (!isConflict(error) && !isNotFound(error)) throw error;
    }
  }

  private *remove({ metadata }: Secret): Waiting<void> {
    const { name = '', namespace, uid } = metadata;
    try {
      const preconditions = uid === undefined ? {} : { preconditions: { uid } };
      yield* this.context.client.delete(SECRETS, name, namespace, preconditions);
    } catch (error) {
      if (!isConflict(error) && !isNotFound(error)) throw error;
    }
  }

  /** An account that names a secret which is gone forgets it. */
  private *removeReference(namespace: string, account: string, secret: string): Waiting<void> {
    const found = this.accounts.get(namespace, account);
    if (!found?.secrets?.some(({ name }) => name === secret)) return;
    const changed = deepCopy(found);
    changed.secrets = (changed.secrets ?? []).filter(({ name }) => name !== secret);
    try {
      yield* this.context.client.update(SERVICE_ACCOUNTS, changed);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

function keyOf({ metadata }: Secret): string {
  return `${metadata.namespace}/${metadata.name}/${metadata.annotations?.[NAME_ANNOTATION] ?? ''}`;
}

function encoded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
