import type { Container, HTTPGetAction } from '../../api/types/pod.js';
import { dialError, joinHostPort, requestErrorText } from '../../client/go-errors.js';
import { type Bytes, decodeText, NO_BYTES } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { TlsError } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Park, Waiting } from '../../kernel/wait.js';
import { PREEMPT, WaitQueue } from '../../kernel/wait.js';

/** How a GET by kubelet ended. */
export type HttpOutcome = { readonly status: number; readonly body: string } | { readonly failure: string };

/** A body is read to here and no further. */
const BODY_MAX = 10 * 1024;
/** A client that is sent from place to place gives up after so many (net/http). */
const REDIRECTS_MAX = 10;
const REDIRECTS = [301, 302, 303, 307, 308];

/** The number behind a port's number or name. Throws an Error in kubelet's words. */
export function resolvePort(port: number | string, container: Container): number {
  if (typeof port === 'number') return port;
  const named = container.ports?.find(({ name }) => name === port)?.containerPort;
  const number = named ?? (/^\d+$/.test(port) ? Number(port) : undefined);
  if (number === undefined) throw new Error(`couldn't find port: "${port}" in container "${container.name}"`);
  return number;
}

/** One GET from the node to a pod, as probes and hooks make it: no certificate is checked, redirects stay on the host. */
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
  const scheme = (action.scheme || 'HTTP').toLowerCase();
  const target = `${action.path?.startsWith('/') ? '' : '/'}${action.path ?? ''}`;
  const headers = headersOf(action, agent);
  const until = sys.now() + timeout;
  let place: Place = { scheme, host, port, target };
  for (let hop = 0; ; hop += 1) {
    const answer = yield* getOnce(sys, place, headers, until);
    if ('failure' in answer) return answer;
    const { status, location, body } = answer;
    const url = REDIRECTS.includes(status) && location !== undefined ? urlOf(place) : '';
    const next = url === '' ? undefined : redirected(url, location ?? '');
    if (next === undefined || new URL(next).hostname !== new URL(url).hostname)
      return { status, body: decodeText(body.subarray(0, BODY_MAX)) };
    if (hop + 1 >= REDIRECTS_MAX) return { failure: `Get "${location}": stopped after ${REDIRECTS_MAX} redirects` };
    place = placeOf(next);
  }
}

function headersOf({ httpHeaders = [] }: HTTPGetAction, agent: string): Record<string, string> {
  const headers: Record<string, string> = { 'user-agent': agent, accept: '*/*', connection: 'close' };
  for (const { name, value } of httpHeaders) headers[name.toLowerCase()] = value;
  if (headers['accept'] === '') delete headers['accept'];
  return headers;
}

function redirected(from: string, location: string): string | undefined {
  try {
    return new URL(location, from).href;
  } catch {
    return undefined;
  }
}

type Answer =
  | { readonly status: number; readonly location: string | undefined; readonly body: Bytes }
  | { readonly failure: string };

function* getOnce(sys: Sys, place: Place, asked: Readonly<Record<string, string>>, until: Micros): Waiting<Answer> {
  const { scheme, host, port, target } = place;
  const headers = { host: joinHostPort(host, port), ...asked };
  try {
    const connection = yield* sys.connect({ address: host, port, name: host }, Math.max(until - sys.now(), 1));
    try {
      if (scheme === 'https') yield* connection.startTls({ insecure: true });
      const request = connection.request({ kind: 'http', method: 'GET', target, headers });
      const answer = yield* withTimeout(sys, request, Math.max(until - sys.now(), 1));
      if (answer === 'timed-out') return { failure: lateText(urlOf(place)) };
      if (answer.kind !== 'http-response') return { failure: `Get "${urlOf(place)}": EOF` };
      answer.stream?.cancel();
      return { status: answer.status, location: answer.headers['location'], body: answer.body ?? NO_BYTES };
    } finally {
      connection.close();
    }
  } catch (error) {
    return { failure: failureText(error, urlOf(place), host, port) };
  }
}

/** Where a GET goes. */
interface Place {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly target: string;
}

function urlOf({ scheme, host, port, target }: Place): string {
  return `${scheme}://${joinHostPort(host, port)}${target}`;
}

function placeOf(url: string): Place {
  const [, scheme = '', authority = '', target = '/'] = /^(\w+):\/\/([^/]+)(\/.*)?$/.exec(url) ?? [];
  const [, bracketed, plain, port] = /^(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(authority) ?? [];
  return { scheme, host: bracketed ?? plain ?? '', port: Number(port ?? (scheme === 'https' ? 443 : 80)), target };
}

function lateText(url: string): string {
  return `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
}

function failureText(error: unknown, url: string, host: string, port: number): string {
  if (error instanceof TlsError) return requestErrorText('GET', url, error);
  if (isErrno(error, 'ETIMEDOUT')) return lateText(url);
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
        const { queues, until, appointment }: Park = wait instanceof WaitQueue ? { queues: [wait] } : wait;
        const own = until ?? Number.POSITIVE_INFINITY;
        yield { queues, until: Math.min(own, end), appointment };
        if (sys.now() >= end && own > end) return 'timed-out';
      }
      taken = step.next();
    }
    return taken.value;
  } finally {
    step.return(undefined as T);
  }
}
