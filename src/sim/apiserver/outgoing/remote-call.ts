import { formatDuration } from '../../api/duration.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ServerParts } from '../parts.js';
import { postJson, Unanswered } from './post-json.js';
import type { Remote } from './remote.js';

/** As long as one question to a server of a kubeconfig may take, with its answer, unless told otherwise (webhook.LoadKubeconfig). */
export const ASKING_TIMEOUT = 30 * SECOND;
const ATTEMPTS_MAX = 5;
const BACKOFF_FACTOR = 1.5;
const BACKOFF_JITTER = 0.2;
/** Reasons of refusals that may be none the next time. */
const TRANSIENT: readonly string[] = ['InternalError', 'ServerTimeout', 'Timeout', 'TooManyRequests'];

/**
 * Sends JSON to a server of a kubeconfig, up to five times when it could not answer, and gives the answer's text. The first
 * pause is as long as told, each further one half as long again. Throws `Error` in the words of client-go's REST client.
 */
export function* askRemote(
  parts: ServerParts,
  remote: Remote,
  body: unknown,
  firstPause: Micros,
  timeout: Micros = ASKING_TIMEOUT,
): Waiting<string> {
  let pause = firstPause;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return yield* askOnce(parts, remote, body, timeout);
    } catch (error) {
      if (!mayPass(error) || attempt === ATTEMPTS_MAX) throw error;
    }
    const until = parts.now() + Math.round(pause * (1 + parts.random.fraction() * BACKOFF_JITTER));
    while (parts.now() < until) yield { until };
    pause *= BACKOFF_FACTOR;
  }
}

/** Whether the next try may have an answer (webhook.DefaultShouldRetry). */
function mayPass(error: unknown): boolean {
  return error instanceof Unanswered && (error.reset || TRANSIENT.includes(error.status?.reason ?? ''));
}

function* askOnce(parts: ServerParts, remote: Remote, body: unknown, timeout: Micros): Waiting<string> {
  const url = `${remote.server}${new URL(remote.server).pathname === '/' ? '/' : ''}?timeout=${formatDuration(timeout)}`;
  return yield* postJson(parts, url, body, () => {
    const { authorities, insecure = false, serverName, certificate, key } = remote.tls();
    return {
      authorities,
      insecure,
      ...(certificate ? { certificate } : {}),
      ...(key ? { key } : {}),
      ...(serverName ? { serverName } : {}),
      headers: remote.headers(),
      deadline: parts.now() + timeout,
    };
  });
}
