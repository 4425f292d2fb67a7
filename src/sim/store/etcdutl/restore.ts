import { formatTime } from '../../api/time.js';
import { isErrno } from '../../kernel/errno.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { databasePath } from '../etcd/data-directory.js';
import { memberOf } from '../etcd/operations.js';
import { databaseBytes, restoreSnapshot } from '../snapshot.js';
import { Store } from '../store.js';
import { UtilError } from './util-error.js';

/** What `etcdutl snapshot restore` is told. */
export interface RestoreOptions {
  readonly snapshot: string;
  readonly dataDir: string;
  readonly walDir: string;
  readonly name: string;
  readonly initialCluster: string;
  readonly peerUrls: readonly string[];
  readonly token: string;
  readonly skipHashCheck: boolean;
  readonly bumpRevision: number;
  readonly markCompacted: boolean;
}

/** A line of zap's console log. */
export function consoleLine(
  sys: Sys,
  caller: string,
  message: string,
  fields?: Readonly<Record<string, unknown>>,
): string {
  const shown = fields
    ? `\t{${Object.entries(fields)
        .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
        .join(', ')}}`
    : '';
  return `${formatTime(sys.now())}\tinfo\t${caller}\t${message}${shown}\n`;
}

/** Makes a data directory out of a snapshot: a new member of a new cluster with the old keys. Throws `UtilError`, `SnapshotError`. */
export function* restore(sys: Sys, options: RestoreOptions): Waiting<void> {
  checkNames(options);
  if (!isFree(sys, options.dataDir)) {
    throw new UtilError(1, `data-dir "${options.dataDir}" not empty or could not be read`);
  }
  const path = databasePath(options.dataDir);
  const fields = {
    path: options.snapshot,
    'wal-dir': options.walDir,
    'data-dir': options.dataDir,
    'snap-dir': `${options.dataDir}/member/snap`,
    'initial-memory-map-size': 10_737_418_240,
  };
  yield* printError(sys, consoleLine(sys, 'snapshot/v3_snapshot.go:305', 'restoring snapshot', fields));
  const bytes = readSnapshot(sys, options.snapshot);
  const restored = restoreSnapshot(bytes, { skipHashCheck: options.skipHashCheck });
  yield* opened(sys, path);
  yield* printError(
    sys,
    consoleLine(sys, 'schema/membership.go:138', 'Trimming membership information from the backend...'),
  );
  yield* opened(sys, path);
  const store = yield* bumped(sys, restored, options);
  yield* addedMembers(sys, options);
  yield* opened(sys, path);
  write(sys, options, path, store);
  yield* printError(sys, consoleLine(sys, 'snapshot/v3_snapshot.go:333', 'restored snapshot', fields));
}

function checkNames({ name, initialCluster, peerUrls, bumpRevision, markCompacted }: RestoreOptions): void {
  const members = new Map(initialCluster.split(',').map((pair) => pair.split('=') as [string, string]));
  const own = members.get(name);
  if (own === undefined)
    throw new UtilError(1, `couldn't find local name "${name}" in the initial cluster configuration`);
  if (own !== peerUrls.join(',')) {
    const [want, have] = [peerUrls.join(','), own];
    throw new UtilError(
      1,
      `--initial-cluster has ${name}=${have} but missing from --initial-advertise-peer-urls=${want} (resolved urls: "${want}" != "${have}")`,
    );
  }
  if (bumpRevision > 0 && !markCompacted) throw new UtilError(128, '--mark-compacted required if --bump-revision > 0');
  if (markCompacted && bumpRevision === 0)
    throw new UtilError(128, '--mark-compacted disallowed unless --bump-revision > 0');
}

/** Whether nothing is there, or a directory with nothing in it. */
function isFree(sys: Sys, path: string): boolean {
  try {
    return sys.readDirectory(path).length === 0;
  } catch (error) {
    if (isErrno(error)) return error.code === 'ENOENT';
    throw error;
  }
}

/** The bytes of a file, with Go's words for one that cannot be read. */
export function readSnapshot(sys: Sys, path: string): Uint8Array {
  try {
    return sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'EISDIR') throw new UtilError(1, `read ${path}: is a directory`);
    throw new UtilError(1, `open ${path}: ${error.message.toLowerCase()}`);
  }
}

function* opened(sys: Sys, path: string): Waiting<void> {
  const pointer = Buffer.from(sys.random().bytes(6)).toString('hex').slice(0, 11);
  const options = `{Timeout: 0s, NoGrowSync: false, NoFreelistSync: true, PreLoadFreelist: false, FreelistType: , ReadOnly: false, MmapFlags: 8000, InitialMmapSize: 10737418240, PageSize: 0, NoSync: false, OpenFile: 0x0, Mlock: false, Logger: 0x${pointer}}`;
  yield* printError(
    sys,
    consoleLine(
      sys,
      'bbolt\tbackend/backend.go:203',
      `Opening db file (${path}) with mode -rw------- and with options: ${options}`,
    ) + consoleLine(sys, 'bbolt\tbbolt@v1.4.3/db.go:322', `Opening bbolt db (${path}) successfully`),
  );
}

function* bumped(sys: Sys, store: Store, { bumpRevision }: RestoreOptions): Waiting<Store> {
  if (bumpRevision === 0) return store;
  const content = store.content();
  const latest = content.revision + bumpRevision;
  yield* printError(
    sys,
    consoleLine(sys, 'snapshot/v3_snapshot.go:396', 'bumping latest revision', {
      'latest-revision': content.revision,
      'bump-amount': bumpRevision,
      'new-latest-revision': latest,
    }) + consoleLine(sys, 'snapshot/v3_snapshot.go:413', 'marking revision compacted', { revision: latest }),
  );
  return new Store({ ...content, revision: latest });
}

function* addedMembers(sys: Sys, { name, initialCluster, peerUrls, token }: RestoreOptions): Waiting<void> {
  for (const pair of initialCluster.split(',')) {
    const url = pair.slice(pair.indexOf('=') + 1);
    const member = { store: new Store(), name, peerUrls: [url], clientUrls: [], quotaBytes: 0 };
    yield* printError(
      sys,
      consoleLine(sys, 'membership/cluster.go:424', 'added member', {
        'cluster-id': memberOf({ ...member, peerUrls: [...peerUrls, token] }).id,
        'local-member-id': '0',
        'added-peer-id': memberOf(member).id,
        'added-peer-peer-urls': [url],
        'added-peer-is-learner': false,
      }),
    );
  }
}

function write(sys: Sys, { dataDir, walDir }: RestoreOptions, path: string, store: Store): void {
  for (const directory of [dataDir, `${dataDir}/member`, `${dataDir}/member/snap`, walDir])
    makeDirectories(sys, directory);
  sys.writeFile(path, databaseBytes(store), 0o600);
  sys.writeFile(`${dataDir}/member/snap/0000000000000001-0000000000000001.snap`, new Uint8Array(6490), 0o644);
  sys.writeFile(`${walDir}/0000000000000000-0000000000000000.wal`, new Uint8Array(4096), 0o600);
}

function makeDirectories(sys: Sys, path: string): void {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const directory = parts.slice(0, length).join('/');
    if (directory === '') continue;
    try {
      sys.makeDirectory(directory, 0o700);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code !== 'EEXIST') throw new UtilError(1, `mkdir ${directory}: ${error.message.toLowerCase()}`);
    }
  }
}
