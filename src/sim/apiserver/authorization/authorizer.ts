import type { PolicyRule } from '../../api/types/rbac.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import type { RequestInfo } from '../request/request-info.js';
import type { UserInfo } from '../request/user-info.js';

/** What somebody wants to do: a request's info, or what a review describes. */
export type Access = Pick<
  RequestInfo,
  | 'isResource'
  | 'path'
  | 'verb'
  | 'group'
  | 'version'
  | 'namespace'
  | 'resource'
  | 'subresource'
  | 'name'
  | 'fieldSelector'
  | 'labelSelector'
>;

/** Who wants to do what. */
export interface AccessRequest {
  readonly user: UserInfo;
  readonly info: Access;
  /** For authorizers that look at objects; undefined while etcd is away: they go on with what they know. */
  readonly store: Store | undefined;
}

export interface Decision {
  readonly decision: 'allow' | 'deny' | 'no-opinion';
  readonly reason?: string;
  /** What went wrong on the way: who is not allowed hears of it, as an error of the server's. */
  readonly error?: string;
}

/** What an authorizer lets somebody do in a namespace, as far as it can be told in rules. */
export interface RulesFor {
  readonly rules: readonly PolicyRule[];
  /** There is more than the rules say. */
  readonly incomplete: boolean;
  /** What went wrong on the way. */
  readonly errors: readonly string[];
}

/** One authorization mode. The first that does not say "no opinion" decides; nobody deciding denies. */
export interface Authorizer {
  readonly mode: string;
  /** Whether it may have to ask somebody: then what decides has to be run by `asking`. */
  readonly waits?: boolean;
  authorize(request: AccessRequest, parts?: ServerParts): Decision;
  /** Undefined for modes that know no rules: they are left out of what somebody may do. */
  rulesFor?(user: UserInfo, namespace: string, store: Store | undefined): RulesFor;
}

export const NO_OPINION: Decision = { decision: 'no-opinion' };
export const ALLOW: Decision = { decision: 'allow' };
