import type { KubeObject } from '../api/object.js';
import { type Status, StatusError } from '../api/status.js';
import { decodeText } from '../kernel/bytes.js';
import { Channel } from '../kernel/channel.js';
import type { HttpResponse } from '../kernel/network.js';
import type { Waiting } from '../kernel/wait.js';
import type {
  ApiClient,
  DeleteOptions,
  ListOptions,
  ObjectList,
  ResourceType,
  Transport,
  Watch,
  WatchEvent,
  WriteOptions,
} from './client.js';
import { collectionPath, objectPath, withQuery } from './paths.js';
import { wordlessRefusal } from './wordless-refusal.js';

const OBJECT_TYPE = 'application/vnd.kubedrill.object';

/** What a client says of itself with every request. */
export interface ClientOptions {
  /** `kubectl/v1.36.0 (linux/amd64)`; its first part is the field manager when none is given. */
  readonly userAgent?: string;
}

/** The verbs of the API over a transport. Objects stay objects where both ends are in the same machine. */
export function createClient(transport: Transport, options: ClientOptions = {}): ApiClient {
  const base: Record<string, string> = { accept: OBJECT_TYPE };
  if (options.userAgent) base['user-agent'] = options.userAgent;

  function* send(method: string, target: string, object?: unknown, contentType?: string): Waiting<HttpResponse> {
    const headers = contentType ? { ...base, 'content-type': contentType } : base;
    const response = yield* transport.request({ method, target, headers, ...(object === undefined ? {} : { object }) });
    if (response.status >= 400) throw new StatusError(statusOf(response));
    return response;
  }
  function* exchange<T>(method: string, target: string, object?: unknown, contentType?: string): Waiting<T> {
    return objectOf(yield* send(method, target, object, contentType)) as T;
  }

  return {
    get: (type, name, namespace) => exchange('GET', objectPath(type, name, namespace)),
    list: <T extends KubeObject>(type: ResourceType, list: ListOptions = {}) =>
      exchange<ObjectList<T>>('GET', withQuery(collectionPath(type, list.namespace), listQuery(list))),
    *watch<T extends KubeObject>(type: ResourceType, list: ListOptions = {}): Waiting<Watch<T>> {
      const query = { ...listQuery(list), watch: 'true', allowWatchBookmarks: 'true' };
      const response = yield* send('GET', withQuery(collectionPath(type, list.namespace), query));
      return watchOf<T>(response);
    },
    create: (type, object, write = {}) =>
      exchange('POST', withQuery(writePath(type, object, undefined, write), writeQuery(write)), object),
    update: (type, object, write = {}) =>
      exchange('PUT', withQuery(writePath(type, object, object.metadata.name, write), writeQuery(write)), object),
    patch: (type, name, namespace, patchType, patch, write = {}) =>
      exchange(
        'PATCH',
        withQuery(objectPath(type, name, namespace, write.subresource), writeQuery(write)),
        patch,
        patchType,
      ),
    delete: (type, name, namespace, remove = {}) =>
      exchange('DELETE', objectPath(type, name, namespace), deleteBody(remove)),
    *deleteCollection(type, both) {
      yield* send('DELETE', withQuery(collectionPath(type, both.namespace), listQuery(both)), deleteBody(both));
    },
    createSubresource: (type, name, namespace, subresource, object) =>
      exchange('POST', objectPath(type, name, namespace, subresource), object),
    raw: (request) => transport.request(request),
  };
}

function writePath(type: ResourceType, object: KubeObject, name: string | undefined, write: WriteOptions): string {
  const { namespace } = object.metadata;
  return name === undefined
    ? collectionPath(type, namespace ?? '')
    : objectPath(type, name, namespace, write.subresource);
}

function listQuery(options: ListOptions): Record<string, string | undefined> {
  return {
    labelSelector: options.labelSelector || undefined,
    fieldSelector: options.fieldSelector || undefined,
    resourceVersion: options.resourceVersion || undefined,
    limit: options.limit ? String(options.limit) : undefined,
    continue: options.continue || undefined,
  };
}

function writeQuery(options: WriteOptions): Record<string, string | undefined> {
  return {
    dryRun: options.dryRun ? 'All' : undefined,
    fieldManager: options.fieldManager,
    force: options.force ? 'true' : undefined,
    fieldValidation: options.fieldValidation,
  };
}

function deleteBody(options: DeleteOptions): object {
  return {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    ...(options.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: options.gracePeriodSeconds }),
    ...(options.propagationPolicy === undefined ? {} : { propagationPolicy: options.propagationPolicy }),
    ...(options.preconditions === undefined ? {} : { preconditions: options.preconditions }),
    ...(options.dryRun ? { dryRun: ['All'] } : {}),
  };
}

/** The object in an answer; bytes are read as JSON. */
export function objectOf(response: HttpResponse): unknown {
  if (response.object !== undefined) return response.object;
  return withItemKinds(JSON.parse(decodeText(response.body ?? new Uint8Array())));
}

/**
 * Servers leave out of a list's items what kind they are; whoever reads them puts it there (UnstructuredList of
 * apimachinery).
 */
function withItemKinds(value: unknown): unknown {
  const { apiVersion, kind = '', items } = (value ?? {}) as { apiVersion?: string; kind?: string; items?: unknown };
  if (!kind.endsWith('List') || !Array.isArray(items)) return value;
  const own = { apiVersion, kind: kind.slice(0, -'List'.length) };
  return { ...(value as object), items: items.map((item: KubeObject) => (item.kind ? item : { ...own, ...item })) };
}

/** The Status of a refusal; a body that is none becomes one, as client-go makes it. */
export function statusOf(response: HttpResponse): Status {
  return givenStatus(response) ?? wordlessRefusal(response);
}

/** Why a connection could not be upgraded, where the server says so in words rather than with a Status (httpstream). */
export function upgradeRefusal(response: HttpResponse): string | undefined {
  if (givenStatus(response)) return undefined;
  return `unable to upgrade connection: ${decodeText(response.body ?? new Uint8Array()).trim()}`;
}

function givenStatus(response: HttpResponse): Status | undefined {
  if (response.object !== undefined) return response.object as Status;
  try {
    const status = JSON.parse(decodeText(response.body ?? new Uint8Array())) as Status;
    return status.kind === 'Status' ? status : undefined;
  } catch {
    // Not JSON: somebody else's words.
    return undefined;
  }
}

/** The events of a streamed answer. Streams of objects are passed through as they are. */
function watchOf<T extends KubeObject>(response: HttpResponse): Watch<T> {
  const { stream } = response;
  if (!stream) {
    const events = new Channel<WatchEvent<T>>();
    events.close();
    return { events, cancel: () => {} };
  }
  return { events: eventsOf<T>(stream.items), cancel: () => stream.cancel() };
}

/** A view of a channel of `{ object: event }` as a channel of events; it shares queue and end with the first. */
function eventsOf<T extends KubeObject>(items: Channel<unknown>): Channel<WatchEvent<T>> {
  const view = Object.create(items) as Channel<WatchEvent<T>>;
  const tryReceive = (): WatchEvent<T> | 'end' | undefined => {
    const item = items.tryReceive() as { object: WatchEvent<T> } | 'end' | undefined;
    return item === 'end' || item === undefined ? item : item.object;
  };
  view.tryReceive = tryReceive;
  view.receive = function* receive(): Waiting<WatchEvent<T> | 'end'> {
    for (;;) {
      const item = tryReceive();
      if (item !== undefined) return item;
      yield items.readable;
    }
  };
  return view;
}
