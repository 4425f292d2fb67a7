import type { KubeObject } from '../../api/object.js';
import { type Status, tooOldResourceVersion } from '../../api/status.js';
import { Channel } from '../../kernel/channel.js';
import type { HttpStream } from '../../kernel/network.js';
import { MINUTE, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Change } from '../../store/entry.js';
import { CompactedError } from '../../store/errors.js';
import type { Store } from '../../store/store.js';
import type { RequestContext } from '../request/context.js';
import { readWatchOptions } from '../request/list-options.js';
import { readBoolean, readInteger, readResourceVersion } from '../request/options.js';
import { readSelection, type Selection } from '../request/selection.js';
import { type Answer, responseAnswer } from '../respond/answer.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { refuseStuck } from '../storage/refuse-stuck.js';
import { objectAs, storageKey } from '../storage/stored-object.js';
import { type EventWriter, eventWriter } from './watch-events.js';

/** A watch that nobody gave a time ends after this long, and up to twice as long (--min-request-timeout). */
const MIN_REQUEST_TIMEOUT = 30 * MINUTE;

/** GET of a collection with watch=true: a stream of events from a revision on. */
export function* watchVerb(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  const selection = readSelection(kind, context.query);
  const { version, initialEvents: initial } = readWatchOptions(context.query);
  const from = readResourceVersion(version, 'other');
  const store = yield* context.parts.etcd.store('read');
  const events = eventWriter(context, kind);
  refuseStuck(context.parts, kind);
  const stream = openWatch(context, kind, store, selection, events, initial ? 0 : from, initial);
  return responseAnswer({ status: 200, headers: events.headers, stream });
}

function openWatch(
  context: RequestContext,
  kind: ServedKind,
  store: Store,
  selection: Selection,
  events: EventWriter,
  from: number,
  initial: boolean,
): HttpStream {
  const items: HttpStream['items'] = new Channel();
  const send = (type: string, object: object) => items.send(events.write(type, object));
  const prefix = storageKey(kind, context.info.namespace, exactName(context, kind));
  let stop = () => {};
  let forget = () => {};
  const close = () => {
    stop();
    forget();
    items.close();
  };
  let bookmark = () => {};
  try {
    if (from === 0)
      for (const entry of store.range({ prefix }).entries) {
        const object = objectAs(kind, entry);
        if (named(context, object) && selection.matches(object)) send('ADDED', object);
      }
    if (initial) send('BOOKMARK', bookmarkObject(kind, store.revision, true));
    stop = store.watch(prefix, from === 0 ? 0 : from + 1, (changes) => {
      for (const change of changes) sendChange(context, kind, change, selection, send);
    });
  } catch (error) {
    if (!(error instanceof CompactedError)) throw error;
    send('ERROR', tooOldResourceVersion(from, error.compacted) satisfies Status);
    items.close();
    return { items, cancel: () => {} };
  }
  if (readBoolean(context.query, 'allowWatchBookmarks')) {
    bookmark = () => send('BOOKMARK', bookmarkObject(kind, store.revision, false));
  }
  const deadline = context.now + lifetime(context);
  forget = context.parts.watches.add({ deadline, bookmark: () => bookmark(), close }, context.now);
  return { items, cancel: close };
}

/** A write turned into the event a selecting watcher sees: what comes into view is added, what goes out is deleted. */
function sendChange(
  context: RequestContext,
  kind: ServedKind,
  change: Change,
  selection: Selection,
  send: (type: string, object: object) => void,
): void {
  const before = change.previous && objectAs(kind, change.previous);
  const after = change.entry && objectAs(kind, change.entry);
  if (!named(context, (after ?? before) as KubeObject)) return;
  const wasSeen = before !== undefined && selection.matches(before);
  if (after && selection.matches(after)) send(wasSeen ? 'MODIFIED' : 'ADDED', after);
  else if (wasSeen) send('DELETED', atRevision(before, change.revision));
}

/** A watch of one name looks at one key, or in all namespaces at all of them. */
function exactName(context: RequestContext, kind: ServedKind): string | undefined {
  const { name, namespace } = context.info;
  return name !== '' && (!kind.namespaced || namespace !== '') ? name : undefined;
}

function named(context: RequestContext, object: KubeObject): boolean {
  return context.info.name === '' || object.metadata.name === context.info.name;
}

const lastStates = new WeakMap<KubeObject, KubeObject>();

/** An object's last state with the revision of its end: the same one for all who watch it. */
function atRevision(object: KubeObject, revision: number): KubeObject {
  const resourceVersion = String(revision);
  let last = lastStates.get(object);
  if (last?.metadata.resourceVersion !== resourceVersion) {
    last = { ...object, metadata: { ...object.metadata, resourceVersion } };
    lastStates.set(object, last);
  }
  return last;
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
