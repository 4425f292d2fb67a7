import { ETCD_VERSION } from '../../api/etcd-messages.js';
import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { humanBytes, rightAlignedTable } from '../../kernel/libc/go-text.js';
import { type FlagSpec, PflagError, parseFlags } from '../../kernel/libc/pflag.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { SnapshotError } from '../errors.js';
import { databasePath } from '../etcd/data-directory.js';
import { snapshotStatus } from '../snapshot.js';
import { HELP } from './help.js';
import { consoleLine, readSnapshot, restore } from './restore.js';
import { UtilError } from './util-error.js';

const FLAGS: readonly FlagSpec[] = [
  { name: 'write-out', short: 'w' },
  { name: 'help', short: 'h', truth: true },
];
const RESTORE_FLAGS: readonly FlagSpec[] = [
  ...['bump-revision', 'initial-memory-map-size'].map((name) => ({ name, kind: 'number' as const })),
  ...['mark-compacted', 'skip-hash-check'].map((name) => ({ name, truth: true })),
  ...['data-dir', 'initial-advertise-peer-urls', 'initial-cluster', 'initial-cluster-token', 'name', 'wal-dir'].map(
    (name) => ({ name }),
  ),
];

interface Call {
  readonly sys: Sys;
  readonly given: ReadonlyMap<string, string>;
  readonly args: readonly string[];
}

function* runStatus({ sys, given, args }: Call): Waiting<number> {
  const [path] = args;
  if (path === undefined || args.length > 1) throw new UtilError(128, 'snapshot status requires exactly one argument');
  try {
    sys.stat(path);
  } catch (error) {
    if (isErrno(error)) throw new UtilError(1, `stat ${path}: ${error.message.toLowerCase()}`);
    throw error;
  }
  const { hash, revision, totalKey, totalSize, version } = snapshotStatus(readSnapshot(sys, path));
  const cells = [hash.toString(16), `${revision}`, `${totalKey}`, humanBytes(totalSize), version];
  switch (given.get('write-out') ?? 'simple') {
    case 'simple':
      yield* print(sys, `${cells.join(', ')}\n`);
      return 0;
    case 'table':
      yield* print(sys, rightAlignedTable(['hash', 'revision', 'total keys', 'total size', 'version'], [cells]));
      return 0;
    case 'json':
      yield* print(sys, `${JSON.stringify({ hash, revision, totalKey, totalSize, version })}\n`);
      return 0;
    case 'fields':
      yield* print(
        sys,
        `"Hash" : ${hash}\n"Revision" : ${revision}\n"Keys" : ${totalKey}\n"Size" : ${totalSize}\n"Version" : ${version}\n`,
      );
      return 0;
    default:
      throw new UtilError(4, 'unsupported output format');
  }
}

function* runRestore({ sys, given, args }: Call): Waiting<number> {
  const [path] = args;
  if (path === undefined || args.length > 1) throw new UtilError(128, 'snapshot restore requires exactly one argument');
  const name = given.get('name') ?? 'default';
  const dataDir = given.get('data-dir') ?? `${name}.etcd`;
  yield* restore(sys, {
    snapshot: path,
    dataDir,
    walDir: given.get('wal-dir') ?? `${dataDir}/member/wal`,
    name,
    initialCluster: given.get('initial-cluster') ?? 'default=http://localhost:2380',
    peerUrls: (given.get('initial-advertise-peer-urls') ?? 'http://localhost:2380').split(','),
    token: given.get('initial-cluster-token') ?? 'etcd-cluster',
    skipHashCheck: given.get('skip-hash-check') === 'true',
    bumpRevision: Number(given.get('bump-revision') ?? 0),
    markCompacted: given.get('mark-compacted') === 'true',
  });
  return 0;
}

function* runDefrag({ sys, given }: Call): Waiting<number> {
  const dataDir = given.get('data-dir');
  if (dataDir === undefined) throw new PflagError('required flag(s) "data-dir" not set');
  const path = databasePath(dataDir);
  const size = readSnapshot(sys, path).length;
  const sizes = {
    'current-db-size-bytes': size,
    'current-db-size': humanBytes(size),
    'current-db-size-in-use-bytes': size,
    'current-db-size-in-use': humanBytes(size),
  };
  yield* printError(
    sys,
    consoleLine(sys, 'backend/backend.go:522', 'defragmenting', { path, ...sizes }) +
      consoleLine(sys, 'backend/backend.go:592', 'finished defragmenting directory', {
        path,
        'current-db-size-bytes-diff': 0,
        ...sizes,
      }),
  );
  return 0;
}

function* runVersion({ sys }: Call): Waiting<number> {
  yield* print(sys, `etcdutl version: ${ETCD_VERSION}\nAPI version: 3.6\n`);
  return 0;
}

const COMMANDS: Readonly<Record<string, { flags: readonly FlagSpec[]; run: (call: Call) => Waiting<number> }>> = {
  defrag: { flags: [{ name: 'data-dir' }], run: runDefrag },
  'snapshot restore': { flags: RESTORE_FLAGS, run: runRestore },
  'snapshot status': { flags: [], run: runStatus },
  version: { flags: [], run: runVersion },
};

function* run(sys: Sys): Waiting<number> {
  const args = sys.args.slice(1);
  let name = '';
  try {
    const words = parseFlags(args, [...FLAGS, ...RESTORE_FLAGS]).operands;
    const asked = words[0] === 'help' ? words.slice(1) : words;
    name = [asked.slice(0, 2).join(' '), asked[0] ?? ''].find((text) => COMMANDS[text]) ?? asked[0] ?? '';
    const command = COMMANDS[name];
    const { given, operands } = parseFlags(args, [...FLAGS, ...(command?.flags ?? [])]);
    if (!command && HELP[name] === undefined) {
      yield* printError(sys, `Error: unknown command "${name}" for "etcdutl"\nRun 'etcdutl --help' for usage.\n`);
      return 1;
    }
    if (!command || words[0] === 'help' || given.has('help')) {
      yield* print(sys, HELP[name] ?? HELP[''] ?? '');
      return 0;
    }
    return yield* command.run({ sys, given, args: operands.slice(name.split(' ').length) });
  } catch (error) {
    if (error instanceof PflagError) {
      yield* printError(sys, `Error: ${error.message}\n${HELP[name] ?? HELP['']}\n`);
      return 1;
    }
    if (error instanceof SnapshotError || error instanceof UtilError || isErrno(error)) {
      yield* printError(sys, `Error: ${error.message}\n`);
      return error instanceof UtilError ? error.status : 1;
    }
    throw error;
  }
}

/** etcdutl 3.6: what is done to etcd's files while no member runs. */
export const etcdutl: InstalledProgram = { name: 'etcdutl', paths: ['/usr/bin/etcdutl'], run };
