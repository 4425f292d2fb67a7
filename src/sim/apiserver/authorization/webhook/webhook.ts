import type { CompiledExpression } from '../../../api/kinds/admission/compile-expression.js';
import { errorText } from '../../../client/go-errors.js';
import { MILLISECOND, type Micros } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { AnswerCache } from '../../outgoing/answer-cache.js';
import type { Remote } from '../../outgoing/remote.js';
import { askRemote } from '../../outgoing/remote-call.js';
import type { ServerParts } from '../../parts.js';
import { type AccessRequest, type Authorizer, type Decision, NO_OPINION } from '../authorizer.js';
import { answerTo, mayAsk } from './asking.js';
import { conditionsHold } from './conditions.js';
import { type ReviewStatus, type ReviewVersion, readStatus, reviewOf, reviewSpec } from './review.js';

/** How a webhook that authorizes is asked. */
export interface WebhookSettings {
  readonly remote: Remote;
  readonly version: ReviewVersion;
  /** How long a yes, or anything else, is believed. */
  readonly authorizedTtl: Micros;
  readonly unauthorizedTtl: Micros;
  readonly timeout: Micros;
  /** What holds when nobody answers. */
  readonly onError: 'no-opinion' | 'deny';
  readonly conditions: readonly CompiledExpression[];
  /** Hears why nobody answered. */
  readonly failed: (message: string) => void;
}

const ANSWERS_MAX = 8192;
const FIRST_PAUSE = 500 * MILLISECOND;
/** Questions with longer names are not kept. */
const KEPT_LETTERS_MAX = 10_000;

type Answer = { readonly status: ReviewStatus; readonly error?: undefined } | { readonly error: string };

/**
 * Somebody outside says who may do what; answers are kept for their time. `place` tells a server's webhooks from each other:
 * two may be asked the same while one question is decided.
 */
export function webhookAuthorizer(settings: WebhookSettings, place: number): Authorizer {
  const kept = new AnswerCache<ReviewStatus>(ANSWERS_MAX);
  const failure = (error: string): Decision => ({ decision: settings.onError, error });
  return {
    mode: 'Webhook',
    waits: true,
    authorize(request, parts) {
      // Where nobody can wait it is as if the other side had no opinion.
      if (!parts || !mayAsk()) return NO_OPINION;
      const matches = conditionsHold(settings.conditions, request);
      if (typeof matches === 'object') return failure(matches.error);
      if (!matches) return NO_OPINION;
      const key = JSON.stringify(reviewSpec(request, 'v1'));
      const known = kept.get(key, parts.now());
      if (known) return decisionOf(known);
      const answer = answerTo<Answer>(`${place} ${key}`, () => ask(parts, settings, request));
      if (answer.error !== undefined) return failure(answer.error);
      const { status } = answer;
      const ttl = status.allowed ? settings.authorizedTtl : settings.unauthorizedTtl;
      if (isKept(request)) kept.keep(key, status, parts.now(), ttl);
      return decisionOf(status);
    },
    rulesFor: () => ({
      rules: [],
      incomplete: true,
      errors: ['webhook authorizer does not support user rule resolution'],
    }),
  };
}

function* ask(parts: ServerParts, settings: WebhookSettings, request: AccessRequest): Waiting<Answer> {
  const { remote, version, failed, timeout } = settings;
  try {
    const question = reviewOf(reviewSpec(request, version), version);
    return { status: readStatus(yield* askRemote(parts, remote, question, FIRST_PAUSE, timeout), version) };
  } catch (error) {
    const message = errorText(error);
    failed(`Failed to make webhook authorizer request: ${message}`);
    return { error: message };
  }
}

function isKept({ info }: AccessRequest): boolean {
  const { namespace, verb, group, version, resource, subresource, name, path } = info;
  const letters = [namespace, verb, group, version, resource, subresource, name, path].join('').length;
  return letters < KEPT_LETTERS_MAX;
}

function decisionOf({ allowed, denied, reason }: ReviewStatus): Decision {
  const why = reason ? { reason } : {};
  if (denied && allowed) {
    const error = 'webhook subject access review returned both allow and deny response';
    return { decision: 'deny', ...why, error };
  }
  return { decision: denied ? 'deny' : allowed ? 'allow' : 'no-opinion', ...why };
}
