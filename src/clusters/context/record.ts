import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Holder, isAlive } from '../holder.js';
import { groupResource, type ServedResource } from '../real/resources.js';
import { writeWhole } from '../write-whole.js';

/** What an attempt has made on somebody's cluster: written before it is made, so that it is found again after a crash. */
export interface AttemptRecord {
  readonly version: 1;
  readonly attempt: string;
  readonly context: string;
  /** The API server: another cluster may have the context's name by now. */
  readonly server: string;
  /** The uid of its namespace kube-system: another cluster may have its address by now. Not known of older records. */
  readonly cluster?: string | undefined;
  /** When it began, as ISO 8601 has it. */
  readonly began: string;
  /** The namespaces that were made for it; they go whole. */
  readonly made: readonly string[];
  /** Namespaces that were there, empty: what is in them goes. */
  readonly used: readonly string[];
  /** What of no namespace the lab names: `clusterroles.rbac.authorization.k8s.io/reader`. */
  readonly objects: readonly string[];
  /** What of it was there before. */
  readonly foreign: readonly string[];
  /** The person agreed that its pods get at what is the nodes'. */
  readonly nodes: boolean;
  /** It has begun and can be gone on with, whoever ended without letting go of it. */
  readonly lasting?: boolean;
  /** Whoever could go on with it has said that they will not. */
  readonly givenUp?: boolean;
  /** Who works on it now. */
  readonly holder?: Holder;
}

/** A cluster of the person's, as records know it. */
export interface KnownPlace {
  /** The API server. */
  readonly server: string;
  /** What tells it from any other cluster, where that may be read. */
  readonly cluster?: string | undefined;
}

const FILE = 'made.json';

/** The folder of all attempts below somebody's home of kubedrill. Answers stand there too, and tasks say their paths: these have to be plain words of a shell. */
export function folderOfAttempts(home: string): string {
  const isPlain = /^[A-Za-z0-9/._-]+$/.test(home);
  return isPlain ? join(home, 'clusters') : join(homedir(), '.kubedrill', 'clusters');
}

/** The folder of an attempt below the folder of all. */
export function attemptFolder(folder: string, attempt: string): string {
  return join(folder, attempt.replaceAll(/[^A-Za-z0-9._-]/g, '_'));
}

/** Keeps a record in the folder of its attempt; whole or not at all. */
export function keepRecord(folder: string, record: AttemptRecord): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeWhole(join(folder, FILE), JSON.stringify(record));
}

/** The record in an attempt's folder; undefined where there is none that can be read. */
export function readRecord(folder: string): AttemptRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as AttemptRecord;
    return record.version === 1 ? record : undefined;
  } catch {
    return undefined;
  }
}

/** A record by which what somebody else made meanwhile, of no namespace, is not the attempt's. */
export function leftToOthers(
  record: AttemptRecord,
  resource: Pick<ServedResource, 'name' | 'group'>,
  name: string,
): AttemptRecord {
  if (groupResource(resource) === 'namespaces') return { ...record, made: record.made.filter((one) => one !== name) };
  return { ...record, foreign: [...record.foreign, `${groupResource(resource)}/${name}`] };
}

/** Nobody works on an attempt any more: whoever comes next may take it up, or clean up after it. */
export function letGo(folder: string): void {
  const { holder, ...record } = readRecord(folder) ?? {};
  if (holder) keepRecord(folder, record as AttemptRecord);
}

/** Whether a record may be of this cluster; what is not known rules nothing out. */
export function mayBeOf(record: AttemptRecord, { server, cluster }: KnownPlace): boolean {
  if (record.server !== server) return false;
  return record.cluster === undefined || cluster === undefined || record.cluster === cluster;
}

/** Whether a record is of the cluster that a context leads to: it may have been reached by another context, too. */
export function isThere(record: AttemptRecord, context: string, place: KnownPlace): boolean {
  if (record.cluster !== undefined && record.cluster === place.cluster) return true;
  return record.context === context && mayBeOf(record, place);
}

/** Whether some kubedrill works on an attempt at this moment. */
export function isHeld({ holder }: AttemptRecord): boolean {
  return holder !== undefined && isAlive(holder);
}

/** All records below the folder of all attempts, the oldest first. */
export function allRecords(folder: string): readonly { readonly folder: string; readonly record: AttemptRecord }[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const found = names.flatMap((name) => {
    const record = readRecord(join(folder, name));
    return record ? [{ folder: join(folder, name), record }] : [];
  });
  return found.sort((one, other) => (one.record.began < other.record.began ? -1 : 1));
}

/** The namespaces of other attempts on the same cluster, whether they are there yet or not. */
export function namespacesOfOthers(folder: string, own: AttemptRecord): ReadonlySet<string> {
  const others = allRecords(dirname(folder)).filter(
    ({ record }) => record.attempt !== own.attempt && isThere(record, own.context, own),
  );
  return new Set(others.flatMap(({ record }) => [...record.made, ...record.used]));
}

/** Forgets an attempt, with its folder. */
export function forget(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
