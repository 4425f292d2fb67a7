import type { KubeObject } from '../../api/object.js';
import type { ResourceType } from '../../client/client.js';
import { collectionPath } from '../../client/paths.js';
import type { HttpStream } from '../../kernel/network.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Query } from '../rest.js';
import type { Session } from '../session.js';

/** A change a watch tells. */
export interface WatchChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject;
}

/** Changes to come, one by one; `undefined` at the end, or when the instant given has come. */
export interface Watch {
  next(until?: Micros): Waiting<WatchChange | undefined>;
  cancel(): void;
}

/** Opens a watch; `accept` asks for tables. `--request-timeout` ends it like any request. */
export function* openWatch(
  session: Session,
  mapping: ResourceType,
  namespace: string,
  query: Query,
  accept?: string,
): Waiting<Watch> {
  const timeout = session.requestTimeout();
  const end = timeout === undefined ? undefined : session.now() + timeout;
  const response = yield* session.rest().response({
    method: 'GET',
    path: collectionPath(mapping, namespace),
    query: { ...query, watch: 'true' },
    accept,
  });
  const { stream } = response;
  if (!stream) return { next: noChange, cancel: () => {} };
  return { next: (until) => nextChange(session, stream, sooner(until, end)), cancel: () => stream.cancel() };
}

function sooner(one: Micros | undefined, other: Micros | undefined): Micros | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function* noChange(): Waiting<undefined> {
  return undefined;
}

function* nextChange(
  session: Session,
  { items }: HttpStream,
  until: Micros | undefined,
): Waiting<WatchChange | undefined> {
  for (;;) {
    const item = items.tryReceive();
    if (item === 'end') return undefined;
    if (item !== undefined) {
      return 'object' in item
        ? (item.object as WatchChange)
        : (JSON.parse(Buffer.from(item).toString('utf8')) as WatchChange);
    }
    if (until === undefined) yield items.readable;
    else {
      yield { queues: [items.readable], until };
      if (!items.closed && items.length === 0 && session.now() >= until) return undefined;
    }
  }
}
