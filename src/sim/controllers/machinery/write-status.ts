import { deepCopy, type KubeObject } from '../../api/object.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure } from './failures.js';

/** Times a status write is repeated on the newest version before giving up until the next sync. */
const STATUS_UPDATE_RETRIES = 1;

/** Writes the status that `apply` gives to the object. Throws what the server refused with at last. */
export function* writeStatus<T extends KubeObject>(
  client: ApiClient,
  type: ResourceType,
  object: T,
  apply: (current: T) => T,
): Waiting<void> {
  let current = object;
  for (let attempt = 0; ; attempt += 1) {
    try {
      yield* client.update(type, apply(deepCopy(current)), { subresource: 'status' });
      return;
    } catch (error) {
      if (!isExpectedFailure(error) || attempt >= STATUS_UPDATE_RETRIES) throw error;
    }
    current = yield* client.get<T>(type, object.metadata.name ?? '', object.metadata.namespace);
  }
}
