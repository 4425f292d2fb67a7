import type { ServerParts } from '../parts.js';
import { type AccessRequest, type Decision, NO_OPINION } from './authorizer.js';

/** What the authorizers say together: the first that allows or denies decides, else their reasons are joined. */
export function decide(
  { authorizers, etcd }: Pick<ServerParts, 'authorizers' | 'etcd'>,
  { user, info }: Omit<AccessRequest, 'store'>,
): Decision {
  const request: AccessRequest = { user, info, store: etcd.current };
  let reasons = '';
  for (const authorizer of authorizers) {
    const decision = authorizer.authorize(request);
    if (decision.decision !== 'no-opinion') return decision;
    if (decision.reason) reasons = reasons === '' ? decision.reason : `${reasons}\n${decision.reason}`;
  }
  return reasons === '' ? NO_OPINION : { decision: 'no-opinion', reason: reasons };
}
