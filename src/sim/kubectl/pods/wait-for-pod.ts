import { isNotFound, notFound, StatusError } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import { openWatch } from '../resource/watch.js';
import type { Session } from '../session.js';

/** Waits until a pod is as wanted. Throws when it is gone, or when that takes longer than `until`. */
export function* waitForPod(
  session: Session,
  { metadata }: Pod,
  until: Micros,
  isMet: (pod: Pod) => boolean,
): Waiting<Pod> {
  const { name = '', namespace = '' } = metadata;
  for (;;) {
    let pod: Pod;
    try {
      pod = yield* session.rest().get<Pod>(RESOURCES.pods, name, namespace);
    } catch (error) {
      if (isNotFound(error)) throw new StatusError(notFound({ group: '', resource: 'pods' }, ''));
      throw error;
    }
    if (isMet(pod)) return pod;
    const query = { fieldSelector: `metadata.name=${name}`, resourceVersion: pod.metadata.resourceVersion };
    const watch = yield* openWatch(session, RESOURCES.pods, namespace, query);
    try {
      for (let change = yield* watch.next(until); change !== undefined; change = yield* watch.next(until)) {
        if (change.type === 'DELETED' || change.type === 'ERROR') break;
        if (change.type !== 'BOOKMARK' && isMet(change.object as unknown as Pod))
          return change.object as unknown as Pod;
      }
    } finally {
      watch.cancel();
    }
    if (session.now() >= until) throw new CommandError('timed out waiting for the condition');
  }
}
