import type { EtcdMember, EtcdStatus } from '../../../api/etcd-messages.js';
import { humanBytes, rightAlignedTable } from '../../../kernel/libc/go-text.js';
import { print, printError } from '../../../kernel/libc/streams.js';
import type { Waiting } from '../../../kernel/wait.js';
import { EtcdClient, took } from '../client.js';
import { decimalId, headerFields, headerJson } from '../output.js';
import { CommandError, EXIT } from '../settings.js';
import type { Call, Command } from './command.js';

/** The endpoints a command goes to: those given, or with --cluster all of the members'. */
function* endpointsOf({ sys, settings }: Call): Waiting<readonly string[]> {
  if (!settings.truth('cluster')) return settings.endpoints;
  const { members } = yield* new EtcdClient(sys, settings).call('member-list', undefined);
  return members.flatMap(({ clientUrls }) => clientUrls);
}

function* runHealth(call: Call): Waiting<number> {
  const { sys, settings } = call;
  const rows: { endpoint: string; health: boolean; took: string; error: string }[] = [];
  for (const endpoint of yield* endpointsOf(call)) {
    const began = sys.now();
    let error = '';
    try {
      yield* new EtcdClient(sys, settings, [endpoint]).call('health', undefined, {
        timeout: settings.commandTimeout,
        logger: 'client',
      });
    } catch (failure) {
      if (!(failure instanceof CommandError) || failure.status !== EXIT.error) throw failure;
      error = failure.message;
    }
    rows.push({ endpoint, health: error === '', took: took(sys, began), error });
  }
  if (settings.format === 'table') {
    const cells = rows.map((row) => [row.endpoint, `${row.health}`, row.took, row.error]);
    yield* print(sys, rightAlignedTable(['endpoint', 'health', 'took', 'error'], cells));
  } else if (settings.format === 'json') {
    yield* print(sys, `${JSON.stringify(rows.map(({ error, ...row }) => (error === '' ? row : { ...row, error })))}\n`);
  } else {
    for (const row of rows) {
      if (row.health)
        yield* print(sys, `${row.endpoint} is healthy: successfully committed proposal: took = ${row.took}\n`);
      else yield* printError(sys, `${row.endpoint} is unhealthy: failed to commit proposal: ${row.error}\n`);
    }
  }
  if (rows.some(({ health }) => !health)) throw new CommandError(EXIT.error, 'unhealthy cluster');
  return 0;
}

const STATUS_HEADER = [
  'endpoint',
  'ID',
  'version',
  'storage version',
  'db size',
  'in use',
  'percentage not in use',
  'quota',
  'is leader',
  'is learner',
  'raft term',
  'raft index',
  'raft applied index',
  'errors',
  'downgrade target version',
  'downgrade enabled',
];

function statusCells(endpoint: string, status: EtcdStatus): string[] {
  const free = 100 - Math.floor((status.dbSizeInUse * 100) / status.dbSize);
  return [
    endpoint,
    status.header.memberId,
    status.version,
    status.storageVersion,
    humanBytes(status.dbSize),
    humanBytes(status.dbSizeInUse),
    `${free}%`,
    humanBytes(status.quota),
    `${status.leader === status.header.memberId}`,
    `${status.learner}`,
    `${status.header.raftTerm}`,
    `${status.raftIndex}`,
    `${status.raftAppliedIndex}`,
    status.errors.join(', '),
    '',
    'false',
  ];
}

function statusJson(endpoint: string, status: EtcdStatus): string {
  const learner = status.learner ? '"isLearner":true,' : '';
  const sizes = `"dbSizeInUse":${status.dbSizeInUse},${learner}"storageVersion":"${status.storageVersion}","dbSizeQuota":${status.quota}`;
  const raft = `"leader":${decimalId(status.leader)},"raftIndex":${status.raftIndex},"raftTerm":${status.header.raftTerm},"raftAppliedIndex":${status.raftAppliedIndex}`;
  return `{"Endpoint":${JSON.stringify(endpoint)},"Status":{"header":${headerJson(status.header)},"version":"${status.version}","dbSize":${status.dbSize},${raft},${sizes},"downgradeInfo":{}}}`;
}

function statusFields(endpoint: string, status: EtcdStatus): string {
  return `${headerFields(status.header)}"Version" : "${status.version}"
"StorageVersion" : "${status.storageVersion}"
"DBSize" : ${status.dbSize}
"DBSizeInUse" : ${status.dbSizeInUse}
"DBSizeQuota" : ${status.quota}
"Leader" : ${decimalId(status.leader)}
"IsLearner" : ${status.learner}
"RaftIndex" : ${status.raftIndex}
"RaftTerm" : ${status.header.raftTerm}
"RaftAppliedIndex" : ${status.raftAppliedIndex}
"Errors" : [${status.errors.join(' ')}]
"Endpoint" : "${endpoint}"
"DowngradeTargetVersion" : ""
"DowngradeEnabled" : false

`;
}

function* runStatus(call: Call): Waiting<number> {
  const { sys, settings } = call;
  const found: { endpoint: string; status: EtcdStatus }[] = [];
  let failed = false;
  for (const endpoint of yield* endpointsOf(call)) {
    try {
      const status = yield* new EtcdClient(sys, settings, [endpoint]).call('status', undefined);
      found.push({ endpoint, status });
    } catch (error) {
      if (!(error instanceof CommandError) || error.status !== EXIT.error) throw error;
      failed = true;
      yield* printError(sys, `Failed to get the status of endpoint ${endpoint} (${error.message})\n`);
    }
  }
  const cells = found.map(({ endpoint, status }) => statusCells(endpoint, status));
  switch (settings.format) {
    case 'table':
      yield* print(sys, rightAlignedTable(STATUS_HEADER, cells));
      break;
    case 'json':
      yield* print(sys, `[${found.map(({ endpoint, status }) => statusJson(endpoint, status)).join(',')}]\n`);
      break;
    case 'fields':
      yield* print(sys, found.map(({ endpoint, status }) => statusFields(endpoint, status)).join(''));
      break;
    default:
      yield* print(sys, cells.map((row) => `${row.join(', ')}\n`).join(''));
  }
  return failed ? EXIT.error : 0;
}

function* runHash(call: Call): Waiting<number> {
  const { sys, settings } = call;
  const rows: string[][] = [];
  for (const endpoint of yield* endpointsOf(call)) {
    const { hash, header } = yield* new EtcdClient(sys, settings, [endpoint]).call('hash', undefined);
    rows.push([endpoint, `${hash}`, `${header.revision}`]);
  }
  if (settings.format === 'table') yield* print(sys, rightAlignedTable(['endpoint', 'hash', 'hash revision'], rows));
  else yield* print(sys, rows.map((row) => `${row.join(', ')}\n`).join(''));
  return 0;
}

function memberCells({ id, name, peerUrls, clientUrls, learner }: EtcdMember): string[] {
  return [id, name === '' ? 'unstarted' : 'started', name, peerUrls.join(','), clientUrls.join(','), `${learner}`];
}

function* runMembers({ sys, settings }: Call): Waiting<number> {
  const { header, members } = yield* new EtcdClient(sys, settings).call('member-list', undefined);
  const rows = members.map(memberCells);
  if (settings.format === 'table') {
    yield* print(sys, rightAlignedTable(['ID', 'status', 'name', 'peer addrs', 'client addrs', 'is learner'], rows));
  } else if (settings.format === 'json') {
    const list = members.map(
      ({ id, name, peerUrls, clientUrls }) =>
        `{"ID":${decimalId(id)},"name":${JSON.stringify(name)},"peerURLs":${JSON.stringify(peerUrls)},"clientURLs":${JSON.stringify(clientUrls)}}`,
    );
    yield* print(sys, `{"header":${headerJson(header, false)},"members":[${list.join(',')}]}\n`);
  } else if (settings.format === 'fields') {
    const list = members.map(({ id, name, peerUrls, clientUrls, learner }) => {
      const urls = [
        ...peerUrls.map((url) => `"PeerURL" : "${url}"\n`),
        ...clientUrls.map((url) => `"ClientURL" : "${url}"\n`),
      ];
      return `"ID" : ${decimalId(id)}\n"Name" : "${name}"\n${urls.join('')}"IsLearner" : ${learner}\n\n`;
    });
    yield* print(sys, `${headerFields(header, false)}${list.join('')}`);
  } else yield* print(sys, rows.map((row) => `${row.join(', ')}\n`).join(''));
  return 0;
}

function* runCompact({ sys, settings, args }: Call): Waiting<number> {
  const [word] = args;
  if (word === undefined || args.length > 1)
    throw new CommandError(EXIT.badArguments, 'compaction command needs 1 argument');
  if (!/^-?\d+$/.test(word))
    throw new CommandError(EXIT.error, `strconv.ParseInt: parsing ${JSON.stringify(word)}: invalid syntax`);
  yield* new EtcdClient(sys, settings).call('compact', { revision: Number(word) });
  yield* print(sys, `compacted revision ${word}\n`);
  return 0;
}

function* runDefrag(call: Call): Waiting<number> {
  const { sys, settings } = call;
  let failed = false;
  for (const endpoint of yield* endpointsOf(call)) {
    const began = sys.now();
    try {
      yield* new EtcdClient(sys, settings, [endpoint]).call('defragment', undefined);
      yield* print(sys, `Finished defragmenting etcd member[${endpoint}]. took ${took(sys, began)}\n`);
    } catch (error) {
      if (!(error instanceof CommandError) || error.status !== EXIT.error) throw error;
      failed = true;
      yield* printError(
        sys,
        `Failed to defragment etcd member[${endpoint}]. took ${took(sys, began)}. (${error.message})\n`,
      );
    }
  }
  return failed ? EXIT.error : 0;
}

function* runAlarms({ sys, settings }: Call): Waiting<number> {
  const { alarms } = yield* new EtcdClient(sys, settings).call('alarm-list', undefined);
  yield* print(sys, alarms.map((alarm) => `${alarm}\n`).join(''));
  return 0;
}

const CLUSTER = { name: 'cluster', truth: true } as const;

export const CLUSTER_COMMANDS: readonly Command[] = [
  { name: 'alarm disarm', summary: 'Disarms all alarms', usage: '[flags]', flags: [], run: runAlarms },
  { name: 'alarm list', summary: 'Lists all alarms', usage: '[flags]', flags: [], run: runAlarms },
  {
    name: 'compaction',
    summary: 'Compacts the event history in etcd',
    usage: '[options] <revision> [flags]',
    flags: [{ name: 'physical', truth: true }],
    run: runCompact,
  },
  {
    name: 'defrag',
    summary: 'Defragments the storage of the etcd members with given endpoints',
    usage: '[flags]',
    flags: [CLUSTER],
    run: runDefrag,
  },
  {
    name: 'endpoint hashkv',
    summary: 'Prints the KV history hash for each endpoint in --endpoints',
    usage: '[flags]',
    flags: [CLUSTER, { name: 'rev', kind: 'number' }],
    run: runHash,
  },
  {
    name: 'endpoint health',
    summary: 'Checks the healthiness of endpoints specified in `--endpoints` flag',
    usage: '[flags]',
    flags: [CLUSTER],
    run: runHealth,
  },
  {
    name: 'endpoint status',
    summary: 'Prints out the status of endpoints specified in `--endpoints` flag',
    usage: '[flags]',
    flags: [CLUSTER],
    run: runStatus,
  },
  { name: 'member list', summary: 'Lists all members in the cluster', usage: '[flags]', flags: [], run: runMembers },
];
