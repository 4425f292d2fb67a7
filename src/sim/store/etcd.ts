import { ETCD_VERSION } from '../api/etcd-messages.js';
import { type Bytes, encodeText } from '../kernel/bytes.js';
import { Errno, isErrno } from '../kernel/errno.js';
import { untilSignal } from '../kernel/libc/until-signal.js';
import type { Listener, Message, RequestHandler, ServerTls } from '../kernel/network.js';
import type { Program, Sys } from '../kernel/sys.js';
import { MILLISECOND, type Micros, SECOND } from '../kernel/time.js';
import { type Waiting, WaitQueue } from '../kernel/wait.js';
import type { Change } from './entry.js';
import { SnapshotError } from './errors.js';
import { addressOf, checkCluster, checkConfig } from './etcd/check-config.js';
import { closeDataDirectory, databasePath, openDataDirectory } from './etcd/data-directory.js';
import { type EtcdFlags, FlagError, readEtcdFlags } from './etcd/flags.js';
import { answerHealth } from './etcd/grpc-health.js';
import { EtcdLog } from './etcd/log.js';
import { type Member, runOperation } from './etcd/operations.js';
import { readServerTls, TlsFileError } from './etcd/tls-files.js';
import { USAGE } from './etcd/usage.js';
import type { Store } from './store.js';

/** What `attach` hands to an API server on the same machine: the store, for as long as the member lives. */
export interface AttachedStore {
  readonly store: Store;
  readonly alive: boolean;
  /** Woken when the member ends. */
  readonly ended: WaitQueue;
}

/** How long starting takes: opening the database, electing itself. */
export interface EtcdTiming {
  readonly start: Micros;
  /** Told of every write, for whoever watches the machine from outside. */
  readonly onWrite?: (change: Change) => void;
  /** The bytes of an object that an API server has put here; without it JSON. */
  readonly valueBytes?: (object: object) => Bytes;
}

/** How often ended leases are looked for; a machine that woke from sleep finds them within this time. */
const LESSOR_PERIOD = 10 * SECOND;

/** What a key and its value take of memory, and what each revision that is still kept does. */
const KEY_BYTES = 4096;
const REVISION_BYTES = 1536;

/** An end that was logged already. */
class StartFailure extends Error {
  readonly status: number;

  constructor(status: number) {
    super();
    this.status = status;
  }
}

/** The etcd server. */
export const etcd: Program = etcdProgram({ start: 600 * MILLISECOND });

/** The etcd server with another pace. */
export function etcdProgram(timing: EtcdTiming): Program {
  return function* run(sys) {
    const log = new EtcdLog(sys);
    try {
      const flags = yield* readCommandLine(sys, log);
      if (!flags) return 0;
      return yield* serve(sys, log, flags, timing);
    } catch (error) {
      if (error instanceof StartFailure) return error.status;
      throw error;
    }
  };
}

function* readCommandLine(sys: Sys, log: EtcdLog): Waiting<EtcdFlags | undefined> {
  let flags: EtcdFlags;
  try {
    flags = readEtcdFlags(sys.args.slice(1));
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    if (error.usage) {
      yield* sys.write(2, error.message === 'help' ? USAGE : `${error.message}\n${USAGE}\n`);
      throw new StartFailure(error.message === 'help' ? 0 : 2);
    }
    yield* log.write('info', 'etcdmain/etcd.go:64', 'Running: ', { args: sys.args });
    yield* log.write('warn', 'etcdmain/etcd.go:66', 'failed to verify flags', { error: error.message });
    throw new StartFailure(1);
  }
  if (flags.given.get('version') === 'true') {
    yield* sys.write(
      1,
      `etcd Version: ${ETCD_VERSION}\nGit SHA: d2809cf00\nGo Version: go1.24.10\nGo OS/Arch: linux/amd64\n`,
    );
    return undefined;
  }
  yield* log.write('info', 'etcdmain/etcd.go:64', 'Running: ', { args: sys.args });
  const problem = checkConfig(flags);
  if (problem) {
    yield* log.write('warn', 'etcdmain/etcd.go:66', 'failed to verify flags', { error: problem });
    if (problem.startsWith('--advertise')) {
      yield* log.write('warn', 'etcdmain/etcd.go:69', 'advertise client URLs are not set', { error: problem });
    }
    throw new StartFailure(1);
  }
  return flags;
}

function* fail(log: EtcdLog, message: string): Waiting<never> {
  yield* log.write('fatal', 'etcdmain/etcd.go:183', 'discovery failed', {
    error: message,
    stacktrace:
      'go.etcd.io/etcd/server/v3/etcdmain.startEtcdOrProxyV2\n\tgo.etcd.io/etcd/server/v3/etcdmain/etcd.go:183\ngo.etcd.io/etcd/server/v3/etcdmain.Main\n\tgo.etcd.io/etcd/server/v3/etcdmain/main.go:40\nmain.main\n\tgo.etcd.io/etcd/server/v3/main.go:31\nruntime.main\n\truntime/proc.go:283',
  });
  throw new StartFailure(1);
}

function* serve(sys: Sys, log: EtcdLog, flags: EtcdFlags, timing: EtcdTiming): Waiting<number> {
  const listeners: Listener[] = [];
  const ended = new WaitQueue();
  let alive = true;
  let store: Store | undefined;
  try {
    yield* log.write('info', 'embed/etcd.go:138', 'configuring peer listeners', {
      'listen-peer-urls': flags.listenPeerUrls,
    });
    const peerTls = yield* readTls(sys, log, flags.peerCertFile, flags.peerKeyFile, flags.peerTrustedCaFile, true);
    listeners.push(...(yield* listenAll(sys, log, flags.listenPeerUrls, peerTls, refusePeers)));
    yield* log.write('info', 'embed/etcd.go:146', 'configuring client listeners', {
      'listen-client-urls': flags.listenClientUrls,
    });
    const clientTls = yield* readTls(
      sys,
      log,
      flags.certFile,
      flags.keyFile,
      flags.trustedCaFile,
      flags.clientCertAuth,
    );
    yield* log.write('info', 'embed/etcd.go:323', 'starting an etcd server', {
      'etcd-version': ETCD_VERSION,
      'data-dir': flags.dataDir,
      name: flags.name,
      'initial-cluster': flags.initialCluster,
    });
    store = yield* openStore(sys, log, flags);
    if (timing.onWrite) store.onWrite = timing.onWrite;
    yield* sys.sleep(timing.start);
    const member: Member = {
      store,
      name: flags.name,
      peerUrls: flags.initialAdvertisePeerUrls,
      clientUrls: flags.advertiseClientUrls,
      quotaBytes: flags.quotaBytes,
      valueBytes: timing.valueBytes,
    };
    const attached: AttachedStore = {
      store,
      ended,
      get alive() {
        return alive;
      },
    };
    listeners.push(...(yield* listenAll(sys, log, flags.listenClientUrls, clientTls, clientHandler(member, attached))));
    listeners.push(...(yield* listenMetrics(sys, log, flags)));
    yield* log.write('info', 'embed/serve.go:138', 'ready to serve client requests');
    for (const url of flags.listenClientUrls) {
      const { secure, host, port } = addressOf(url);
      const message = secure
        ? 'serving client traffic securely'
        : 'serving client traffic insecurely; this is strongly discouraged!';
      yield* log.write('info', secure ? 'embed/serve.go:283' : 'embed/serve.go:220', message, {
        traffic: 'grpc+http',
        address: `${host}:${port}`,
      });
    }
    sys.thread(() => expireKeys(sys, member.store));
    return yield* untilStopped(sys, log);
  } finally {
    alive = false;
    for (const listener of listeners) listener.close();
    if (store) closeDataDirectory(sys, flags.dataDir, store);
    ended.wakeAll();
  }
}

/** The lessor: deletes what has lived long enough, as long as there is such a thing. */
function* expireKeys(sys: Sys, store: Store): Waiting<never> {
  for (;;) {
    if (store.hasExpiring) yield* sys.sleep(LESSOR_PERIOD);
    else yield store.expiring;
    store.expire(sys.now());
    sys.holdMemory(store.liveCount * KEY_BYTES + (store.revision - store.compactedRevision) * REVISION_BYTES);
  }
}

function* untilStopped(sys: Sys, log: EtcdLog): Waiting<number> {
  const name = (yield* untilSignal(sys)) === 'TERM' ? 'terminated' : 'interrupt';
  yield* log.write('info', 'osutil/interrupt_unix.go:65', 'received signal; shutting down', { signal: name });
  yield* log.write('info', 'embed/etcd.go:426', 'closing etcd server', {});
  yield* log.write('info', 'embed/etcd.go:428', 'closed etcd server', {});
  return 0;
}

function* readTls(
  sys: Sys,
  log: EtcdLog,
  cert: string,
  key: string,
  authorities: string,
  required: boolean,
): Waiting<ServerTls | undefined> {
  try {
    return readServerTls(sys, cert, key, authorities, required);
  } catch (error) {
    if (error instanceof TlsFileError) return yield* fail(log, error.message);
    throw error;
  }
}

function* openStore(sys: Sys, log: EtcdLog, flags: EtcdFlags): Waiting<Store> {
  const started = sys.now();
  try {
    const opened = openDataDirectory(sys, flags.dataDir);
    const misfit = opened.existed ? undefined : checkCluster(flags);
    if (misfit) yield* fail(log, misfit);
    const path = databasePath(flags.dataDir);
    yield* log.write('info', 'storage/backend.go:80', 'opened backend db', { path, took: `${sys.now() - started}µs` });
    return opened.store;
  } catch (error) {
    if (isErrno(error))
      return yield* fail(log, `cannot access data directory: mkdir ${flags.dataDir}: ${error.message.toLowerCase()}`);
    if (!(error instanceof SnapshotError)) throw error;
    yield* log.write('panic', 'backend/backend.go:205', 'failed to open database', {
      path: databasePath(flags.dataDir),
      error: error.message,
    });
    yield* sys.write(2, 'panic: failed to open database\n');
    throw new StartFailure(2);
  }
}

function* listenAll(
  sys: Sys,
  log: EtcdLog,
  urls: readonly string[],
  tls: ServerTls | undefined,
  handler: RequestHandler,
): Waiting<Listener[]> {
  const listeners: Listener[] = [];
  for (const url of urls) {
    const { secure, host, port } = addressOf(url);
    const address = host === 'localhost' ? '127.0.0.1' : host;
    if (address.includes(':')) continue;
    if (secure && !tls) yield* fail(log, `KeyFile and CertFile must both be present[key: , cert: ]`);
    try {
      listeners.push(sys.listen({ address, port, application: 'etcd', handler, ...(secure && tls ? { tls } : {}) }));
    } catch (error) {
      if (!isErrno(error)) throw error;
      const why = error.code === 'EADDRNOTAVAIL' ? 'cannot assign requested address' : error.message.toLowerCase();
      yield* fail(log, `listen tcp ${host}:${port}: bind: ${why}`);
    }
  }
  return listeners;
}

/** Health and liveness for probes, on plain HTTP. */
function* listenMetrics(sys: Sys, log: EtcdLog, flags: EtcdFlags): Waiting<Listener[]> {
  const listeners: Listener[] = [];
  for (const url of flags.listenMetricsUrls) {
    const { host, port } = addressOf(url);
    try {
      listeners.push(
        sys.listen({
          address: host === 'localhost' ? '127.0.0.1' : host,
          port,
          application: 'http',
          handler: healthHandler,
        }),
      );
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* fail(log, `listen tcp ${host}:${port}: bind: ${error.message.toLowerCase()}`);
    }
  }
  return listeners;
}

const healthHandler: RequestHandler = function* health(message) {
  const path = message.kind === 'http' ? (message.target.split('?')[0] as string) : '';
  const texts: Record<string, string> = {
    '/health': '{"health":"true","reason":""}',
    '/livez': 'ok\n',
    '/readyz': 'ok\n',
    '/version': `{"etcdserver":"${ETCD_VERSION}","etcdcluster":"3.6.0","storage":"3.6.0"}`,
  };
  const text = texts[path];
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  if (text === undefined)
    return { kind: 'http-response', status: 404, headers, body: encodeText('404 page not found\n') };
  return { kind: 'http-response', status: 200, headers, body: encodeText(text) };
};

const refusePeers: RequestHandler = function* refuse() {
  throw new Errno('ECONNRESET');
};

function clientHandler(member: Member, attached: AttachedStore): RequestHandler {
  return function* handle(message): Waiting<Message> {
    if (message.kind === 'http' && message.headers['content-type'] === 'application/grpc') return answerHealth(message);
    if (message.kind !== 'etcd') throw new Errno('ECONNRESET');
    if (message.operation === 'attach') return { kind: 'etcd-response', payload: attached };
    return { kind: 'etcd-response', ...runOperation(member, message.operation, message.payload) };
  };
}
