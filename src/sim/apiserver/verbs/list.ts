import type { KubeList, KubeObject, ListMeta } from '../../api/object.js';
import { badRequest, expired, failure, StatusError } from '../../api/status.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { CompactedError } from '../../store/errors.js';
import type { RangeResult, Store } from '../../store/store.js';
import { converting } from '../extensions/conversion/converting.js';
import type { RequestContext } from '../request/context.js';
import { readListOptions } from '../request/list-options.js';
import { readInteger, readResourceVersion } from '../request/options.js';
import { readSelection, type Selection } from '../request/selection.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { refuseStuck } from '../storage/refuse-stuck.js';
import { objectAs, storageKey } from '../storage/stored-object.js';
import { readContinue, writeContinue } from './continue-token.js';

/** Where a list is read: a prefix, a revision (0: now), and after which key. */
interface ListRead {
  readonly prefix: string;
  readonly revision: number;
  readonly start: string;
  readonly limit: number;
  readonly continued: boolean;
  /** Keys below the prefix begin with a namespace. */
  readonly allNamespaces: boolean;
}

/** GET of a collection. */
export function* listVerb(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  const selection = readSelection(kind, context.query);
  const read = readFrom(context, kind);
  const store = yield* context.parts.etcd.store('read');
  refuseStuck(context.parts, kind);
  if (!read.continued) yield* waitForRevision(context, store);
  else if (read.revision > store.revision) throw tooLarge(String(read.revision), store);
  const list = () => listObjects(store, kind, read, selection, context.info.name);
  return objectAnswer(yield* converting(context.parts, store, list), 200, kind);
}

function readFrom(context: RequestContext, kind: ServedKind): ListRead {
  const { query, info } = context;
  const prefix = storageKey(kind, info.namespace);
  const allNamespaces = kind.namespaced && info.namespace === '';
  const limit = Math.max(0, readInteger(query, 'limit') ?? 0);
  const { version, match, token } = readListOptions(query);
  if (token !== '') {
    if (version !== '' && version !== '0') {
      throw new StatusError(badRequest('specifying resource version is not allowed when using continue'));
    }
    const point = readContinue(token);
    return {
      prefix,
      revision: Math.max(0, point.revision),
      start: `${prefix}${point.after}\u0000`,
      limit,
      continued: true,
      allNamespaces,
    };
  }
  const revision = readResourceVersion(version, 'list');
  const exact = match === 'Exact' || (match === '' && limit > 0 && revision > 0);
  return { prefix, revision: exact ? revision : 0, start: prefix, limit, continued: false, allNamespaces };
}

/** A revision the server has not seen yet is waited for, three seconds at most. */
function* waitForRevision(context: RequestContext, store: Store): Waiting<void> {
  const text = context.query.get('resourceVersion');
  const wanted = readResourceVersion(text, 'list');
  if (wanted <= store.revision) return;
  yield { until: context.now + 3 * SECOND };
  if (wanted <= store.revision) return;
  throw tooLarge(String(BigInt(text ?? 0)), store);
}

function tooLarge(wanted: string, store: Store): StatusError {
  const message = `Too large resource version: ${wanted}, current: ${store.revision}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  return new StatusError(failure(504, 'Timeout', `Timeout: ${message}`, { causes, retryAfterSeconds: 1 }));
}

/** The list itself. Costs by what is given out, unless a selector has to look through more. */
function listObjects(store: Store, kind: ServedKind, read: ListRead, selection: Selection, name: string): KubeList {
  const revision = read.revision === 0 ? store.revision : read.revision;
  const direct = name !== '' && (!kind.namespaced || read.prefix !== storageKey(kind, ''));
  const items: KubeObject[] = [];
  let metadata: ListMeta = { resourceVersion: String(revision) };
  if (direct) {
    const entry = orExpired(read, () => store.get(`${read.prefix}${name}`, read.revision));
    if (entry && selection.matches(objectAs(kind, entry))) items.push(objectAs(kind, entry));
  } else {
    const result = rangeOrExpired(store, read, selection);
    for (const entry of result.entries) {
      const object = objectAs(kind, entry);
      if (!selection.matches(object)) continue;
      if (read.limit > 0 && items.length === read.limit) {
        metadata = { ...metadata, continue: nextToken(read, revision, items) };
        break;
      }
      items.push(object);
    }
    if (!selection.narrow && result.more) {
      metadata = {
        ...metadata,
        continue: nextToken(read, revision, items),
        remainingItemCount: result.count - result.entries.length,
      };
    }
  }
  const listKind = kind.custom?.definition.status?.acceptedNames.listKind ?? `${kind.kind}List`;
  return { kind: listKind, apiVersion: apiVersionOf(kind), metadata, items };
}

function rangeOrExpired(store: Store, read: ListRead, selection: Selection): RangeResult {
  return orExpired(read, () =>
    store.range({
      prefix: read.prefix,
      start: read.start,
      revision: read.revision,
      limit: selection.narrow ? 0 : read.limit,
      countAll: !selection.narrow && read.limit > 0,
    }),
  );
}

/** What is read at a revision, which may have been given up. Throws 410. */
function orExpired<T>(read: ListRead, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof CompactedError)) throw error;
    if (!read.continued) throw new StatusError(expired('The resourceVersion for the provided list is too old.'));
    const status = expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    );
    const after = read.start.slice(read.prefix.length).replace(/\0$/, '');
    const metadata = { continue: writeContinue({ revision: -1, after }) } as unknown as Record<string, never>;
    throw new StatusError({ ...status, metadata });
  }
}

function nextToken(read: ListRead, revision: number, items: readonly KubeObject[]): string {
  const last = items.at(-1) as KubeObject;
  const { namespace, name } = last.metadata;
  return writeContinue({ revision, after: read.allNamespaces ? `${namespace}/${name}` : `${name}` });
}
