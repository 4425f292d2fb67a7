import type { KubeObject } from '../../api/object.js';
import { type Status, tooOldResourceVersion } from '../../api/status.js';
import { Channel } from '../../kernel/channel.js';
import type { HttpStream } from '../../kernel/network.js';
import { MINUTE, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { CompactedError } from '../../store/errors.js';
import type { Store } from '../../store/store.js';
import { converting } from '../extensions/conversion/converting.js';
import type { RequestContext } from '../request/context.js';
import { readWatchOptions } from '../request/list-options.js';
import { readBoolean, readInteger, readResourceVersion } from '../request/options.js';
import { readSelection, type Selection } from '../request/selection.js';
import { type Answer, responseAnswer } from '../respond/answer.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { refuseStuck } from '../storage/refuse-stuck.js';
import { objectAs, storageKey } from '../storage/stored-object.js';
import { ChangeTeller, isNamed } from './watch-changes.js';
import { type EventWriter, eventWriter } from './watch-events.js';

/** A watch that nobody gave a time ends after this long, and up to twice as long (--min-request-timeout). */
const MIN_REQUEST_TIMEOUT = 30 * MINUTE;

/** GET of a collection with watch=true: a stream of events from a revision on. */
export function* watchVerb(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  const selection = readSelection(kind, context.query);
  const { version, initialEvents: initial } = readWatchOptions(context.query);
  const from = readResourceVersion(version, 'other');
  const store = yield* context.parts.etcd.store('read');
  refuseStuck(context.parts, kind);
  const events = eventWriter(context, kind);
  const begin = initial ? 0 : from;
  const now = begin === 0 ? yield* stateNow(context, kind, store, selection) : { objects: [], revision: begin };
  const stream = openWatch(context, kind, store, selection, events, now, initial);
  return responseAnswer({ status: 200, headers: events.headers, stream });
}

/** What a watch begins with: objects, and the revision after which changes are told. */
interface Beginning {
  readonly objects: readonly KubeObject[];
  readonly revision: number;
}

function* stateNow(context: RequestContext, kind: ServedKind, store: Store, selection: Selection): Waiting<Beginning> {
  const prefix = storageKey(kind, context.info.namespace, exactName(context, kind));
  return yield* converting(context.parts, store, () => ({
    objects: store
      .range({ prefix })
      .entries.map((entry) => objectAs(kind, entry))
      .filter((object) => isNamed(context, object) && selection.matches(object)),
    revision: store.revision,
  }));
}

function openWatch(
  context: RequestContext,
  kind: ServedKind,
  store: Store,
  selection: Selection,
  events: EventWriter,
  { objects, revision }: Beginning,
  initial: boolean,
): HttpStream {
  const items: HttpStream['items'] = new Channel();
  /** The revision of a bookmark that is still to be told: of the last one, and none when something else came after it. */
  let reached: number | undefined;
  const send = (type: string, object: object) => {
    reached = undefined;
    items.send(events.write(type, object));
  };
  const prefix = storageKey(kind, context.info.namespace, exactName(context, kind));
  let stop = () => {};
  let forget = () => {};
  const close = () => {
    stop();
    forget();
    if (reached !== undefined) send('BOOKMARK', bookmarkObject(kind, reached, false));
    items.close();
  };
  let bookmark = () => {};
  const teller = new ChangeTeller({ context, kind, store, selection, send, close });
  try {
    for (const object of objects) send('ADDED', object);
    if (initial) send('BOOKMARK', bookmarkObject(kind, store.revision, true));
    stop = store.watch(prefix, revision + 1, (changes) => teller.tell(changes));
  } catch (error) {
    if (!(error instanceof CompactedError)) throw error;
    send('ERROR', tooOldResourceVersion(revision, error.compacted) satisfies Status);
    items.close();
    return { items, cancel: () => {} };
  }
  if (readBoolean(context.query, 'allowWatchBookmarks')) {
    bookmark = () => {
      if (teller.isBehind) return;
      // Inside the machine a bookmark is where one begins when the watch has ended: it is told then.
      if (context.accept.encoding === 'object') reached = store.revision;
      else send('BOOKMARK', bookmarkObject(kind, store.revision, false));
    };
  }
  const deadline = context.now + lifetime(context);
  forget = context.parts.watches.add({ deadline, bookmark: () => bookmark(), close }, context.now);
  return { items, cancel: close };
}

/** A watch of one name looks at one key, or in all namespaces at all of them. */
function exactName(context: RequestContext, kind: ServedKind): string | undefined {
  const { name, namespace } = context.info;
  return name !== '' && (!kind.namespaced || namespace !== '') ? name : undefined;
}

function bookmarkObject(kind: ServedKind, revision: number, initialEnd: boolean): object {
  const annotations = initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
  return {
    kind: kind.kind,
    apiVersion: apiVersionOf(kind),
    metadata: { resourceVersion: String(revision), ...annotations },
  };
}

function lifetime(context: RequestContext): number {
  const seconds = readInteger(context.query, 'timeoutSeconds') ?? 0;
  if (seconds > 0) return seconds * SECOND;
  return MIN_REQUEST_TIMEOUT + Math.floor(context.parts.random.fraction() * MIN_REQUEST_TIMEOUT);
}
