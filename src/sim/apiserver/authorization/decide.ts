import { aggregateTexts } from '../../api/field-error.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ServerParts } from '../parts.js';
import { type AccessRequest, type Decision, NO_OPINION } from './authorizer.js';
import { asking } from './webhook/asking.js';

/**
 * What the authorizers say together: the first that allows or denies decides, else their reasons are joined, and what went
 * wrong with them.
 */
export function decide(parts: ServerParts, { user, info }: Omit<AccessRequest, 'store'>): Decision {
  const request: AccessRequest = { user, info, store: parts.etcd.current };
  let reasons = '';
  const errors: string[] = [];
  for (const authorizer of parts.authorizers) {
    const decision = authorizer.authorize(request, parts);
    if (decision.error !== undefined) errors.push(decision.error);
    if (decision.decision !== 'no-opinion') return decision;
    if (decision.reason) reasons = reasons === '' ? decision.reason : `${reasons}\n${decision.reason}`;
  }
  if (reasons === '' && errors.length === 0) return NO_OPINION;
  return {
    decision: 'no-opinion',
    ...(reasons === '' ? {} : { reason: reasons }),
    ...(errors.length === 0 ? {} : { error: aggregateTexts(errors) }),
  };
}

/**
 * Does something that asks what somebody may do, waiting where an authorizer has to ask somebody else: then it is done over
 * and over, so it must change nothing before it knows.
 */
export function* decided<T>(parts: Pick<ServerParts, 'authorizers'>, step: () => T): Waiting<T> {
  return mayWait(parts) ? yield* asking(step) : step();
}

/** Whether there is an authorizer that has to ask somebody else. */
export function mayWait({ authorizers }: Pick<ServerParts, 'authorizers'>): boolean {
  return authorizers.some(({ waits }) => waits);
}
