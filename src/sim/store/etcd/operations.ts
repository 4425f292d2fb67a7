import { createHash } from 'node:crypto';
import {
  ETCD_VERSION,
  type EtcdHeader,
  type EtcdKeyValue,
  type EtcdMember,
  type EtcdOperations,
  type EtcdRange,
  type EtcdWatchEvent,
} from '../../api/etcd-messages.js';
import type { Bytes } from '../../kernel/bytes.js';
import { Channel } from '../../kernel/channel.js';
import type { Entry, Write } from '../entry.js';
import { CompactedError, FutureRevisionError } from '../errors.js';
import { prefixEnd } from '../key-index.js';
import { contentHash, databaseBytes, saveSnapshot } from '../snapshot.js';
import type { Store } from '../store.js';
import { valueBytes as jsonBytes } from '../value-bytes.js';

/** A running member. */
export interface Member {
  readonly store: Store;
  readonly name: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly quotaBytes: number;
  /** The bytes of what is kept as an object; JSON without it. */
  readonly valueBytes?: ((object: object) => Bytes) | undefined;
}

type Operation = {
  [K in keyof EtcdOperations]: (member: Member, request: EtcdOperations[K]['request']) => EtcdOperations[K]['response'];
};

const DEFAULT_QUOTA_BYTES = 2 * 1024 * 1024 * 1024;

/** What a member does when asked. Refusals are thrown with etcd's words. */
export const OPERATIONS: Operation = {
  'alarm-list': (member) => ({ header: headerOf(member), alarms: [] }),
  compact: (member, { revision }) => {
    member.store.compact(revision);
    return { header: headerOf(member) };
  },
  defragment: (member) => ({ header: headerOf(member) }),
  delete: (member, range) => {
    const entries = member.store.range(limitsOf(range)).entries;
    member.store.commit(entries.map((entry): Write => ({ type: 'delete', key: entry.key })));
    return {
      header: headerOf(member),
      deleted: entries.length,
      previous: entries.map((entry) => keyValue(member, entry)),
    };
  },
  hash: (member) => ({
    header: headerOf(member),
    hash: contentHash(member.store.content()),
    compactRevision: member.store.compactedRevision,
  }),
  health: () => ({ health: true }),
  'member-list': (member) => ({ header: headerOf(member), members: [memberOf(member)] }),
  put: (member, { key, value }) => {
    if (key === '') throw new Error('etcdserver: key is not provided');
    const previous = member.store.get(key);
    member.store.put(key, value);
    return { header: headerOf(member), previous: previous && keyValue(member, previous) };
  },
  range: (member, request) => {
    if (request.key === '' && !request.fromKey && !request.prefix) throw new Error('etcdserver: key is not provided');
    const { revision = 0, limit = 0, keysOnly, countOnly } = request;
    const result = member.store.range({ ...limitsOf(request), revision, limit: countOnly ? 0 : limit, countAll: true });
    const kvs = countOnly ? [] : result.entries.map((entry) => keyValue(member, entry, keysOnly));
    return { header: headerOf(member), kvs, more: result.more, count: result.count };
  },
  snapshot: (member) => ({ header: headerOf(member), bytes: saveSnapshot(member.store), version: ETCD_VERSION }),
  status: (member) => {
    const dbSize = databaseBytes(member.store).length;
    const header = headerOf(member);
    const quota = member.quotaBytes || DEFAULT_QUOTA_BYTES;
    const index = member.store.revision + 3;
    return {
      header,
      version: ETCD_VERSION,
      storageVersion: `${ETCD_VERSION.split('.').slice(0, 2).join('.')}.0`,
      dbSize,
      dbSizeInUse: dbSize,
      quota,
      leader: header.memberId,
      raftIndex: index,
      raftAppliedIndex: index,
      learner: false,
      errors: [],
    };
  },
  txn: (member, { compare, success, failure }) => {
    const succeeded = member.store.holds(compare);
    member.store.commit(succeeded ? success : failure);
    return { header: headerOf(member), succeeded };
  },
  watch: (member, request) => {
    const events = new Channel<EtcdWatchEvent>();
    const { start, end } = limitsOf(request);
    const inside = (key: string) => key >= start && (end === undefined || key < end);
    const stop = member.store.watch(request.prefix ? request.key : '', request.revision ?? 0, (changes) => {
      for (const { key, entry, previous, revision } of changes) {
        if (!inside(key)) continue;
        const kv = entry
          ? keyValue(member, entry)
          : { key, value: new Uint8Array(), createRevision: 0, modRevision: revision, version: 0, lease: 0 };
        events.send({ type: entry ? 'PUT' : 'DELETE', kv, previous: previous && keyValue(member, previous) });
      }
    });
    const cancel = () => {
      stop();
      events.close();
    };
    return { header: headerOf(member), events, cancel };
  },
};

/** Runs an operation by name; the words of a refusal are in `error`. */
export function runOperation(
  member: Member,
  operation: string,
  request: unknown,
): { error?: string; payload?: unknown } {
  const run = (OPERATIONS as Record<string, ((member: Member, request: never) => unknown) | undefined>)[operation];
  if (!run) return { error: `unknown method ${operation}` };
  try {
    return { payload: run(member, request as never) };
  } catch (error) {
    if (error instanceof CompactedError || error instanceof FutureRevisionError) return { error: error.message };
    if (error instanceof Error && error.message.startsWith('etcdserver:')) return { error: error.message };
    throw error;
  }
}

/** The member as `member list` shows it. */
export function memberOf(member: Member): EtcdMember {
  return {
    id: memberId(member),
    name: member.name,
    peerUrls: member.peerUrls,
    clientUrls: member.clientUrls,
    learner: false,
  };
}

function headerOf(member: Member): EtcdHeader {
  return {
    clusterId: hexId(`cluster ${member.peerUrls.join(',')}`),
    memberId: memberId(member),
    revision: member.store.revision,
    raftTerm: 2,
  };
}

/** etcd derives identifiers from the peer URLs; so do we. */
function memberId(member: Member): string {
  return hexId(`etcd-cluster ${member.peerUrls.join('')}`);
}

function hexId(text: string): string {
  return BigInt(`0x${createHash('sha1').update(text).digest('hex').slice(0, 16)}`).toString(16);
}

function limitsOf(range: EtcdRange): { start: string; end: string | undefined } {
  if (range.prefix) return { start: range.key, end: prefixEnd(range.key) };
  if (range.fromKey) return { start: range.key, end: undefined };
  return { start: range.key, end: range.end ?? `${range.key}\0` };
}

function keyValue({ valueBytes = jsonBytes }: Member, entry: Entry, keysOnly = false): EtcdKeyValue {
  const { key, createRevision, modRevision, version } = entry;
  return {
    key,
    value: keysOnly ? new Uint8Array() : entry.value instanceof Uint8Array ? entry.value : valueBytes(entry.value),
    createRevision,
    modRevision,
    version,
    lease: 0,
  };
}
