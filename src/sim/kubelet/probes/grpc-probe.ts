import { formatDuration } from '../../api/duration.js';
import { goQuote } from '../../api/go-text.js';
import type { Probe } from '../../api/types/pod.js';
import { joinHostPort } from '../../client/go-errors.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection, HttpResponse } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { withTimeout } from '../pods/http-get.js';
import type { ProbeOutcome } from './verdict.js';

const CHECK = '/grpc.health.v1.Health/Check';
const UNIMPLEMENTED = '12';

/**
 * Asks a server for its health as grpc.health.v1 says. The call travels as an HTTP request of type `application/grpc`
 * whose body is an object; a server that speaks gRPC answers in that type, with `grpc-status` and its state as an object.
 */
export function* grpcProbe(
  sys: Sys,
  host: string,
  { port, service }: NonNullable<Probe['grpc']>,
  timeout: Micros,
): Waiting<ProbeOutcome> {
  const until = sys.now() + timeout;
  const server = joinHostPort(host, port);
  const span = formatDuration(timeout);
  const connection = yield* connectUntil(sys, host, port, until);
  const answer = connection && (yield* check(sys, connection, server, service ?? '', until));
  if (!answer || (answer !== 'timed-out' && !isGrpc(answer))) {
    // Whoever does not speak HTTP/2 is waited for until the end, as is nobody at all.
    if (sys.now() < until) yield* sys.sleep(until - sys.now());
    const words = `timeout: failed to connect service ${goQuote(server)} within ${span}: context deadline exceeded`;
    return { result: 'failure', output: words };
  }
  if (answer === 'timed-out')
    return { result: 'failure', output: `timeout: health rpc did not complete within ${span}` };
  return verdict(answer);
}

function* connectUntil(sys: Sys, host: string, port: number, until: Micros): Waiting<Connection | undefined> {
  try {
    return yield* sys.connect({ address: host, port }, Math.max(until - sys.now(), 1));
  } catch (error) {
    if (!isErrno(error)) throw error;
    return undefined;
  }
}

function* check(
  sys: Sys,
  connection: Connection,
  host: string,
  service: string,
  until: Micros,
): Waiting<HttpResponse | 'timed-out' | undefined> {
  const headers = { host, 'content-type': 'application/grpc', 'user-agent': 'kube-probe/1.36', te: 'trailers' };
  try {
    const call = connection.request({ kind: 'http', method: 'POST', target: CHECK, headers, object: { service } });
    const answer = yield* withTimeout(sys, call, Math.max(until - sys.now(), 1));
    if (answer === 'timed-out') return answer;
    return answer.kind === 'http-response' ? answer : undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return undefined;
  } finally {
    connection.close();
  }
}

function isGrpc({ headers = {} }: HttpResponse): boolean {
  return headers['content-type']?.startsWith('application/grpc') === true;
}

function verdict({ headers = {}, object }: HttpResponse): ProbeOutcome {
  const code = headers['grpc-status'] ?? '0';
  const words = headers['grpc-message'] ?? '';
  if (code === UNIMPLEMENTED) {
    const said = 'error: this server does not implement the grpc health protocol (grpc.health.v1.Health)';
    return { result: 'failure', output: `${said}: ${words}` };
  }
  if (code !== '0') {
    const error = `rpc error: code = ${CODES[Number(code)] ?? 'Unknown'} desc = ${words}`;
    return { result: 'failure', output: `error: health rpc probe failed: ${error}` };
  }
  const { status = 'UNKNOWN' } = (object ?? {}) as { status?: string };
  if (status === 'SERVING') return { result: 'success' };
  return { result: 'failure', output: `service unhealthy (responded with ${goQuote(status)})` };
}

/** Names of gRPC's codes by their numbers. */
const CODES = [
  'OK',
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
];
