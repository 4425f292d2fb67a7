import type { Container, HTTPGetAction } from '../../api/types/pod.js';
import { dialError, joinHostPort, requestErrorText } from '../../client/go-errors.js';
import { isErrno } from '../../kernel/errno.js';
import { TlsError } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Park, Waiting } from '../../kernel/wait.js';
import { PREEMPT, WaitQueue } from '../../kernel/wait.js';

/** How a GET by kubelet ended. */
export type HttpOutcome = { readonly status: number; readonly body: string } | { readonly failure: string };

/** The number behind a port's number or name. Throws an Error in kubelet's words. */
export function resolvePort(port: number | string, container: Container): number {
  if (typeof port === 'number') return port;
  const named = container.ports?.find(({ name }) => name === port)?.containerPort;
  const number = named ?? (/^\d+$/.test(port) ? Number(port) : undefined);
  if (number === undefined) throw new Error(`couldn't find port: "${port}" in container "${container.name}"`);
  return number;
}

/** One GET from the node to a pod, as probes and hooks make it: no certificate is checked, no name looked up twice. */
export function* httpGet(
  sys: Sys,
  action: HTTPGetAction,
  container: Container,
  podIP: string,
  agent: string,
  timeout: Micros,
): Waiting<HttpOutcome> {
  const port = resolvePort(action.port, container);
  const host = action.host || podIP;
  const scheme = (action.scheme ?? 'HTTP').toLowerCase();
  const path = `${action.path?.startsWith('/') ? '' : '/'}${action.path ?? ''}`;
  const url = `${scheme}://${joinHostPort(host, port)}${path}`;
  const headers: Record<string, string> = {
    'user-agent': agent,
    accept: '*/*',
    host: joinHostPort(host, port),
    connection: 'close',
  };
  for (const { name, value } of action.httpHeaders ?? []) headers[name.toLowerCase()] = value;
  try {
    const connection = yield* sys.connect({ address: host, port, name: host }, timeout);
    try {
      if (scheme === 'https') yield* connection.startTls({ insecure: true });
      const answer = yield* withTimeout(
        sys,
        connection.request({ kind: 'http', method: 'GET', target: path, headers }),
        timeout,
      );
      if (answer === 'timed-out') {
        return {
          failure: `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
        };
      }
      if (answer.kind !== 'http-response') return { failure: `Get "${url}": EOF` };
      answer.stream?.cancel();
      return { status: answer.status, body: Buffer.from(answer.body ?? []).toString('utf8') };
    } finally {
      connection.close();
    }
  } catch (error) {
    return { failure: failureText(error, url, host, port) };
  }
}

function failureText(error: unknown, url: string, host: string, port: number): string {
  if (error instanceof TlsError) return requestErrorText('GET', url, error);
  if (isErrno(error, 'ETIMEDOUT'))
    return `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
  if (isErrno(error, 'ECONNRESET')) return `Get "${url}": EOF`;
  if (isErrno(error, 'ENOTSUP')) return `Get "${url}": http: server gave HTTP response to HTTPS client`;
  if (isErrno(error)) return requestErrorText('GET', url, dialError(error.code, joinHostPort(host, port)));
  throw error;
}

/** Runs a step for at most a span; a step that takes longer is given up where it stands. */
export function* withTimeout<T>(sys: Sys, step: Waiting<T>, span: Micros): Waiting<T | 'timed-out'> {
  const end = sys.now() + span;
  try {
    let taken = step.next();
    while (!taken.done) {
      const wait = taken.value;
      if (wait === PREEMPT) yield wait;
      else {
        const park: Park = wait instanceof WaitQueue ? { queues: [wait] } : wait;
        const own = park.until ?? Number.POSITIVE_INFINITY;
        yield { ...park, until: Math.min(own, end) };
        if (sys.now() >= end && own > end) return 'timed-out';
      }
      taken = step.next();
    }
    return taken.value;
  } finally {
    step.return(undefined as T);
  }
}
