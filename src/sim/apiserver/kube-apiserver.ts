import { VERSION_INFO } from '../api/version.js';
import { klogLine } from '../client/klog.js';
import { isErrno } from '../kernel/errno.js';
import { untilSignal } from '../kernel/libc/until-signal.js';
import type { Listener, RequestHandler } from '../kernel/network.js';
import type { Program, Sys } from '../kernel/sys.js';
import { MILLISECOND, MINUTE, type Micros, SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { loadedPlugins } from './admission/chain.js';
import { readAdmission } from './command/admission.js';
import { type Assembled, assemble } from './command/assemble.js';
import { auditProblems, readAudit } from './command/audit.js';
import { type EtcdConnection, transportError } from './command/etcd-connection.js';
import { FatalError, StartError } from './command/files.js';
import { FlagError, type Flags, readFlags } from './command/flags.js';
import { readOptions, type ServerOptions, stompsAnonymous } from './command/options.js';
import { keepAvailability } from './extensions/aggregation/availability.js';
import { createHandler } from './handler.js';
import type { ServerParts } from './parts.js';
import { keepKubernetesService } from './services/kubernetes-service.js';
import { keepAuthenticationTrust } from './start/authentication-trust.js';
import { trackLegacyTokens } from './start/legacy-token-tracking.js';
import { prepareCluster } from './start/prepare-cluster.js';

/** How long starting and serving take. */
export interface ApiServerTiming {
  /** From the connection to etcd until requests are served. */
  readonly start: Micros;
  /** Latency of one request. */
  readonly request: Micros;
}

/** The API server. */
export const kubeApiserver: Program = kubeApiserverProgram({ start: 800 * MILLISECOND, request: 1_500 });

const ETCD_PATIENCE = 20 * SECOND;
const ETCD_RETRY = SECOND;
/** What the cache of watches keeps of an object, and what a client that watches takes. */
const OBJECT_BYTES = 12 * 1024;
const WATCH_BYTES = 48 * 1024;
const COMPACTION_INTERVAL = 5 * MINUTE;

/** The API server with another pace. */
export function kubeApiserverProgram(timing: ApiServerTiming): Program {
  return function* run(sys) {
    let flags: Flags;
    try {
      flags = readFlags(sys.args.slice(1));
    } catch (error) {
      if (!(error instanceof FlagError)) throw error;
      yield* sys.write(2, `Error: ${error.message}\n`);
      return 1;
    }
    if (flags.has('version')) {
      yield* sys.write(1, `Kubernetes ${VERSION_INFO.gitVersion}\n`);
      return 0;
    }
    try {
      return yield* start(sys, flags, timing);
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      if (error instanceof FatalError) {
        yield* sys.write(2, klogLine(sys, 'F', error.where, error.message));
        return 255;
      }
      yield* sys.write(2, klogLine(sys, 'E', 'run.go:72', `"command failed" err${valueText(error.message)}`));
      return 1;
    }
  };
}

/** A value behind its name: in quotes, or indented when it has several lines. */
function valueText(text: string): string {
  return text.includes('\n') ? `=<\n\t${text.replaceAll('\n', '\n\t')}\n >` : `=${JSON.stringify(text)}`;
}

function* start(sys: Sys, flags: Flags, timing: ApiServerTiming): Waiting<number> {
  const { options, problems } = readOptions(sys, flags, sys.network().addresses()[0] ?? '127.0.0.1');
  yield* sys.write(
    2,
    klogLine(sys, 'I', 'options.go:249', `external host was not specified, using ${options.advertiseAddress}`),
  );
  if (stompsAnonymous(flags, options.authorizationModes)) {
    const text = 'AnonymousAuth is not allowed with the AlwaysAllow authorizer. Resetting AnonymousAuth to false.';
    yield* sys.write(2, klogLine(sys, 'W', 'authentication.go:841', `${text} You should use a different authorizer`));
  }
  problems.push(...auditProblems(flags));
  if (problems.length > 0) throw new StartError(problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`);
  yield* sys.write(2, klogLine(sys, 'I', 'server.go:150', `Version: ${VERSION_INFO.gitVersion}`));
  yield* sys.write(2, klogLine(sys, 'I', 'server.go:152', '"Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""'));
  const { log: audit, complaint } = readAudit(sys, flags);
  if (complaint !== undefined) {
    const text = `Audit policy contains errors, falling back to lenient decoding: ${complaint}`;
    yield* sys.write(2, klogLine(sys, 'W', 'reader.go:84', text));
  }
  const assembled = assemble(sys, flags, options, timing.request);
  const { parts, etcd } = assembled;
  if (!(yield* reachEtcd(sys, etcd, options))) return 255;
  const admission = readAdmission(sys, flags, options);
  yield* sys.sleep(timing.start);
  for (const [place, text] of loadedPlugins(options.enabledPlugins, options.disabledPlugins)) {
    yield* sys.write(2, klogLine(sys, 'I', place, text));
  }
  return yield* serve(sys, options, { ...parts, admission, ...(audit ? { audit } : {}) }, assembled);
}

/** Tries etcd until it answers; after twenty seconds the server gives up. */
function* reachEtcd(sys: Sys, etcd: EtcdConnection, options: ServerOptions): Waiting<boolean> {
  const patience = sys.now() + ETCD_PATIENCE;
  for (let channel = 1; sys.now() < patience; channel += 2) {
    try {
      yield* etcd.attach();
      return true;
    } catch (error) {
      const address = (options.etcdServers[0] ?? '').replace(/^https?:\/\//, '');
      const text = `[core] [Channel #${channel} SubChannel #${channel + 1}]grpc: addrConn.createTransport failed to connect to {Addr: ${JSON.stringify(address)}, ServerName: ${JSON.stringify(address)}, }. Err: connection error: desc = ${JSON.stringify(transportError(error))}`;
      yield* sys.write(2, klogLine(sys, 'W', 'logging.go:55', text));
      yield* sys.sleep(ETCD_RETRY);
    }
  }
  const text = 'Error creating leases: error creating storage factory: context deadline exceeded';
  yield* sys.write(2, klogLine(sys, 'F', 'instance.go:233', text));
  return false;
}

function* serve(
  sys: Sys,
  options: ServerOptions,
  parts: ServerParts,
  { tls, etcd, encryption, trust }: Assembled,
): Waiting<number> {
  const handler = createHandler(parts);
  const answer: RequestHandler = function* (message, peer) {
    if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: {} };
    return { kind: 'http-response', ...(yield* handler(message, peer)) };
  };
  let listener: Listener;
  const { bindAddress: address, securePort: port } = options;
  try {
    listener = sys.listen({
      address: address === '::' ? '0.0.0.0' : address,
      port,
      application: 'http',
      tls,
      handler: answer,
    });
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new StartError(
      `failed to create listener: failed to listen on ${address}:${port}: listen tcp ${address}:${port}: bind: ${error.message.toLowerCase()}`,
    );
  }
  try {
    yield* sys.write(2, klogLine(sys, 'I', 'secure_serving.go:211', `Serving securely on [::]:${port}`));
    yield* prepareCluster(parts);
    yield* trackLegacyTokens(parts);
    sys.thread(() => keepKubernetesService(sys, parts));
    sys.thread(() => keepAuthenticationTrust(parts, trust));
    sys.thread(() => keepWatches(sys, parts, etcd));
    sys.thread(() => keepAvailability(parts));
    sys.thread(() => compact(sys, etcd));
    if (encryption?.reloads) sys.thread(() => encryption.keepFresh(sys));
    return yield* untilStopped(sys);
  } finally {
    listener.close();
    parts.watches.closeAll();
  }
}

function* untilStopped(sys: Sys): Waiting<number> {
  yield* untilSignal(sys);
  const text = '"[graceful-termination] shutdown event" name="ShutdownInitiated"';
  yield* sys.write(2, klogLine(sys, 'I', 'genericapiserver.go:549', text));
  return 0;
}

/** Ends watches at their time, and counts what they and the objects behind them take of memory. */
function* keepWatches(sys: Sys, parts: ServerParts, etcd: EtcdConnection): Waiting<void> {
  for (;;) {
    yield { queues: [parts.watches.sooner], until: parts.watches.due(sys.now()) };
    parts.watches.tick(sys.now());
    for (const step of parts.watches.takeLater()) sys.thread(step);
    sys.holdMemory((etcd.current?.liveCount ?? 0) * OBJECT_BYTES + parts.watches.count * WATCH_BYTES);
  }
}

/** Compacts etcd every five minutes to where it was five minutes ago (etcd3 compactor). */
function* compact(sys: Sys, etcd: EtcdConnection): Waiting<void> {
  let before = etcd.current?.revision ?? 0;
  for (;;) {
    yield* sys.sleep(COMPACTION_INTERVAL);
    const store = etcd.current;
    if (!store) continue;
    if (before > store.compactedRevision && before <= store.revision) store.compact(before);
    before = store.revision;
  }
}
