import type { KubeObject } from '../../../api/object.js';
import { StatusError } from '../../../api/status.js';
import { errorText, isUnreachable } from '../../../client/go-errors.js';
import { isErrno } from '../../../kernel/errno.js';
import { MILLISECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { KubeletContext } from '../../context.js';

/** Delegated questions are asked five times, after 500 ms and half as much again each (DefaultAuthWebhookRetryBackoff). */
const ATTEMPTS = 5;
const FIRST_PAUSE = 500 * MILLISECOND;

/** The API server could not be asked; the message is client-go's. */
export class ReviewError extends Error {}

/** Has the API server answer a review and returns its status. Throws `ReviewError`. */
export function* askReview(
  { sys, client }: KubeletContext,
  group: 'authentication.k8s.io' | 'authorization.k8s.io',
  kind: 'SubjectAccessReview' | 'TokenReview',
  spec: object,
): Waiting<Record<string, unknown>> {
  const resource = `${kind.toLowerCase()}s`;
  const type = { group, version: 'v1', resource, kind, namespaced: false };
  const review = { apiVersion: `${group}/v1`, kind, metadata: {}, spec } as KubeObject;
  let pause = FIRST_PAUSE;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answered = yield* client.create(type, review);
      return (answered['status'] ?? {}) as Record<string, unknown>;
    } catch (error) {
      if (!isUnreachable(error) && !(error instanceof StatusError)) throw error;
      if (attempt === ATTEMPTS || !mayPass(error)) throw new ReviewError(errorText(error));
    }
    yield* sys.sleep(pause);
    pause += pause / 2;
  }
}

/** What a client tries again (webhook.DefaultShouldRetry); a refused connection is not among it. */
function mayPass(error: unknown): boolean {
  if (isErrno(error)) return error.code === 'ECONNRESET';
  return error instanceof StatusError && [429, 500, 504].includes(error.status.code ?? 0);
}
