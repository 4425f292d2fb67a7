import type { KubeObject } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';
import type { Info } from './info.js';
import { openWatch } from './watch.js';

/** Waits until an object is gone, or another one has its name. Throws when that takes longer than `until`. */
export function* waitDeleted(session: Session, info: Info, uid: string | undefined, until: Micros): Waiting<void> {
  for (;;) {
    let object: KubeObject;
    try {
      object = yield* session.rest().get<KubeObject>(info.mapping, info.name, info.namespace);
    } catch (error) {
      if (isNotFound(error)) return;
      throw error;
    }
    if (uid !== undefined && object.metadata.uid !== uid) return;
    const query = { fieldSelector: `metadata.name=${info.name}`, resourceVersion: object.metadata.resourceVersion };
    const watch = yield* openWatch(session, info.mapping, info.namespace, query);
    try {
      for (let change = yield* watch.next(until); change !== undefined; change = yield* watch.next(until)) {
        if (change.type === 'DELETED') return;
        if (change.type === 'ERROR') break;
      }
    } finally {
      watch.cancel();
    }
    if (session.now() >= until) {
      throw new CommandError(`timed out waiting for the condition on ${info.mapping.resource}/${info.name}`);
    }
  }
}
