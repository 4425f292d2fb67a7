import { formatDuration } from '../../api/duration.js';
import type { Status } from '../../api/status.js';
import { errorText } from '../../client/go-errors.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse } from '../../kernel/network.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ServerParts } from '../parts.js';
import { refusalStatus } from './json-call.js';
import type { Remote } from './remote.js';

/** As long as one question to a server of a kubeconfig may take, with its answer (webhook.LoadKubeconfig). */
const TIMEOUT = 30 * SECOND;
const ATTEMPTS_MAX = 5;
const BACKOFF_FACTOR = 1.5;
const BACKOFF_JITTER = 0.2;
/** Refusals that may be none the next time (webhook.DefaultShouldRetry). */
const TRANSIENT: readonly string[] = ['InternalError', 'ServerTimeout', 'Timeout', 'TooManyRequests'];

/** A question that was not answered, and whether it is worth another try. */
export class Unanswered extends Error {
  readonly transient: boolean;
  /** What the other side said instead. */
  readonly status: Partial<Status> | undefined;

  constructor(message: string, transient: boolean, status?: Partial<Status>) {
    super(message);
    this.transient = transient;
    this.status = status;
  }
}

/**
 * Sends JSON to a server of a kubeconfig, up to five times when it could not answer, and gives the answer's text. The first
 * pause is as long as told, each further one half as long again. Throws `Error` in the words of client-go's REST client.
 */
export function* askRemote(
  parts: ServerParts,
  remote: Remote,
  body: unknown,
  firstPause: Micros,
  timeout: Micros = TIMEOUT,
): Waiting<string> {
  let pause = firstPause;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return yield* askOnce(parts, remote, body, timeout);
    } catch (error) {
      if (!(error instanceof Unanswered) || !error.transient || attempt === ATTEMPTS_MAX) throw error;
    }
    const until = parts.now() + Math.round(pause * (1 + parts.random.fraction() * BACKOFF_JITTER));
    while (parts.now() < until) yield { until };
    pause *= BACKOFF_FACTOR;
  }
}

function* askOnce(parts: ServerParts, remote: Remote, body: unknown, timeout: Micros): Waiting<string> {
  const url = `${remote.server}${new URL(remote.server).pathname === '/' ? '/' : ''}?timeout=${formatDuration(timeout)}`;
  let response: HttpResponse;
  try {
    if (!parts.outgoing) throw new Error('dial tcp: connect: network is unreachable');
    const { authorities, insecure = false, serverName, certificate, key } = remote.tls();
    response = yield* parts.outgoing.request({
      authorities,
      insecure,
      ...(certificate ? { certificate } : {}),
      ...(key ? { key } : {}),
      ...(serverName ? { serverName } : {}),
      url,
      method: 'POST',
      headers: { accept: 'application/json, */*', 'content-type': 'application/json', ...remote.headers() },
      body: encodeText(`${JSON.stringify(body)}\n`),
      deadline: parts.now() + timeout,
    });
  } catch (error) {
    throw new Unanswered(`Post ${JSON.stringify(url)}: ${errorText(error)}`, isErrno(error, 'ECONNRESET'));
  }
  const text =
    response.object === undefined ? decodeText(response.body ?? new Uint8Array()) : JSON.stringify(response.object);
  if (response.status < 200 || response.status > 206) {
    const status = refusalStatus(response, text);
    throw new Unanswered(status.message ?? '', TRANSIENT.includes(status.reason ?? ''), status);
  }
  return text;
}
