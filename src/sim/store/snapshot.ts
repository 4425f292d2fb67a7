import { createHash } from 'node:crypto';
import type { Bytes } from '../kernel/bytes.js';
import { concatBytes, decodeText, encodeText } from '../kernel/bytes.js';
import { crc32c } from './crc32c.js';
import type { Entry, StoredValue } from './entry.js';
import { SnapshotError } from './errors.js';
import { Store, type StoreContent } from './store.js';

/** First bytes of a database file of ours. */
const MAGIC = 'kubedrill-db 1\n';
/** A database file grows by pages and starts with five of them, as bbolt's do. */
const PAGE_BYTES = 4096;
const PAGES_MIN = 5;
const HASH_BYTES = 32;

/** What `etcdutl snapshot status` tells. */
export interface SnapshotStatus {
  readonly hash: number;
  readonly revision: number;
  readonly totalKey: number;
  readonly totalSize: number;
  readonly version: string;
}

type StoredEntry = readonly [
  key: string,
  create: number,
  mod: number,
  version: number,
  value: unknown,
  expiresAt?: number,
];

interface FileContent {
  readonly revision: number;
  readonly entries: readonly StoredEntry[];
}

/** The database file of a store: padded to whole pages, without a hash. */
export function databaseBytes(store: Store): Bytes {
  const content = store.content();
  const file: FileContent = {
    revision: content.revision,
    entries: content.entries.map((entry) => [
      entry.key,
      entry.createRevision,
      entry.modRevision,
      entry.version,
      packValue(entry.value),
      ...(entry.expiresAt === undefined ? ([] as const) : ([entry.expiresAt] as const)),
    ]),
  };
  const text = encodeText(`${MAGIC}${JSON.stringify(file)}`);
  const pages = Math.max(PAGES_MIN, Math.ceil(text.length / PAGE_BYTES));
  const padded = new Uint8Array(pages * PAGE_BYTES);
  padded.set(text);
  return padded;
}

/** What `etcdctl snapshot save` writes: the database file and its SHA-256. */
export function saveSnapshot(store: Store): Bytes {
  const database = databaseBytes(store);
  return concatBytes([database, sha256(database)]);
}

/**
 * The store a snapshot file holds. Throws `SnapshotError` in etcdutl's words when the hash is missing or differs, or
 * the file is no database.
 */
export function restoreSnapshot(bytes: Bytes, options: { skipHashCheck?: boolean } = {}): Store {
  const hasHash = bytes.length % 512 === HASH_BYTES;
  if (!hasHash && !options.skipHashCheck) {
    throw new SnapshotError('snapshot missing hash but --skip-hash-check=false');
  }
  const database = hasHash ? bytes.subarray(0, -HASH_BYTES) : bytes;
  if (hasHash && !options.skipHashCheck) {
    const expected = bytes.subarray(-HASH_BYTES);
    const actual = sha256(database);
    if (!Buffer.from(expected).equals(actual)) {
      throw new SnapshotError(`expected sha256 ${goBytes(expected)}, got ${goBytes(actual)}`);
    }
  }
  return new Store(readDatabase(database));
}

/** What `etcdutl snapshot status` shows of a file. Throws `SnapshotError`. */
export function snapshotStatus(bytes: Bytes): SnapshotStatus {
  const database = bytes.length % 512 === HASH_BYTES ? bytes.subarray(0, -HASH_BYTES) : bytes;
  const content = readDatabase(database);
  return {
    hash: contentHash(content),
    revision: content.revision,
    totalKey: content.entries.length,
    totalSize: database.length,
    version: '3.6.0',
  };
}

/** A hash over all keys and values, the same for the same content. */
export function contentHash(content: StoreContent): number {
  let hash = 0;
  for (const entry of content.entries) {
    const text = `${entry.key} ${entry.createRevision} ${entry.modRevision} ${entry.version} `;
    hash = crc32c(encodeText(text + JSON.stringify(packValue(entry.value))), hash);
  }
  return hash;
}

function readDatabase(bytes: Bytes): StoreContent {
  const text = decodeText(bytes);
  if (!text.startsWith(MAGIC)) throw new SnapshotError('invalid database');
  const end = text.indexOf('\0');
  let file: FileContent;
  try {
    file = JSON.parse(text.slice(MAGIC.length, end === -1 ? undefined : end)) as FileContent;
  } catch {
    throw new SnapshotError('snapshot file integrity check failed. 1 errors found.\nthe database does not parse');
  }
  return {
    revision: file.revision,
    entries: file.entries.map(
      ([key, createRevision, modRevision, version, value, expiresAt]): Entry => ({
        key,
        createRevision,
        modRevision,
        version,
        value: unpackValue(value),
        ...(expiresAt === undefined ? {} : { expiresAt }),
      }),
    ),
  };
}

function packValue(value: StoredValue): unknown {
  return value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : { object: value };
}

function unpackValue(packed: unknown): StoredValue {
  const { bytes, object } = packed as { bytes?: string; object?: object };
  return bytes === undefined ? (object as object) : new Uint8Array(Buffer.from(bytes, 'base64'));
}

function sha256(bytes: Bytes): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Bytes as Go's `%v` prints them. */
function goBytes(bytes: Bytes): string {
  return `[${[...bytes].join(' ')}]`;
}
