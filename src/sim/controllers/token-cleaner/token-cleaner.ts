import { isConflict, isNotFound } from '../../api/status.js';
import type { Secret } from '../../api/types/config.js';
import { BOOTSTRAP_NAMESPACE, isBootstrapToken, tokenLife } from '../machinery/bootstrap-tokens.js';
import type { Controller } from '../machinery/context.js';
import { SECRETS } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

/** Takes bootstrap tokens away when their time is over. */
export const tokenCleanerController: Controller = {
  name: 'token-cleaner-controller',
  alias: 'tokencleaner',
  start: (context) => {
    const secrets = context.informer<Secret>(SECRETS);
    const queue = context.queue('token_cleaner');
    const enqueue = (secret: Secret) => {
      if (isBootstrapToken(secret)) queue.add(secret.metadata.name ?? '');
    };
    secrets.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after) });
    const sync = function* (name: string) {
      const secret = secrets.get(BOOTSTRAP_NAMESPACE, name);
      const life = secret && isBootstrapToken(secret) ? tokenLife(secret, context.sys.now()) : undefined;
      if (!secret || life === undefined) return;
      if (life > 0) return queue.addAfter(name, life);
      const { uid } = secret.metadata;
      try {
        const preconditions = uid === undefined ? {} : { preconditions: { uid } };
        yield* context.client.delete(SECRETS, name, BOOTSTRAP_NAMESPACE, preconditions);
      } catch (error) {
        if (!isConflict(error) && !isNotFound(error)) throw error;
      }
    };
    startWorker(context, queue, sync, retryWithBackoff(context, queue));
  },
};
